/** Which of the memories a source measured. */
import type { PredictedMemory } from './estimate.ts';
import type { MeasuredRun } from './measured-run.ts';

/**
 * Bytes to hold against a measured figure: all that the GPU holds (nvidia-smi), tensors on the first stage (the logs of
 * rank 0), or the allocator's pool on the fullest GPU, which is what most tools print and is taken for those that do
 * not say.
 */
export function comparableMemory({ measured }: MeasuredRun, memory: PredictedMemory): number {
  const note = measured.memNote ?? '';
  if (/nvidia-smi/i.test(note)) return memory.total;
  if (/rank 0/i.test(note)) return memory.stages[0]?.allocated ?? memory.total;
  return Math.max(...memory.stages.map(({ reserved }) => reserved));
}
