import { describe, expect, test } from 'vitest';
import { memoryTimeline, trainingStep, type MemoryTimeline, type TrainingScenario } from '#estimator';
import { stagePasses } from '../../../src/estimator/memory/stage-passes.ts';
import { memoryRates } from '../../../src/estimator/memory/memory-rates.ts';
import { training } from './scenarios.ts';

const plain = training({ passes: 2, recompute: 'selective' });
const piped = training({
  parallelism: { tensorParallel: 8, pipelineParallel: 4 },
  passes: 6,
  recompute: 'selective',
});
const long = training({
  parallelism: { tensorParallel: 8, pipelineParallel: 4, virtualPipeline: 6 },
  passes: 64,
});

function timelineOf(scenario: TrainingScenario, stage = 0, teeth?: number): MemoryTimeline {
  const outcome = memoryTimeline(scenario, stage, teeth);
  if (!outcome.ok) throw new Error('It is legal.');
  return outcome.value;
}

/** How many forward passes are under way, moment by moment, when nothing but their activations is counted. */
function levels({ moments }: MemoryTimeline, scenario: TrainingScenario, stage: number): number[] {
  const rates = memoryRates(scenario);
  const one = moments.reduce((most, { activations }) => Math.max(most, activations), 0);
  expect(rates.dense.kept).toBeGreaterThan(0);
  const { inFlight } = timelineOf(scenario, stage).stage;
  return moments.map(({ activations }) => Math.round((activations / one) * inFlight));
}

describe('one stage alone', () => {
  test('holds one micro-batch at a time: it grows forward, meets the loss, and goes', () => {
    const timeline = timelineOf(plain);
    const { moments, phases } = timeline;
    const rates = memoryRates(plain);
    const kept = timeline.stage.parts.activations - rates.outputKept;
    const seen = moments.map(({ activations, logits, temporary }) => [
      Math.round((activations / kept) * 10) / 10,
      logits > 0,
      temporary > 0,
    ]);
    const tooth = [
      [0, false, false],
      [1, false, false],
      [1, true, false],
      [1, true, false],
      [1, false, true],
      [0, false, true],
      [0, false, false],
    ];
    expect(seen.slice(0, 2)).toEqual([
      [0, false, false],
      [0, false, false],
    ]);
    // The first pair waits a moment for its gradients to come back: for nothing, without a pipeline.
    expect(seen.slice(2, 5)).toEqual([...tooth.slice(0, 2), [1, false, false]]);
    expect(seen.slice(5, 10)).toEqual(tooth.slice(2));
    expect(seen.slice(10, 17)).toEqual(tooth);
    expect(phases.map(({ name }) => name)).toEqual(['steady', 'optimizer', 'host']);
  });

  test('keeps the output’s activations from the loss to the end of its backward pass only', () => {
    const rates = memoryRates(plain);
    const { moments, stage } = timelineOf(plain);
    const most = Math.max(...moments.map(({ activations }) => activations));
    expect(most).toBe(stage.parts.activations);
    const forward = moments[3]!;
    expect(most - forward.activations).toBeCloseTo(rates.outputKept, 3);
  });
});

