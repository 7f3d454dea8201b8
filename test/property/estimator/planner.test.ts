import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestTraining, checkScenario, trainingStep, type PlanningQuestion } from '#estimator';
import { bruteForce, expectNoneMissed, plansOf } from '../../unit/estimator/planner/brute-force.ts';
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
    sequence: fc.constantFrom(512, 6144, 8192, 16_384),
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

test('no plan that trying everything finds is missed: best, front, what is rejected and why', () => {
  let pruned = 0;
  fc.assert(
    fc.property(question, (asked) => {
      const plans = plansOf(asked);
      const truth = bruteForce(asked);
      expectNoneMissed(plans, truth);
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

test('a question of any kind gives plans or issues, never an exception', () => {
  const fields = [
    'model',
    'cluster',
    'precision',
    'globalBatch',
    'framework',
    'kernels',
    'gradientFormat',
    'schedule',
    'fusedAttention',
    'choices',
    'limits',
    'best',
  ];
  fc.assert(
    fc.property(question, fc.constantFrom(...fields), fc.anything(), (asked, field, value) => {
      const outcome = bestTraining({ ...asked, [field]: value });
      if (outcome.ok)
        for (const { scenario } of outcome.value.best) expect(checkScenario(scenario)).toEqual([]);
      else expect(outcome.issues.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});
