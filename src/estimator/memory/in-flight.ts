import type { PipelineSchedule } from '../training/types.ts';

/**
 * Micro-batches whose activations a pipeline stage holds at its worst moment, counted in whole stages (a chunk of an
 * interleaved stage counts 1/v).
 *
 * GPipe holds all m; 1F1B p - i; interleaved 1F1B `(2(p-i-1) + (v-1)p + 1)/v`, which is `p(1 + (p-1)/pv)` on the first
 * stage; ZB-H1 p on all stages and ZB-H2 2p - 1, because weight gradients wait and their inputs with them; ZB-V p;
 * DualPipe p + 1. Never more than there are.
 *
 * @param stage from 0
 * @param microBatches in one step
 * @source Huang 2019; Narayanan 2021, section 2.2; Korthikanti 2022, section 4.2.3; Qi 2023, table 1; DeepSeek-V3, table 2
 */
export function microBatchesInFlight(
  schedule: PipelineSchedule,
  stage: number,
  stages: number,
  chunks: number,
  microBatches: number,
): number {
  if (stages === 1) return 1;
  switch (schedule) {
    case 'gpipe':
      return microBatches;
    case '1f1b':
      return Math.min(microBatches, stages - stage);
    case 'interleaved':
      return Math.min(microBatches, (2 * (stages - stage - 1) + (chunks - 1) * stages + 1) / chunks);
    case 'zb-h1':
    case 'zb-v':
      return Math.min(microBatches, stages);
    case 'zb-h2':
      return Math.min(microBatches, 2 * stages - 1);
    case 'dualpipe':
      return Math.min(microBatches, stages + 1);
  }
}
