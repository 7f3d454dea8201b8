import { describe, expect, test } from 'vitest';
import {
  checkMemory,
  LEVER_VALUES,
  memoryPerGpu,
  smallestChange,
  trainingStep,
  type FrameworkFamily,
  type TrainingScenario,
} from '#estimator';
import { leversOf, type Lever } from '../../../src/estimator/memory/levers.ts';
import { training } from './scenarios.ts';
import { DEEPSEEK_V3, GPT3, H100, LLAMA3_8B, MIXTRAL } from './shapes.ts';

const llama70 = { ...LLAMA3_8B, layers: 80, hidden: 8192, heads: 64, kvHeads: 8, ffn: 28_672 };
const onH100 = (parallelism: Partial<TrainingScenario['parallelism']>, dp = 1): TrainingScenario => {
  const made = training({
    model: llama70,
    framework: 'megatron-core',
    recompute: 'selective',
    dp,
    parallelism: { zeroStage: 1, sequenceParallel: true, ...parallelism },
  });
  return { ...made, cluster: { ...made.cluster, gpu: H100 } };
};

test('Llama 3 70B on 16 H100 does not fit beside its activations, and fits when layers are run again', () => {
  const answer = smallestChange(onH100({ tensorParallel: 8, pipelineParallel: 2 }))!;
  expect(answer.changes).toEqual([{ path: 'recompute', from: 'selective', to: 'full' }]);
  expect(answer.seconds).toBeGreaterThan(answer.secondsBefore);
});

test('two settings, then full recomputation beside them, before more GPUs; twice as many each time', () => {
  const pair = smallestChange(onH100({ tensorParallel: 8, pipelineParallel: 1 }, 2))!;
  expect(pair.changes.map(({ path }) => path)).toEqual(['pipelineParallel', 'recompute']);
  const triple = smallestChange(onH100({ tensorParallel: 1, sequenceParallel: false }, 16))!;
  expect(triple.changes.map(({ path }) => path)).toEqual(['pipelineParallel', 'tensorParallel', 'recompute']);
  // Tensor parallelism that begins splits the sequence too.
  expect(triple.scenario.parallelism.sequenceParallel).toBe(true);
  const more = smallestChange(onH100({ tensorParallel: 8 }))!;
  expect(more.changes.map(({ path }) => path)).toContain('gpus');
  expect(more.scenario.cluster.gpus).toBe(16);
});

test('gives up where nothing helps, and on what is not legal', () => {
  const far = onH100({ tensorParallel: 8, pipelineParallel: 2 });
  expect(smallestChange(far, { ...LEVER_VALUES, gpus: 0 })).not.toBeNull();
  const tiny = { ...far, cluster: { ...far.cluster, gpu: { ...H100, memory: 1e9 } } };
  expect(smallestChange(tiny)).toBeNull();
  expect(smallestChange({ ...far, microBatch: 0.5 })).toBeNull();
});

test('offers each family the sharding that it has', () => {
  const zero = (framework: TrainingScenario['framework'], pipelineParallel: number) => {
    const none = training({
      model: GPT3,
      framework,
      dp: 64,
      passes: 1,
      parallelism: { tensorParallel: 8, pipelineParallel },
    });
    const only = { ...LEVER_VALUES, gpus: 0, pipelineParallel: [], tensorParallel: [], contextParallel: [] };
    const answer = smallestChange({ ...none, recompute: 'full', fusedAttention: true }, only);
    return answer?.changes.find(({ path }) => path === 'zeroStage')?.to;
  };
  expect(zero('deepspeed', 1)).toBe(3);
  expect(zero('fsdp', 1)).toBe(3);
  expect(zero('megatron-2021', 4)).toBeUndefined();
  expect(zero('megatron-core', 4)).toBe(1);
});

test('changes nothing into what DeepSpeed refuses: a pipeline that shards gradients or weights', () => {
  const sharded = training({
    model: GPT3,
    framework: 'deepspeed',
    dp: 64,
    passes: 4,
    recompute: 'selective',
    parallelism: { zeroStage: 2 },
  });
  const answer = smallestChange(sharded)!;
  const { zeroStage, pipelineParallel } = answer.scenario.parallelism;
  expect(answer.changes.length).toBeGreaterThan(0);
  expect(zeroStage < 2 || pipelineParallel === 1).toBe(true);
});

test('splits the sequence only in families that can', () => {
  const of = (framework: FrameworkFamily) =>
    leversOf(training({ model: GPT3, framework, parallelism: { tensorParallel: 8 } }), LEVER_VALUES).some(
      ({ setting }) => setting.path === 'sequenceParallel',
    );
  expect(of('megatron-core')).toBe(true);
  expect(of('megatron-2021')).toBe(false);
  const alone = training({ model: GPT3, framework: 'megatron-2021', dp: 8 });
  const wide = leversOf(alone, LEVER_VALUES).find(
    ({ setting }) => setting.path === 'tensorParallel' && setting.to === 8,
  )!;
  expect(wide.apply(alone).parallelism.sequenceParallel).toBe(false);
});

