import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkMemory,
  checkScenario,
  LEVER_VALUES,
  memoryPerGpu,
  smallestChange,
  trainingStep,
  type TrainingScenario,
} from '#estimator';
import { training } from '../../unit/estimator/scenarios.ts';
import { DEEPSEEK_V3, gpt, GPT3, LLAMA3_8B, MIXTRAL } from '../../unit/estimator/shapes.ts';

const power = (most: number) => fc.integer({ min: 0, max: most }).map((exponent) => 2 ** exponent);

const scenarios: fc.Arbitrary<TrainingScenario> = fc
  .record({
    model: fc.constantFrom(GPT3, gpt(48, 6144, 64), LLAMA3_8B, MIXTRAL, DEEPSEEK_V3),
    framework: fc.constantFrom('megatron-core', 'megatron-2022', 'fsdp', 'deepspeed', 'nanotron'),
    recompute: fc.constantFrom('none', 'selective', 'full'),
    microBatch: power(3),
    fusedAttention: fc.boolean(),
    tensorParallel: power(3),
    pipelineParallel: power(4),
    chunks: fc.constantFrom(1, 2, 3),
    zeroStage: fc.constantFrom(0, 1, 2, 3),
    dp: power(5),
    sequenceParallel: fc.boolean(),
  })
  .map((made) => {
    const { tensorParallel, pipelineParallel, zeroStage, sequenceParallel, chunks, ...over } = made;
    const virtualPipeline = pipelineParallel > 1 ? chunks : 1;
    return training({
      ...over,
      passes: 64,
      parallelism: { tensorParallel, pipelineParallel, zeroStage, sequenceParallel, virtualPipeline },
    });
  })
  .filter((scenario) => checkScenario(scenario).length === 0);

/** What stays whatever is changed. */
const kept = ({ model, globalBatch, precision, framework, gradientFormat }: TrainingScenario) => ({
  model,
  globalBatch,
  precision,
  framework,
  gradientFormat,
});

test('the smallest change is legal, fits, changes what it names, and leaves what is computed', () => {
  let found = 0;
  let changed = 0;
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const answer = smallestChange(scenario);
      if (!answer) return;
      found += 1;
      expect(checkScenario(answer.scenario)).toEqual([]);
      expect(checkMemory(answer.scenario)).toEqual([]);
      expect(kept(answer.scenario)).toEqual(kept(scenario));
      expect(answer.before).toBeCloseTo(memoryPerGpu(scenario).total, 0);
      expect(answer.after).toBeCloseTo(memoryPerGpu(answer.scenario).total, 0);
      const step = trainingStep(answer.scenario);
      expect(step.ok && step.value.seconds).toBeCloseTo(answer.seconds, 6);
      const fits = checkMemory(scenario).length === 0;
      expect(answer.changes.length === 0).toBe(fits);
      if (fits) expect(answer.scenario).toBe(scenario);
      else changed += 1;
      for (const { from, to } of answer.changes) expect(to).not.toBe(from);
      expect(new Set(answer.changes.map(({ path }) => path)).size).toBe(answer.changes.length);
      expect(smallestChange(scenario)).toEqual(answer);
    }),
    { numRuns: 250 },
  );
  expect(found).toBeGreaterThan(200);
  expect(changed).toBeGreaterThan(50);
});

test('of single changes none that fits is faster', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const answer = smallestChange(scenario);
      if (answer?.changes.length !== 1 || answer.changes[0]!.path === 'gpus') return;
      const { parallelism } = scenario;
      const others: TrainingScenario[] = [
        { ...scenario, recompute: 'full' },
        { ...scenario, fusedAttention: true },
        ...LEVER_VALUES.microBatch
          .filter((b) => b < scenario.microBatch)
          .map((microBatch) => ({ ...scenario, microBatch })),
        ...LEVER_VALUES.pipelineParallel.map((pipelineParallel) => ({
          ...scenario,
          parallelism: { ...parallelism, pipelineParallel },
        })),
      ];
      for (const other of others) {
        // DeepSpeed asserts that a pipeline shards neither gradients nor weights: nothing is changed into that.
        const { zeroStage, pipelineParallel } = other.parallelism;
        if (other.framework === 'deepspeed' && zeroStage >= 2 && pipelineParallel > 1) continue;
        const step = trainingStep(other);
        if (step.ok && step.value.issues.length === 0)
          expect(step.value.seconds).toBeGreaterThanOrEqual(answer.seconds * (1 - 1e-9));
      }
    }),
    { numRuns: 150 },
  );
});
