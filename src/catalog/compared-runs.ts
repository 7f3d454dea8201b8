/** Published runs that compare ZeRO-3 with tensor and pipeline parallelism, for a browser. Picked at build by runs-plugin.ts. */
import { compared } from 'virtual:compared-runs';

/** One run, as its source prints it. */
export interface ComparedRun {
  readonly id: string;
  /** Label of the source, and where in it. */
  readonly label: string;
  readonly where: string;
  readonly sharded: boolean;
  /** Nominal size. */
  readonly parameters: number;
  /** Enough of the shape to find the model in the catalogue. */
  readonly layers: number;
  readonly hidden: number;
  readonly gpus: number;
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  readonly microBatch: number;
  readonly globalBatch: number;
  /** Seconds of a step. */
  readonly seconds: number;
  /** FLOP/s of one GPU, with what is recomputed: the source's own count. */
  readonly hardwareRate: number;
}

export const comparedRuns: readonly ComparedRun[] = compared;