describe('the settings that may change', () => {
  const base = training({
    model: GPT3,
    framework: 'megatron-core',
    microBatch: 4,
    dp: 2,
    parallelism: { tensorParallel: 2, pipelineParallel: 4, virtualPipeline: 4 },
  });
  const named = (scenario: TrainingScenario, path: string) =>
    leversOf(scenario, LEVER_VALUES)
      .filter(({ setting }) => setting.path === path)
      .map(({ setting, apply }) => ({ ...setting, then: apply(scenario) }));

  test('come in the order of what they cost, each but once', () => {
    const paths = [...new Set(leversOf(base, LEVER_VALUES).map(({ setting }) => setting.path))];
    expect(paths).toEqual([
      'sequenceParallel',
      'fusedAttention',
      'zeroStage',
      'virtualPipeline',
      'pipelineParallel',
      'tensorParallel',
      'contextParallel',
      'recompute',
      'microBatch',
    ]);
  });

  test('are the degrees that differ: fewer chunks and smaller micro-batches, tensor ranks within NVLink', () => {
    const values = (path: string) => named(base, path).map(({ to }) => to);
    expect(values('virtualPipeline')).toEqual([1, 2, 3]);
    expect(values('pipelineParallel')).toEqual([1, 2, 8, 16, 32]);
    expect(values('tensorParallel')).toEqual([1, 4, 8]);
    expect(values('contextParallel')).toEqual([2, 4, 8, 16]);
    expect(values('microBatch')).toEqual([1, 2]);
    expect(values('recompute')).toEqual(['selective', 'full']);
    expect(values('expertParallel')).toEqual([]);
    const experts = training({ model: DEEPSEEK_V3, parallelism: { expertParallel: 8 } });
    expect(named(experts, 'expertParallel').map(({ to }) => to)).toEqual([1, 2, 4, 16, 32, 64]);
    for (const { from, to } of leversOf(base, LEVER_VALUES).map(({ setting }) => setting))
      expect(to).not.toBe(from);
  });

  test('set what they name and what follows from it', () => {
    const set = (path: string, to: unknown) => named(base, path).find((lever) => lever.to === to)!.then;
    expect(set('sequenceParallel', true).parallelism.sequenceParallel).toBe(true);
    expect(set('fusedAttention', true).fusedAttention).toBe(true);
    expect(set('zeroStage', 1).parallelism.zeroStage).toBe(1);
    expect(set('recompute', 'full').recompute).toBe('full');
    expect(set('microBatch', 2).microBatch).toBe(2);
    const alone = set('pipelineParallel', 1);
    expect(alone).toMatchObject({
      schedule: '1f1b',
      parallelism: { pipelineParallel: 1, virtualPipeline: 1 },
    });
    expect(set('virtualPipeline', 1).schedule).toBe('1f1b');
    expect(set('virtualPipeline', 2)).toMatchObject({
      schedule: 'interleaved',
      parallelism: { virtualPipeline: 2, sequenceParallel: false },
    });
    // A wider degree leaves the sequence as it was; one rank has nothing to split.
    expect(set('tensorParallel', 4).parallelism.sequenceParallel).toBe(false);
    const sharing = { ...base, parallelism: { ...base.parallelism, sequenceParallel: true } };
    const then = (to: number) => named(sharing, 'tensorParallel').find((lever) => lever.to === to)!.then;
    expect(then(1).parallelism.sequenceParallel).toBe(false);
    expect(then(4).parallelism.sequenceParallel).toBe(true);
    // Two together: sequence parallelism asked for on one rank is none.
    const [lever] = named(base, 'sequenceParallel');
    expect(lever!.from).toBe(false);
    const one = { ...base, parallelism: { ...base.parallelism, tensorParallel: 1 } };
    const sequence = leversOf(base, LEVER_VALUES)[0]!;
    expect(sequence.apply(one).parallelism.sequenceParallel).toBe(false);
    const begun = named(one, 'tensorParallel').find(({ to }) => to === 2)!.then;
    expect(begun.parallelism.sequenceParallel).toBe(true);
  });

  test('are not offered where they are in force, and other schedules stay', () => {
    const paths = (scenario: TrainingScenario) =>
      new Set(leversOf(scenario, LEVER_VALUES).map(({ setting }) => setting.path));
    const all = paths({
      ...base,
      fusedAttention: true,
      recompute: 'full',
      microBatch: 1,
      parallelism: { ...base.parallelism, sequenceParallel: true, zeroStage: 1 },
    });
    for (const path of [
      'sequenceParallel',
      'fusedAttention',
      'recompute',
      'microBatch',
      'zeroStage',
    ] as const)
      expect(all.has(path), path).toBe(false);
    expect(paths(training()).has('sequenceParallel')).toBe(false);
    const bubbleless: TrainingScenario = { ...base, schedule: 'zb-h1' };
    for (const { apply } of leversOf(bubbleless, LEVER_VALUES))
      expect(apply(bubbleless).schedule).toBe('zb-h1');
  });

  test('shard as far as the family goes', () => {
    const stages = (framework: FrameworkFamily, pipelineParallel: number) =>
      named(training({ framework, parallelism: { pipelineParallel } }), 'zeroStage').map(({ to }) => to);
    expect(stages('megatron-2021', 2)).toEqual([]);
    expect(stages('megatron-core', 2)).toEqual([1]);
    expect(stages('nanotron', 1)).toEqual([1]);
    expect(stages('deepspeed', 1)).toEqual([1, 2, 3]);
    expect(stages('deepspeed', 2)).toEqual([1]);
    expect(stages('fsdp', 1)).toEqual([2, 3]);
  });
});

