import type { Issue } from '../issues.ts';
import type { TrainingScenario } from '../training/types.ts';
import { GIB } from '../units.ts';
import { memoryPerGpu, type MemoryEstimate } from './memory-per-gpu.ts';

/** Bytes in GiB, as nvidia-smi counts them, to one decimal. */
const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/**
 * Whether a scenario fits into its GPU.
 * @param estimate of the scenario, when it is known already
 * @returns one issue that says on which stage and by how much it does not, or none
 */
export function checkMemory(
  scenario: TrainingScenario,
  estimate: MemoryEstimate = memoryPerGpu(scenario),
): readonly Issue[] {
  const limit = scenario.cluster.gpu.memory;
  const { total, stage } = estimate;
  if (total <= limit) return [];
  return [
    {
      code: 'too-large',
      path: 'memory',
      message: `Pipeline stage ${stage + 1} needs ${gib(total)} on each GPU, ${gib(total - limit)} more than the ${gib(limit)} that ${scenario.cluster.gpu.name} has.`,
      limit,
    },
  ];
}
