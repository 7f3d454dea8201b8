import { FORMAT_BYTES } from '../kernels/format-bytes.ts';
import { joulesPerFlop } from '../kernels/energy.ts';
import { wiresOf, type Wires } from '../network/wires.ts';
import type { Cluster, TrainingPrecision } from '../training/types.ts';
import type { Format, Gpu } from '../types.ts';
import { STEP } from './constants.ts';

/** What a cluster and a precision mean for kernels, worked out once for a whole step. */
export interface Machine {
  readonly gpu: Gpu;
  readonly cluster: Cluster;
  /** Format of the layers' matrix products. */
  readonly format: Format;
  /** Their operands are cast from 16 bits. */
  readonly casts: boolean;
  /** Format of attention and logits, which stay in 16 bits. */
  readonly wideFormat: Format;
  /** Joules of a FLOP in the one and the other. */
  readonly joules: number;
  readonly wideJoules: number;
  /** Bytes of an activation. */
  readonly element: number;
  /** Bytes/s of streaming kernels. */
  readonly streaming: number;
  readonly wires: Wires;
}

/** The format of what narrow formats leave wide: attention and logits. */
export function wideFormat({ peak }: Gpu, precision: TrainingPrecision): Format {
  if (precision === 'fp32') return peak.tf32 ? 'tf32' : 'fp32';
  if (precision === 'fp16' || precision === 'bf16') return precision;
  return peak.bf16 ? 'bf16' : 'fp16';
}

/** The format a precision's matrix products run in, as a column of the GPU's peaks. */
export function gemmFormat(gpu: Gpu, precision: TrainingPrecision): Format {
  if (precision === 'fp8' || precision === 'mxfp8') return 'fp8';
  return precision === 'nvfp4' ? 'fp4' : wideFormat(gpu, precision);
}

export function machineOf(cluster: Cluster, precision: TrainingPrecision): Machine {
  const { gpu } = cluster;
  const format = gemmFormat(gpu, precision);
  const wide = wideFormat(gpu, precision);
  return {
    gpu,
    cluster,
    format,
    casts: FORMAT_BYTES[format] < FORMAT_BYTES[wide],
    wideFormat: wide,
    joules: joulesPerFlop(gpu, format),
    wideJoules: joulesPerFlop(gpu, wide),
    element: FORMAT_BYTES[wide],
    streaming: gpu.memoryBandwidth * STEP.streamingShare,
    wires: wiresOf(cluster),
  };
}