test('costs and savings are those of the estimator', () => {
  const asked = onH100({ tensorParallel: 8, pipelineParallel: 2 });
  const answer = smallestChange(asked)!;
  expect(answer.before).toBe(memoryPerGpu(asked).total);
  expect(answer.after).toBe(memoryPerGpu(answer.scenario).total);
  expect(checkMemory(answer.scenario)).toEqual([]);
  const [was, is] = [asked, answer.scenario].map((scenario) => trainingStep(scenario));
  expect(was!.ok && was!.value.seconds).toBeCloseTo(answer.secondsBefore, 9);
  expect(is!.ok && is!.value.seconds).toBeCloseTo(answer.seconds, 9);
});

test('what fits is left as it is', () => {
  const fits = training({ model: LLAMA3_8B, dp: 8, parallelism: { tensorParallel: 8, zeroStage: 1 } });
  const answer = smallestChange(fits)!;
  expect(answer).toMatchObject({ scenario: fits, changes: [] });
  expect(answer.after).toBe(answer.before);
});

describe('agrees with trying everything', () => {
  const apply = (scenario: TrainingScenario, levers: readonly Lever[]): TrainingScenario =>
    levers.reduce((changed, lever) => lever.apply(changed), scenario);
  const secondsOf = (scenario: TrainingScenario): number => {
    const step = trainingStep(scenario);
    return step.ok && step.value.issues.length === 0 ? step.value.seconds : Infinity;
  };

  /** The least seconds of one setting, else of two. */
  function brute(scenario: TrainingScenario): { least: number; settings: number } {
    const levers = leversOf(scenario, LEVER_VALUES);
    const sets = [
      levers.map((lever) => [lever]),
      levers.flatMap((first, i) =>
        levers
          .slice(i + 1)
          .filter((second) => second.setting.path !== first.setting.path)
          .map((second) => [first, second]),
      ),
    ];
    for (const [i, candidates] of sets.entries()) {
      const least = Math.min(...candidates.map((set) => secondsOf(apply(scenario, set))));
      if (least < Infinity) return { least, settings: i + 1 };
    }
    return { least: Infinity, settings: 0 };
  }

  test.each([
    ['a pipeline too short', onH100({ tensorParallel: 8, pipelineParallel: 2 })],
    ['no pipeline', onH100({ tensorParallel: 8 }, 2)],
    ['little tensor parallelism', onH100({ tensorParallel: 2, pipelineParallel: 4 }, 2)],
    ['long sequences', { ...onH100({ tensorParallel: 8, pipelineParallel: 4 }, 2), recompute: 'none' }],
    [
      'experts',
      training({
        model: MIXTRAL,
        framework: 'megatron-core',
        microBatch: 1,
        dp: 64,
        passes: 8,
        parallelism: { zeroStage: 1, pipelineParallel: 8 },
      }),
    ],
    [
      'nothing shared out',
      training({ model: LLAMA3_8B, framework: 'deepspeed', microBatch: 4, dp: 16, passes: 8 }),
    ],
  ] as const)('%s', (_, scenario) => {
    const answer = smallestChange(scenario)!;
    const { least, settings } = brute(scenario);
    expect(answer.changes).toHaveLength(settings);
    expect(answer.seconds).toBeCloseTo(least, 9);
  });
});

test('goes as far as the GPUs may grow, and no farther', () => {
  const asked = onH100({ tensorParallel: 8 });
  expect(smallestChange(asked, { ...LEVER_VALUES, gpus: 16 })?.scenario.cluster.gpus).toBe(16);
  expect(smallestChange(asked, { ...LEVER_VALUES, gpus: 15 })).toBeNull();
});
