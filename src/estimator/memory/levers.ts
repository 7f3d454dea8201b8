import type { FrameworkFamily, Parallelism, TrainingScenario, ZeroStage } from '../training/types.ts';
import type { Recompute } from '../types.ts';
import { SPLITS_SEQUENCE } from '../training/families.ts';

/** A setting of a step that can be changed without changing what is computed. */
export type SettingPath =
  | 'sequenceParallel'
  | 'fusedAttention'
  | 'zeroStage'
  | 'virtualPipeline'
  | 'pipelineParallel'
  | 'tensorParallel'
  | 'contextParallel'
  | 'expertParallel'
  | 'recompute'
  | 'microBatch'
  | 'gpus';

/** One setting as it was and as it becomes. */
export interface Setting {
  readonly path: SettingPath;
  readonly from: number | boolean | Recompute;
  readonly to: number | boolean | Recompute;
}

export interface Lever {
  readonly setting: Setting;
  readonly apply: (scenario: TrainingScenario) => TrainingScenario;
}

type Degree = Extract<
  SettingPath,
  'virtualPipeline' | 'pipelineParallel' | 'tensorParallel' | 'contextParallel' | 'expertParallel'
>;

/** What each setting may become; of the GPUs, how many at most. */
export interface LeverValues extends Readonly<Record<Degree | 'microBatch', readonly number[]>> {
  readonly gpus: number;
}

const powersTo = (most: number): readonly number[] =>
  Array.from({ length: Math.log2(most) + 1 }, (_, i) => 2 ** i);

/** Powers of two, as far as published runs go. */
export const LEVER_VALUES: LeverValues = {
  virtualPipeline: [1, 2, 3, 4, 6, 12],
  pipelineParallel: powersTo(32),
  tensorParallel: powersTo(16),
  contextParallel: powersTo(16),
  expertParallel: powersTo(64),
  microBatch: powersTo(8),
  gpus: 131_072,
};

/**
 * Stages of sharding that a family offers: Megatron's distributed optimizer shares out the optimizer alone, FSDP
 * gradients too, DeepSpeed everything where there is no pipeline.
 */
function zeroStages(framework: FrameworkFamily, pipelined: boolean): readonly ZeroStage[] {
  if (framework === 'fsdp') return [2, 3];
  if (framework === 'deepspeed' && !pipelined) return [1, 2, 3];
  return framework === 'megatron-2021' ? [] : [1];
}

const DEPTHS: readonly Recompute[] = ['none', 'selective', 'full'];

/** Degrees with what follows from them: one stage cannot be interleaved, and tensor parallelism splits the sequence too. */
function withDegree(scenario: TrainingScenario, path: Degree, value: number): TrainingScenario {
  const split: { -readonly [key in keyof Parallelism]: Parallelism[key] } = { ...scenario.parallelism };
  split[path] = value;
  if (split.pipelineParallel === 1) split.virtualPipeline = 1;
  const begins =
    path === 'tensorParallel' &&
    scenario.parallelism.tensorParallel === 1 &&
    SPLITS_SEQUENCE.has(scenario.framework);
  split.sequenceParallel = split.tensorParallel > 1 && (begins || split.sequenceParallel);
  const chunked = scenario.schedule === 'interleaved' || scenario.schedule === '1f1b';
  const even = split.virtualPipeline > 1 ? 'interleaved' : '1f1b';
  return {
    ...scenario,
    parallelism: split,
    schedule: chunked ? even : scenario.schedule,
  };
}

/**
 * Every change of one setting that could save memory: kernels and the sequence first, which cost nothing, then what is
 * shared out, then the split, then recomputation. Whether it is legal and how much it saves is for others to say.
 */
export function leversOf(scenario: TrainingScenario, values: LeverValues): readonly Lever[] {
  const { parallelism, framework, recompute, microBatch } = scenario;
  const levers: Lever[] = [];
  const add = (setting: Setting, apply: Lever['apply']): void => void levers.push({ setting, apply });
  if (SPLITS_SEQUENCE.has(framework) && !parallelism.sequenceParallel && parallelism.tensorParallel > 1)
    add({ path: 'sequenceParallel', from: false, to: true }, (s) => ({
      ...s,
      parallelism: { ...s.parallelism, sequenceParallel: s.parallelism.tensorParallel > 1 },
    }));
  if (!scenario.fusedAttention)
    add({ path: 'fusedAttention', from: false, to: true }, (s) => ({ ...s, fusedAttention: true }));
  for (const to of zeroStages(framework, parallelism.pipelineParallel > 1).filter(
    (z) => z > parallelism.zeroStage,
  ))
    add({ path: 'zeroStage', from: parallelism.zeroStage, to }, (s) => ({
      ...s,
      parallelism: { ...s.parallelism, zeroStage: to },
    }));
  const degree = (path: Degree, offered: readonly number[]): void => {
    const from = parallelism[path];
    for (const to of offered) if (to !== from) add({ path, from, to }, (s) => withDegree(s, path, to));
  };
  degree(
    'virtualPipeline',
    values.virtualPipeline.filter((v) => v < parallelism.virtualPipeline),
  );
  degree('pipelineParallel', values.pipelineParallel);
  // Wider than NVLink reaches, every layer would cross the network.
  const { nvlinkDomain } = scenario.cluster;
  degree(
    'tensorParallel',
    values.tensorParallel.filter((t) => t <= nvlinkDomain),
  );
  degree('contextParallel', values.contextParallel);
  degree('expertParallel', scenario.model.moe ? values.expertParallel : []);
  for (const to of DEPTHS.slice(DEPTHS.indexOf(recompute) + 1))
    add({ path: 'recompute', from: recompute, to }, (s) => ({ ...s, recompute: to }));
  for (const to of values.microBatch.filter((b) => b < microBatch))
    add({ path: 'microBatch', from: microBatch, to }, (s) => ({ ...s, microBatch: to }));
  return levers;
}
