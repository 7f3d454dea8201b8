import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  equations,
  evaluate,
  FRAGMENTATION,
  memoryPerGpu,
  memoryTimeline,
  trainingStep,
  valueOrThrow,
  type MemoryTimeline,
  type TrainingScenario,
} from '#estimator';
import { near } from './arbitraries.ts';
import { legalScenario } from './training-scenarios.ts';

function timelineOf(scenario: TrainingScenario, stage: number, teeth?: number): MemoryTimeline {
  return valueOrThrow(memoryTimeline(scenario, stage, teeth));
}

const passing = ({ activations, logits, temporary }: MemoryTimeline['moments'][number]): number =>
  activations + logits + temporary;

const holds = (law: (scenario: TrainingScenario, stage: number, timeline: MemoryTimeline) => void): void => {
  const stageOf = (scenario: TrainingScenario, n: number): number =>
    n % scenario.parallelism.pipelineParallel;
  fc.assert(
    fc.property(legalScenario, fc.nat(63), fc.integer({ min: 1, max: 9 }), (scenario, n, teeth) => {
      const stage = stageOf(scenario, n);
      law(scenario, stage, timelineOf(scenario, stage, teeth));
    }),
    { numRuns: 500 },
  );
};

test('the most it reaches is what memoryPerGpu says of the stage, to the same parts', () => {
  holds((scenario, stage, { stage: memory, moments, peakAt }) => {
    const { parts, total } = memoryPerGpu(scenario).stages[stage]!;
    const most = Math.max(...moments.map(passing));
    expect(memory.total).toBe(total);
    expect(near(most, parts.activations + parts.logits + parts.temporary)).toBe(true);
    const { activations, logits, temporary, ...staying } = parts;
    const stays = Object.values(staying).reduce((sum, part) => sum + part, 0);
    expect(near(stays + most, total)).toBe(true);
    expect(near(Math.max(...moments.filter((m) => m.time === peakAt).map(passing)), most)).toBe(true);
    const { fragmentation: _, ...S } = staying;
    const values = {
      stayingBytes: Object.values(S).reduce((sum, part) => sum + part, 0),
      fragmentation: FRAGMENTATION,
      inFlight: memory.inFlight,
      keptBytes: activations / memory.inFlight,
      momentaryBytes: logits + temporary,
    };
    expect(near(evaluate(equations.memoryPeak, values), total)).toBe(true);
  });
});

test('it ends with the step, holds nothing before and after, and never less than nothing', () => {
  holds((scenario, _, { moments, seconds }) => {
    const step = trainingStep(scenario);
    if (!step.ok) throw new Error('It is legal.');
    expect(near(seconds, step.value.seconds)).toBe(true);
    expect(near(moments.at(-1)!.time, seconds)).toBe(true);
    const most = Math.max(...moments.map(passing));
    expect(Math.abs(passing(moments[0]!))).toBeLessThanOrEqual(1e-9 * most);
    expect(Math.abs(passing(moments.at(-1)!))).toBeLessThanOrEqual(1e-9 * most);
    // One claim for all moments: a long step has thousands.
    expect(moments.every(({ activations }) => activations >= -1e-9 * most)).toBe(true);
    expect(moments.every(({ time }, i) => i === 0 || time >= moments[i - 1]!.time)).toBe(true);
  });
});

test('its phases follow each other from nothing to the end of the step', () => {
  holds((_, __, { phases, seconds, cut }) => {
    let at = 0;
    for (const { from, to } of phases) {
      expect(near(from, at) || from === at).toBe(true);
      expect(to).toBeGreaterThan(from);
      at = to;
    }
    expect(near(at, seconds)).toBe(true);
    if (!cut) return;
    expect(cut.passes).toBeGreaterThan(0);
    expect(cut.to).toBeGreaterThan(cut.from);
  });
});

test('what is left out changes nothing else', () => {
  holds((scenario, stage, timeline) => {
    const whole = timelineOf(scenario, stage, 1e6);
    expect(whole.cut).toBeNull();
    expect(whole.moments.length).toBeGreaterThanOrEqual(timeline.moments.length);
    expect(near(whole.moments.at(-1)!.time, timeline.moments.at(-1)!.time)).toBe(true);
    expect(near(Math.max(...whole.moments.map(passing)), Math.max(...timeline.moments.map(passing)))).toBe(
      true,
    );
  });
});
