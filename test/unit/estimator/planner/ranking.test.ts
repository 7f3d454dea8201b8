import { describe, expect, test } from 'vitest';
import type { Choice, PlanningQuestion } from '#estimator';
import { ALONE, compareChoices, scenarioOf, scheduleOf } from '../../../../src/estimator/planner/choice.ts';
import { layoutOf, setInFlight } from '../../../../src/estimator/planner/layouts.ts';
import { Ranking } from '../../../../src/estimator/planner/ranking.ts';
import { Rejections } from '../../../../src/estimator/planner/rejections.ts';
import { training } from '../scenarios.ts';
import { A800, DEEPSEEK_V3, gpt, LLAMA3_8B } from '../shapes.ts';

const question: PlanningQuestion = {
  model: LLAMA3_8B,
  cluster: {
    gpu: A800,
    gpus: 8,
    gpusPerNode: 8,
    nvlinkDomain: 8,
    networkBandwidth: 25e9,
    pcieBandwidth: 32e9,
  },
  precision: 'bf16',
  globalBatch: 16,
  framework: 'megatron-core',
};

describe('a choice', () => {
  test('makes a whole scenario, with nothing that the question leaves open', () => {
    const scenario = scenarioOf(question, { ...ALONE, microBatch: 2, virtualPipeline: 2 });
    expect(scenario).toMatchObject({ microBatch: 2, schedule: 'interleaved', recompute: 'none' });
    expect(scenario.parallelism).not.toHaveProperty('microBatch');
    expect(Object.keys(scenario)).not.toContain('kernels');
    expect(Object.keys(scenario)).not.toContain('gradientFormat');
    const kernels = { compiled: true };
    expect(scenarioOf({ ...question, kernels, gradientFormat: 'fp32' }, ALONE)).toMatchObject({
      kernels,
      gradientFormat: 'fp32',
    });
  });

  test('interleaves where a stage has several chunks, unless the question names a schedule', () => {
    expect([1, 2].map((chunks) => scheduleOf(question, chunks))).toEqual(['1f1b', 'interleaved']);
    expect([1, 2].map((chunks) => scheduleOf({ ...question, schedule: 'zb-v' }, chunks))).toEqual([
      'zb-v',
      'zb-v',
    ]);
  });

  test('comes before another by what is simpler, recomputation before ZeRO before degrees', () => {
    const order: Partial<Choice>[] = [
      { microBatch: 2 },
      { expertParallel: 2 },
      { contextParallel: 2 },
      { virtualPipeline: 2 },
      { pipelineParallel: 2 },
      { sequenceParallel: true },
      { tensorParallel: 2 },
      { zeroStage: 1 },
      { recompute: 'selective' },
      { recompute: 'full' },
    ];
    const choices = [{}, ...order].map((over): Choice => ({ ...ALONE, ...over }));
    expect([...choices].reverse().sort(compareChoices)).toEqual(choices);
    expect(compareChoices(ALONE, { ...ALONE })).toBe(0);
  });
});

describe('the ranking', () => {
  const offered = (
    size: number,
    plans: readonly [seconds: number, memory: number, microBatch?: number][],
  ) => {
    const ranking = new Ranking(size);
    for (const [seconds, memory, microBatch = 1] of plans)
      ranking.offer(seconds, memory, { ...ALONE, microBatch });
    const { best, front } = ranking.plans(question);
    const bare = (list: typeof best) =>
      list.map(({ seconds, memory, scenario }) => [seconds, memory, scenario.microBatch]);
    return { ranking, best: bare(best), front: bare(front) };
  };

  test('keeps the fastest, of equally fast ones the smaller, of equal ones the simpler', () => {
    const { best } = offered(4, [
      [3, 1],
      [1, 9, 2],
      [2, 5, 4],
      [1, 9],
      [2, 4],
      [2, 5, 2],
    ]);
    expect(best).toEqual([
      [1, 9, 1],
      [1, 9, 2],
      [2, 4, 1],
      [2, 5, 2],
    ]);
  });

  test('has a front on which every plan needs less memory than any faster one', () => {
    const { front } = offered(1, [
      [5, 5],
      [1, 9],
      [4, 9],
      [3, 5],
      [6, 5],
      [2, 7],
      [7, 1],
      [3, 5, 2],
    ]);
    expect(front).toEqual([
      [1, 9, 1],
      [2, 7, 1],
      [3, 5, 1],
      [7, 1, 1],
    ]);
  });

  test('drops from the front all that a new plan beats', () => {
    expect(offered(9, [[1, 9], [3, 7], [4, 6], [5, 5], [6, 3], [2, 5]]).front).toEqual([
      [1, 9, 1],
      [2, 5, 1],
      [6, 3, 1],
    ]); // prettier-ignore
  });

  test('knows the time beyond which no plan is among the best: none before there are so many', () => {
    expect(offered(2, [[3, 1]]).ranking.slowest).toBe(Infinity);
    expect(offered(2, [[3, 1], [1, 1]]).ranking.slowest).toBe(3); // prettier-ignore
    expect(offered(2, [[3, 1], [1, 1], [2, 1]]).ranking.slowest).toBe(2); // prettier-ignore
  });

  test('knows the least memory of faster plans', () => {
    const { ranking } = offered(1, [[1, 9], [2, 7]]); // prettier-ignore
    expect([1, 1.5, 2, 2.5].map((seconds) => ranking.memoryOfFaster(seconds))).toEqual([Infinity, 9, 9, 7]);
  });

  test('wants what is no slower than the slowest of the best, or smaller than all that is faster', () => {
    const { ranking } = offered(1, [[2, 7]]); // prettier-ignore
    expect(ranking.wants(2, 99)).toBe(true);
    expect(ranking.wants(3, 7)).toBe(false);
    expect(ranking.wants(3, 8)).toBe(false);
    expect(ranking.wants(3, 6)).toBe(true);
  });
});

