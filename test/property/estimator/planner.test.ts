import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bestTraining,
  checkScenario,
  trainingStep,
  type Choice,
  type Plan,
  type PlanningQuestion,
  type TrainingPlans,
} from '#estimator';
import { candidatesOf, sequenceChoices } from '../../../src/estimator/planner/candidates.ts';
import { compareChoices, scenarioOf } from '../../../src/estimator/planner/choice.ts';
import { contradictionsOf } from '../../../src/estimator/training/contradictions.ts';
import { A800 } from '../../unit/estimator/shapes.ts';
import { model } from './arbitraries.ts';

const power = (most: number) => fc.integer({ min: 0, max: most }).map((exponent) => 2 ** exponent);

/** Small enough to try everything; memory from too little for anything to plenty. */
const question: fc.Arbitrary<PlanningQuestion> = fc
  .record({
    model,
    layers: fc.integer({ min: 1, max: 9 }),
    denseLayers: fc.integer({ min: 0, max: 2 }),
    heads: fc.constantFrom(4, 6, 8),
    hidden: fc.constantFrom(256, 4096, 12_288),
    experts: fc.constantFrom(4, 6, 8),
    sequence: fc.constantFrom(512, 2048, 4096, 6144),
    gpus: fc.constantFrom(4, 8, 12, 16, 32),
    nvlinkDomain: fc.constantFrom(1, 4, 8),
    memory: fc.constantFrom(4e9, 12e9, 30e9, 80e9, 800e9),
    networkBandwidth: fc.constantFrom(1e9, 25e9, 400e9),
    globalBatch: fc.integer({ min: 1, max: 24 }).map((half) => 2 * half),
    precision: fc.constantFrom('bf16' as const, 'fp16' as const, 'fp32' as const),
    framework: fc.constantFrom(
      'megatron-2021' as const,
      'megatron-2022' as const,
      'megatron-core' as const,
      'fsdp' as const,
      'deepspeed' as const,
      'nanotron' as const,
    ),
    schedule: fc.option(
      fc.constantFrom('gpipe' as const, 'zb-h1' as const, 'zb-v' as const, 'dualpipe' as const),
      {
        nil: undefined,
        freq: 3,
      },
    ),
    zeroStage: fc.option(fc.subarray([0, 1, 2, 3] as const, { minLength: 1 }), { nil: undefined }),
    recompute: fc.option(fc.subarray(['none', 'selective', 'full'] as const, { minLength: 1 }), {
      nil: undefined,
    }),
    microBatch: fc.option(power(3), { nil: undefined }),
    best: fc.integer({ min: 1, max: 12 }),
  })
  .map(
    ({
      model: shape,
      layers,
      denseLayers,
      heads,
      hidden,
      experts,
      sequence,
      gpus,
      nvlinkDomain,
      memory,
      networkBandwidth,
      schedule,
      zeroStage,
      recompute,
      microBatch,
      ...rest
    }) => {
      const { moe, window: _, ...dense } = shape;
      return {
        ...rest,
        model: {
          ...dense,
          layers,
          heads,
          kvHeads: heads,
          hidden,
          sequence,
          ffn: 4 * hidden,
          ...(moe && { moe: { ...moe, experts, topK: 2, denseLayers: Math.min(denseLayers, layers) } }),
        },
        cluster: {
          gpu: { ...A800, memory },
          gpus,
          gpusPerNode: 8,
          nvlinkDomain,
          networkBandwidth,
          pcieBandwidth: 25e9,
        },
        ...(schedule && { schedule }),
        choices: { ...(zeroStage && { zeroStage }), ...(recompute && { recompute }) },
        limits: { ...(microBatch && { microBatch }) },
      };
    },
  );

