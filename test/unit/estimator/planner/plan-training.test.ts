import { expect, test } from 'vitest';
import {
  bestTraining,
  checkScenario,
  planTraining,
  trainingStep,
  type PlanningQuestion,
  type TrainingPlans,
} from '#estimator';
import { A800, GPT3, LLAMA3_8B, MIXTRAL } from '../shapes.ts';

const SERVERS: PlanningQuestion['cluster'] = {
  gpu: A800,
  gpus: 1024,
  gpusPerNode: 8,
  nvlinkDomain: 8,
  networkBandwidth: 25e9,
  pcieBandwidth: 32e9,
};

const gpt3: PlanningQuestion = {
  model: GPT3,
  cluster: SERVERS,
  precision: 'bf16',
  globalBatch: 1536,
  framework: 'megatron-core',
};

const small: PlanningQuestion = {
  ...gpt3,
  model: LLAMA3_8B,
  cluster: { ...SERVERS, gpus: 32 },
  globalBatch: 64,
};

function plansOf(question: PlanningQuestion): TrainingPlans {
  const outcome = bestTraining(question);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

test('reports its progress and ends with the plans', () => {
  const search = planTraining({ ...gpt3, limits: { contextParallel: 8 } });
  const seen: number[] = [];
  let total = 0;
  let step = search.next();
  for (; !step.done; step = search.next()) {
    seen.push(step.value.evaluated);
    total = step.value.total;
  }
  expect(seen.length).toBeGreaterThan(1);
  // Not after every micro-batch: some thousand plans lie between two reports.
  seen.forEach((plans, i) => expect(plans - (seen[i - 1] ?? 0)).toBeGreaterThanOrEqual(8192));
  expect(step.value.ok && step.value.value.evaluations).toBe(total);
});

test('gives the same answer twice', () => {
  expect(plansOf(small)).toEqual(plansOf(small));
});

test('GPT-3 goes over servers as people split it: tensor inside, stages between, ZeRO-1, no recomputation', () => {
  const { best } = plansOf(gpt3);
  expect(best).toHaveLength(10);
  for (const { scenario } of best) {
    const { tensorParallel, pipelineParallel, zeroStage } = scenario.parallelism;
    expect([4, 8]).toContain(tensorParallel);
    expect(pipelineParallel).toBeGreaterThan(1);
    expect([zeroStage, scenario.recompute]).toEqual([1, 'none']);
  }
});

test('the front gives up time for memory, step by step, from the best plan on', () => {
  const { best, front } = plansOf(small);
  expect(front.length).toBeGreaterThan(3);
  expect(front[0]).toEqual(best[0]);
  front.slice(1).forEach(({ seconds, memory }, i) => {
    expect(seconds).toBeGreaterThan(front[i]!.seconds);
    expect(memory).toBeLessThan(front[i]!.memory);
  });
});

test('a value that is given stays as it is, and a limit holds', () => {
  const { best, front } = plansOf({
    ...small,
    choices: { tensorParallel: [4], recompute: ['full'], sequenceParallel: [false], zeroStage: [0, 3] },
    limits: { pipelineParallel: 2, microBatch: 2 },
  });
  for (const { scenario } of [...best, ...front]) {
    const { tensorParallel, pipelineParallel, sequenceParallel, zeroStage } = scenario.parallelism;
    expect([tensorParallel, sequenceParallel, scenario.recompute]).toEqual([4, false, 'full']);
    expect([0, 3]).toContain(zeroStage);
    expect(Math.max(pipelineParallel, scenario.microBatch)).toBeLessThanOrEqual(2);
  }
});

test('returns as many of the best as are asked for, the same ones in the same order', () => {
  const { best } = plansOf({ ...small, best: 40 });
  expect(best).toHaveLength(40);
  expect(plansOf({ ...small, best: 3 }).best).toEqual(best.slice(0, 3));
});

test('selective recomputation is tried where it has scores to compute again', () => {
  const recomputed = (fusedAttention: boolean): boolean =>
    plansOf({ ...small, fusedAttention, best: 1000 }).best.some(
      ({ scenario }) => scenario.recompute === 'selective',
    );
  expect([recomputed(true), recomputed(false)]).toEqual([false, true]);
});

test('attention is fused as the family or the kernel that is named has it', () => {
  const fused = (over: Partial<PlanningQuestion>): boolean =>
    plansOf({ ...small, ...over, best: 1 }).best[0]!.scenario.fusedAttention;
  expect(fused({})).toBe(true);
  expect(fused({ framework: 'megatron-2022' })).toBe(false);
  expect(fused({ framework: 'megatron-2022', kernels: { attention: 'flash-2' } })).toBe(true);
  expect(fused({ kernels: { attention: 'unfused' }, gradientFormat: 'fp32' })).toBe(false);
});

test('a schedule that is named holds, and has one chunk a stage unless it interleaves', () => {
  const { best } = plansOf({ ...small, schedule: 'zb-h1' });
  expect(new Set(best.map(({ scenario }) => scenario.schedule))).toEqual(new Set(['zb-h1']));
  expect(new Set(best.map(({ scenario }) => scenario.parallelism.virtualPipeline))).toEqual(new Set([1]));
});

test('of plans that are equally fast and large the simpler one comes first', () => {
  const { best, front } = plansOf({
    ...small,
    cluster: { ...SERVERS, gpus: 8 },
    choices: { tensorParallel: [8], recompute: ['full', 'none'], microBatch: [1] },
  });
  const [first, second] = best;
  expect([first!.seconds, first!.memory]).toEqual([second!.seconds, second!.memory]);
  expect([first, second].map((plan) => plan!.scenario.parallelism.zeroStage)).toEqual([0, 1]);
  for (const { scenario } of front) expect(scenario.parallelism.zeroStage).toBe(0);
});

test('a number of stages that the schedule cannot have is rejected with all its plans', () => {
  const { best, rejected } = plansOf({ ...small, schedule: 'dualpipe' });
  for (const { scenario } of best)
    expect([1, 2, 4, 8, 16, 32]).toContain(scenario.parallelism.pipelineParallel);
  const { evaluations, rejected: odd } = plansOf({
    ...small,
    schedule: 'dualpipe',
    choices: { pipelineParallel: [3], virtualPipeline: [1] },
  });
  expect([evaluations, odd.map(({ path }) => path)]).toEqual([0, ['pipelineParallel']]);
  expect(odd[0]!.plans).toBeLessThan(rejected.reduce((sum, { plans }) => sum + plans, 0));
});

test('says which field rejects how many plans, with the nearest legal value', () => {
  const { rejected } = plansOf({ ...small, choices: { tensorParallel: [3, 8] } });
  const tensor = rejected.find(({ path }) => path === 'tensorParallel');
  expect(tensor?.examples[0]?.issue.message).toBe(
    'tensorParallel must divide the 32 attention heads evenly: 2 or 4, not 3.',
  );
  expect(rejected.map(({ plans }) => plans)).toEqual(
    rejected.map(({ plans }) => plans).sort((a, b) => b - a),
  );
  for (const { examples } of rejected) expect(examples.length).toBeLessThanOrEqual(3);
});

test('says by how much the nearest plan exceeds the memory when none fits', () => {
  const { best, front, rejected, computed } = plansOf({
    ...small,
    cluster: { ...SERVERS, gpus: 8, gpu: { ...A800, memory: 10e9 } },
  });
  expect([best, front, computed]).toEqual([[], [], 0]);
  const memory = rejected.find(({ path }) => path === 'memory');
  expect(memory?.examples[0]?.issue.message).toMatch(
    /^Pipeline stage \d needs .* GiB on each GPU, .* GiB more than the 9\.3 GiB that A800/,
  );
});

test('experts go over ranks that hold the same layers', () => {
  const { best } = plansOf({ ...small, model: { ...MIXTRAL, sequence: 4096 } });
  expect(best[0]!.scenario.parallelism.expertParallel).toBeGreaterThan(1);
  for (const { scenario } of best) expect(checkScenario(scenario)).toEqual([]);
});

test('where no degree of expert parallelism is legal, every plan is rejected for it', () => {
  const { evaluations, rejected } = plansOf({
    ...small,
    model: { ...MIXTRAL, sequence: 4096 },
    choices: { expertParallel: [3] },
  });
  expect(evaluations).toBe(0);
  expect(rejected.map(({ path }) => path)).toContain('expertParallel');
});

test('leaves out plans only where a bound decides them', () => {
  const { evaluations, computed, rejected } = plansOf(gpt3);
  const full = rejected.find(({ path }) => path === 'memory')!.plans;
  expect(computed).toBeLessThan(evaluations - full);
  expect(computed).toBeGreaterThan(0);
});

test('plans are whole scenarios', () => {
  for (const { scenario, seconds, memory } of plansOf(gpt3).front) {
    const step = trainingStep(scenario);
    expect(step.ok && [step.value.seconds, step.value.memory.total]).toEqual([seconds, memory]);
  }
});

test.each([
  ['no question', undefined, ['question']],
  ['no model', { ...gpt3, model: undefined }, ['model']],
  ['half a GPU', { ...gpt3, cluster: { ...SERVERS, gpus: 0.5 } }, ['gpus']],
  ['an unknown framework', { ...gpt3, framework: 'jax' }, ['framework']],
  ['a format that the GPU lacks', { ...gpt3, precision: 'fp8' }, ['precision']],
  [
    'NVLink without links',
    { ...gpt3, cluster: { ...SERVERS, gpu: { ...A800, nvlinkBandwidth: 0 } } },
    ['nvlinkDomain'],
  ],
  ['no plans wanted', { ...gpt3, best: 0 }, ['best']],
  ['choices that are no group', { ...gpt3, choices: 3 }, ['choices']],
  ['limits that are no group', { ...gpt3, limits: null }, ['choices']],
  ['a choice that plans do not have', { ...gpt3, choices: { colour: [1] } }, ['colour']],
  ['a choice without values', { ...gpt3, choices: { zeroStage: [] } }, ['zeroStage']],
  ['a choice that is no list', { ...gpt3, choices: { zeroStage: 1 } }, ['zeroStage']],
  [
    'degrees that are none',
    { ...gpt3, choices: { tensorParallel: [0, NaN, 2] } },
    ['tensorParallel', 'tensorParallel'],
  ],
  ['an unknown way to recompute', { ...gpt3, choices: { recompute: ['some'] } }, ['recompute']],
  ['a flag that is none', { ...gpt3, choices: { sequenceParallel: ['yes', true] } }, ['sequenceParallel']],
  ['a limit of zero', { ...gpt3, limits: { microBatch: 0, tensorParallel: undefined } }, ['microBatch']],
  ['a limit on what has none', { ...gpt3, limits: { recompute: 1 } }, ['recompute']],
])('%s is an issue, not an exception', (_, question, paths) => {
  const outcome = bestTraining(question as PlanningQuestion);
  expect(outcome.ok).toBe(false);
  expect(outcome.ok ? [] : outcome.issues.map(({ path }) => path)).toEqual(paths);
});

test('a choice that is left undefined is free', () => {
  expect(
    bestTraining({ ...small, choices: { zeroStage: undefined } } as unknown as PlanningQuestion),
  ).toEqual(bestTraining(small));
});
