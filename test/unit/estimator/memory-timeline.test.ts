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
  const none = memoryTimeline(training(), 0, 0);
  expect(none.ok ? [] : none.issues.map(({ path }) => path)).toEqual(['teeth']);
});

const passing = ({ activations, logits, temporary }: MemoryTimeline['moments'][number]): number =>
  activations + logits + temporary;

const replicated = training({ dp: 8, parallelism: { zeroStage: 1 }, passes: 3, recompute: 'selective' });
const gathering = training({ dp: 8, parallelism: { zeroStage: 3 }, framework: 'deepspeed', passes: 4 });

describe('whatever is drawn', () => {
  test.each([
    ['one stage', plain, 1],
    ['replicas', replicated, 1],
    ['ZeRO-3', gathering, 1],
    ['a pipeline', piped, 4],
    ['chunks', long, 4],
  ] as const)(
    '%s: it ends with the step and peaks first at what the estimate says',
    (_, scenario, stages) => {
      const step = trainingStep(scenario);
      if (!step.ok) throw new Error('It is legal.');
      for (let stage = 0; stage < stages; stage++)
        for (const teeth of [1, 2, 3, 8, 1000]) {
          const { moments, seconds, peakAt, stage: memory } = timelineOf(scenario, stage, teeth);
          const { activations, logits, temporary } = memory.parts;
          const most = activations + logits + temporary;
          expect(seconds).toBe(step.value.seconds);
          expect(moments.at(-1)!.time).toBeCloseTo(seconds, 9);
          expect([moments[0]!.time, passing(moments[0]!)]).toEqual([0, 0]);
          expect(passing(moments.at(-1)!) / most).toBeCloseTo(0, 9);
          expect(moments.every(({ time }, i) => i === 0 || time >= moments[i - 1]!.time)).toBe(true);
          expect(Math.max(...moments.map(passing)) / most).toBeCloseTo(1, 9);
          const first = moments.find((moment) => passing(moment) > most * (1 - 1e-12))!;
          expect(peakAt).toBe(first.time);
        }
    },
  );

  test('passes take their time: a pair is a wait and a forward pass, a wait and a backward pass', () => {
    const c = stagePasses(piped, 1);
    const { phases, moments } = timelineOf(piped, 1);
    const lengths = phases.map(({ name, from, to }) => [name, to - from] as const);
    const expected = {
      fill: c.fill,
      'warm-up': 2 * (c.wait + c.forward),
      steady: c.turn + 4 * (2 * c.wait + c.forward + c.backward),
      'cool-down': 2 * (c.wait + c.backward),
      drain: c.drain,
      optimizer: c.optimizer,
      host: c.host,
    };
    expect(lengths.map(([name]) => name)).toEqual(Object.keys(expected));
    for (const [name, length] of lengths)
      expect(length).toBeCloseTo(expected[name as keyof typeof expected], 9);
    // Nothing, the wait for the first micro-batch, two forward passes in a row, a third, the wait for its gradients.
    const starts = [0, c.fill, c.fill + c.wait, c.fill + 2 * (c.wait + c.forward)];
    const third = c.fill + 3 * (c.wait + c.forward);
    const times = [
      ...starts,
      third - c.forward,
      third,
      third + c.turn,
      third + c.turn,
      third + c.turn + c.wait,
    ];
    times.forEach((time, i) => expect(moments[i]!.time).toBeCloseTo(time, 9));
    const back = third + c.turn + c.wait + c.backward;
    expect(moments[10]!.time).toBeCloseTo(back, 9);
    expect(c.wait).toBeGreaterThan(0);
  });

  test('one stage of several chunks works chunk by chunk', () => {
    const whole = stagePasses(long, 1);
    const once = stagePasses(
      training({ parallelism: { tensorParallel: 8, pipelineParallel: 4 }, passes: 64 }),
      1,
    );
    expect(whole.passes).toBe(6 * once.passes);
    expect(6 * whole.forward).toBeCloseTo(once.forward, 9);
    expect(6 * whole.backward).toBeCloseTo(once.backward, 9);
  });

  test('replicas are waited for between the last backward pass and the update', () => {
    const { phases } = timelineOf(replicated);
    expect(phases.map(({ name }) => name)).toEqual(['steady', 'replicas', 'optimizer', 'host']);
  });

  test('what is left out takes the time of its passes and leaves as much as it found', () => {
    const c = stagePasses(long, 0);
    const { cut, moments } = timelineOf(long, 0, 3);
    expect(cut!.to - cut!.from).toBeCloseTo(355 * (2 * c.wait + c.forward + c.backward), 9);
    const after = moments.filter(({ time }) => time === cut!.to);
    const before = moments.filter(({ time }) => Math.abs(time - cut!.from) < 1e-12);
    expect(after.length).toBeGreaterThan(0);
    expect(after[0]!.activations / before.at(-1)!.activations).toBeCloseTo(1, 9);
  });

  test('a short steady part leaves nothing out, although the cool-down is one slope', () => {
    const short = training({ parallelism: { tensorParallel: 8, pipelineParallel: 8 }, passes: 9 });
    expect(timelineOf(short, 0, 2).cut).toBeNull();
    expect(timelineOf(short, 0, 2).moments.length).toBeLessThan(timelineOf(short, 0, 9).moments.length);
  });

  test('a stage without layers waits as one with them', () => {
    const empty = training({
      model: { ...plain.model, layers: 2, vocab: 400_000 },
      parallelism: { pipelineParallel: 4 },
      framework: 'nanotron',
      passes: 8,
    });
    const idle = [0, 1, 2, 3].map((stage) => stagePasses(empty, stage));
    for (const { fill, drain, turn, step } of idle)
      for (const part of [fill, drain, turn, step]) expect(Number.isFinite(part)).toBe(true);
    for (const { fill, drain, turn } of idle) expect(fill + drain + turn).toBeCloseTo(idle[0]!.turn, 9);
    const none = idle.find(({ forward, backward }) => forward + backward === 0);
    expect(none).toBeDefined();
    expect(none!.drain / none!.fill).toBeCloseTo(2, 9);
  });
});