describe('a pipeline', () => {
  test('has as many forward passes ahead as stages lie behind, then one in turn, then only backward ones', () => {
    const timeline = timelineOf(piped, 0);
    expect(timeline.phases.map(({ name }) => name)).toEqual([
      ...['warm-up', 'steady', 'cool-down'],
      ...['optimizer', 'host'],
    ]);
    const passed = levels(timeline, piped, 0);
    expect(Math.max(...passed)).toBe(4);
    expect(passed.slice(0, 6)).toEqual([0, 0, 0, 3, 3, 4]);
    expect(passed.at(-1)).toBe(0);
  });

  test('waits before its first pass and behind its last as deep as it lies, and half-way in between', () => {
    const names = [0, 1, 3].map((stage) => timelineOf(piped, stage).phases.map(({ name }) => name));
    expect(names[0]).not.toContain('fill');
    expect(names[0]).not.toContain('drain');
    expect(names[1]).toContain('fill');
    expect(names[1]).toContain('drain');
    expect(names[2]).not.toContain('warm-up');
    const clocks = [0, 1, 2, 3].map((stage) => stagePasses(piped, stage));
    const { turn } = clocks[0]!;
    expect(turn).toBeGreaterThan(0);
    expect(clocks[3]!.turn).toBe(0);
    for (const { fill, drain, turn: between } of clocks) expect(fill + drain + between).toBeCloseTo(turn, 9);
    expect(clocks[3]!.fill / clocks[1]!.fill).toBeGreaterThan(2);
  });

  test('deals out the step: passes, waiting, replicas, optimizer and host sum to it on every stage', () => {
    for (const [scenario, stages] of [
      [plain, 1],
      [piped, 4],
      [training({ dp: 8, parallelism: { zeroStage: 3 }, framework: 'fsdp', passes: 4 }), 1],
    ] as const) {
      const step = trainingStep(scenario);
      if (!step.ok) throw new Error('It is legal.');
      for (let stage = 0; stage < stages; stage++) {
        const c = stagePasses(scenario, stage);
        const sum =
          c.passes * (c.forward + c.backward + 2 * c.wait) +
          c.fill + c.turn + c.drain + c.replicas + c.optimizer + c.host; // prettier-ignore
        expect(sum).toBeCloseTo(step.value.seconds, 9);
        expect(c.step).toBe(step.value.seconds);
        expect(c.optimizer).toBe(step.value.breakdown.optimizer);
        expect(c.host).toBe(step.value.breakdown.host);
      }
    }
  });

  test('gives the first stage its embedding and the last its logits, one third forward', () => {
    const [first, middle, last] = [0, 1, 3].map((stage) => stagePasses(piped, stage)) as [
      ReturnType<typeof stagePasses>,
      ReturnType<typeof stagePasses>,
      ReturnType<typeof stagePasses>,
    ];
    for (const end of [first, last]) {
      expect(end.forward).toBeGreaterThan(middle.forward);
      const ratio = (end.backward - middle.backward) / (end.forward - middle.forward);
      expect(ratio).toBeCloseTo(2, 9);
    }
  });

  test('runs again what is recomputed in the backward pass', () => {
    const none = stagePasses({ ...piped, recompute: 'none' }, 1);
    const full = stagePasses({ ...piped, recompute: 'full' }, 1);
    expect(full.forward).toBe(none.forward);
    expect(full.backward - none.backward).toBeCloseTo(none.forward, 9);
  });

  test('waits for weights pass by pass in ZeRO-3, and for replicas at the end otherwise', () => {
    const shared = { dp: 8, framework: 'deepspeed', passes: 4 } as const;
    const three = stagePasses(training({ ...shared, parallelism: { zeroStage: 3 } }), 0);
    const two = stagePasses(training({ ...shared, parallelism: { zeroStage: 2 } }), 0);
    expect(three.replicas).toBe(0);
    expect(three.wait).toBeGreaterThan(0);
    expect(two.replicas).toBeGreaterThan(0);
    expect(two.wait).toBeLessThan(1e-12);
  });
});

describe('a long step', () => {
  test('shows so many backward passes at either end, and says how many passes it leaves out', () => {
    const timeline = timelineOf(long, 0, 3);
    const { cut } = timeline;
    // 384 chunks each way; 26 forward ones are ahead. Three pairs, and behind the cut only backward passes.
    expect(cut?.passes).toBe(2 * (384 - 26 - 3));
    expect(timeline.moments.filter(({ temporary }) => temporary > 0)).toHaveLength(2 * (3 + 1 + 3));
    expect(timelineOf(long, 0).moments.length).toBeGreaterThan(timeline.moments.length);
  });

  test('leaves out nothing where there are few passes', () => {
    expect(timelineOf(piped, 0, 3).cut).toBeNull();
    expect(timelineOf(piped, 0, 2).cut).not.toBeNull();
  });

  test('draws pairs at the end too where no long cool-down follows', () => {
    const timeline = timelineOf(training({ passes: 40 }), 0, 2);
    expect(timeline.cut?.passes).toBe(2 * (40 - 4));
    expect(timeline.moments.filter(({ logits }) => logits > 0)).toHaveLength(2 * 4);
  });

  test('meets the loss only in passes of the model’s last chunk', () => {
    const timeline = timelineOf(long, 3, 5);
    const losses = timeline.moments.filter(({ logits }) => logits > 0);
    // The first four of the five that are drawn, and none of the last five: those are of the first chunk.
    expect(losses).toHaveLength(2 * 4);
  });
});

test('refuses a scenario that cannot be, and a stage that there is not', () => {
  const wrong = memoryTimeline({ ...piped, microBatch: 0 }, 0);
  expect(wrong.ok ? [] : wrong.issues.map(({ path }) => path)).toContain('microBatch');
  for (const stage of [-1, 4, 0.5]) {
    const outcome = memoryTimeline(piped, stage);
    expect(outcome.ok ? [] : outcome.issues.map(({ path }) => path)).toEqual(['stage']);
  }
});