function everyChoice(asked: PlanningQuestion): readonly Choice[] {
  const candidates = candidatesOf(asked);
  const all: Choice[] = [];
  for (const tensorParallel of candidates.tensorParallel)
    for (const sequenceParallel of sequenceChoices(candidates, tensorParallel))
      for (const pipelineParallel of candidates.pipelineParallel)
        for (const virtualPipeline of candidates.virtualPipeline)
          for (const contextParallel of candidates.contextParallel)
            for (const expertParallel of candidates.expertParallel)
              for (const microBatch of candidates.microBatch)
                for (const zeroStage of candidates.zeroStage)
                  for (const recompute of candidates.recompute)
                    all.push({
                      tensorParallel,
                      sequenceParallel,
                      pipelineParallel,
                      virtualPipeline,
                      contextParallel,
                      expertParallel,
                      microBatch,
                      zeroStage,
                      recompute,
                    });
  return all;
}

/** The planner's answer by trying everything, one whole step at a time. */
function bruteForce(asked: PlanningQuestion) {
  const rejected = new Map<string, number>();
  const reject = (path: string): void => void rejected.set(path, (rejected.get(path) ?? 0) + 1);
  const fitting: (Plan & { readonly choice: Choice })[] = [];
  let legal = 0;
  let nearest = Infinity;
  for (const choice of everyChoice(asked)) {
    const scenario = scenarioOf(asked, choice);
    const [wrong] = contradictionsOf(scenario);
    if (wrong) {
      reject(wrong.path);
      continue;
    }
    const step = trainingStep(scenario);
    if (!step.ok) throw new Error(JSON.stringify(step.issues));
    legal += 1;
    const { seconds, memory } = step.value;
    if (memory.total > asked.cluster.gpu.memory) {
      reject('memory');
      nearest = Math.min(nearest, memory.total);
    } else fitting.push({ scenario, seconds, memory: memory.total, choice });
  }
  fitting.sort((a, b) => a.seconds - b.seconds || a.memory - b.memory || compareChoices(a.choice, b.choice));
  let least = Infinity;
  const front = fitting.filter(({ memory }) => {
    const better = memory < least;
    least = Math.min(least, memory);
    return better;
  });
  const bare = ({ scenario, seconds, memory }: Plan): Plan => ({ scenario, seconds, memory });
  return { rejected, legal, nearest, best: fitting.slice(0, asked.best).map(bare), front: front.map(bare) };
}

function plansOf(asked: PlanningQuestion): TrainingPlans {
  const outcome = bestTraining(asked);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

test('no plan that trying everything finds is missed: best, front, what is rejected and why', () => {
  let pruned = 0;
  fc.assert(
    fc.property(question, (asked) => {
      const plans = plansOf(asked);
      const truth = bruteForce(asked);
      expect(plans.evaluations).toBe(truth.legal);
      expect(plans.best).toEqual(truth.best);
      expect(plans.front).toEqual(truth.front);
      expect(new Map(plans.rejected.map(({ path, plans: count }) => [path, count]))).toEqual(truth.rejected);
      const memory = plans.rejected.find(({ path }) => path === 'memory');
      if (memory) {
        const step = trainingStep(memory.examples[0]!.scenario);
        expect(step.ok && step.value.memory.total).toBe(truth.nearest);
      }
      pruned += plans.evaluations - plans.computed - (truth.rejected.get('memory') ?? 0);
    }),
    { numRuns: 40 },
  );
  // Else the bounds on time were never put to the test.
  expect(pruned).toBeGreaterThan(0);
});

test('every plan is legal and fits, and every example fails as it says', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { best, front, rejected } = plansOf(asked);
      for (const { scenario, seconds, memory } of [...best, ...front]) {
        expect(checkScenario(scenario)).toEqual([]);
        const step = trainingStep(scenario);
        expect(step.ok && [step.value.seconds, step.value.memory.total, step.value.issues]).toEqual([
          seconds,
          memory,
          [],
        ]);
      }
      for (const { path, examples } of rejected)
        for (const { scenario, issue } of examples) {
          const step = trainingStep(scenario);
          expect(issue.path).toBe(path);
          expect((step.ok ? step.value.issues : step.issues)[0]).toEqual(issue);
        }
    }),
    { numRuns: 300 },
  );
});