describe('rejections', () => {
  const heads = (rule: string, path: 'tensorParallel' | 'pipelineParallel' = 'tensorParallel') =>
    ({ path, rule, candidates: () => [1] }) as Parameters<Rejections['add']>[0];
  const odd = (tensorParallel: number, over: Partial<Choice> = {}): Choice => ({
    ...ALONE,
    tensorParallel,
    ...over,
  });

  test('add up by field, those with most plans first, of as many by name', () => {
    const rejections = new Rejections();
    rejections.add(heads('a'), 2, odd(3));
    rejections.add(heads('a', 'pipelineParallel'), 5, odd(1, { pipelineParallel: 5 }));
    rejections.add(heads('b'), 1, odd(5));
    const sums = () => rejections.list(question).map(({ path, plans }) => [path, plans]);
    expect(sums()).toEqual([
      ['pipelineParallel', 5],
      ['tensorParallel', 3],
    ]);
    rejections.add(heads('a'), 2, odd(3));
    expect(sums().map(([path]) => path)).toEqual(['pipelineParallel', 'tensorParallel']);
    rejections.add(heads('a'), 1, odd(3));
    expect(sums().map(([path]) => path)).toEqual(['tensorParallel', 'pipelineParallel']);
  });

  test('have up to three examples, one a rule', () => {
    const rejections = new Rejections();
    for (const [rule, degree] of [
      ['a', 3],
      ['a', 5],
      ['b', 6],
      ['c', 7],
      ['d', 9],
    ] as const)
      // prettier-ignore
      rejections.add(heads(rule), 1, odd(degree));
    const [tensor] = rejections.list(question);
    expect(tensor!.examples.map(({ scenario }) => scenario.parallelism.tensorParallel)).toEqual([3, 6, 7]);
    for (const { issue } of tensor!.examples) expect(issue.path).toBe('tensorParallel');
  });

  test('of memory count all plans and show the one that needs least', () => {
    const rejections = new Rejections();
    expect(rejections.list(question)).toEqual([]);
    rejections.addOutOfMemory(4);
    rejections.addOutOfMemory(3);
    rejections.near(9e10, odd(2));
    rejections.near(8e10, odd(1));
    const [memory] = rejections.list(question);
    expect(memory).toMatchObject({ path: 'memory', plans: 7 });
    expect(memory!.examples.map(({ scenario }) => scenario.parallelism.tensorParallel)).toEqual([1]);
  });
});

describe('a layout', () => {
  const layout = (over: Parameters<typeof training>[0]) => layoutOf(training(over));
  const stages = (over: Parameters<typeof training>[0]) => layout(over).kinds.map(({ stage }) => stage);
  const even = gpt(8, 1024, 16);

  test('has one kind for each that holds the same: the first, those between, the last', () => {
    expect(stages({ model: even, parallelism: { pipelineParallel: 8 } })).toEqual([0, 1, 7]);
    expect(stages({ model: even, parallelism: { pipelineParallel: 2 } })).toEqual([0, 1]);
    expect(stages({ model: even })).toEqual([0]);
    // Twenty layers over eight stages: three on the first four, two on the others.
    const uneven = { model: gpt(20, 1024, 16), framework: 'megatron-core' } as const;
    expect(stages({ ...uneven, parallelism: { pipelineParallel: 8 } })).toEqual([0, 1, 4, 7]);
  });

  test('tells stages with experts from dense ones', () => {
    const model = { ...DEEPSEEK_V3, layers: 8, moe: { ...DEEPSEEK_V3.moe!, denseLayers: 3 } };
    expect(stages({ model, parallelism: { pipelineParallel: 8 } })).toEqual([0, 1, 3, 7]);
    expect(stages({ model, parallelism: { pipelineParallel: 4 } })).toEqual([0, 1, 2, 3]);
  });

  test('knows its layers, and takes the micro-batches of each plan', () => {
    const pipeline = layout({
      model: gpt(20, 1024, 16),
      framework: 'megatron-core',
      parallelism: { pipelineParallel: 8, tensorParallel: 2 },
    });
    expect(pipeline).toMatchObject({
      pipelineParallel: 8,
      virtualPipeline: 1,
      schedule: '1f1b',
      layers: [3, 3, 3, 3, 2, 2, 2, 2],
      most: 3,
    });
    setInFlight(pipeline, 100);
    expect(pipeline.kinds.map(({ load }) => load.inFlight)).toEqual([8, 7, 4, 1]);
    setInFlight(pipeline, 5);
    expect(pipeline.kinds.map(({ load }) => load.inFlight)).toEqual([5, 5, 4, 1]);
  });
});
