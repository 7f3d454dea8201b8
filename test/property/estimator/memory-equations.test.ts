import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  equations,
  evaluate,
  LEDGER_ROWS,
  ledgerBytes,
  memoryPerGpu,
  stateOfStage,
  type Equation,
  type Model,
  type TrainingScenario,
  type ZeroStage,
} from '#estimator';
import { memoryRules } from '../../../src/estimator/memory/family-rules.ts';
import { microBatchesInFlight } from '../../../src/estimator/memory/in-flight.ts';
import { layerMemory } from '../../../src/estimator/memory/layer-memory.ts';
import { training } from '../../unit/estimator/scenarios.ts';
import { gpt, LLAMA3_8B, MIXTRAL } from '../../unit/estimator/shapes.ts';

const power = (most: number) => fc.integer({ min: 0, max: most }).map((exponent) => 2 ** exponent);
const near = (a: number, b: number): void =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));

const STATE = [equations.stateZero0, equations.stateZero1, equations.stateZero2, equations.stateZero3];
const EXPERT_STATE = [
  equations.expertStateZero0,
  equations.expertStateZero1,
  equations.expertStateZero2,
  equations.expertStateZero3,
];

const scenarios = fc
  .record({
    model: fc.constantFrom(gpt(48, 6144, 64), LLAMA3_8B, MIXTRAL),
    zeroStage: fc.constantFrom<ZeroStage>(0, 1, 2, 3),
    framework: fc.constantFrom('megatron-core', 'megatron-2022', 'fsdp', 'deepspeed', 'nanotron'),
    tensorParallel: power(3),
    pipelineParallel: power(3),
    contextParallel: power(1),
    dp: power(4),
    expertParallel: power(2),
  })
  .map(({ model, framework, dp, expertParallel, ...split }) =>
    training({
      model,
      framework,
      dp,
      parallelism: { ...split, expertParallel: model.moe ? expertParallel : 1 },
    }),
  );

/** The symbols of the formulas of ZeRO on the fullest stage. */
function symbolsOf(scenario: TrainingScenario, stage: number) {
  const { parameters, weights, gradients, optimizer, ...rest } = stateOfStage(scenario, stage);
  return {
    stageParameters: parameters,
    weightBytes: weights,
    gradientBytes: gradients,
    optimizerBytes: optimizer,
    ...rest,
  };
}

test('ZeRO: the formula of each stage has the state that memoryPerGpu counts, with and without experts', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { zeroStage } = scenario.parallelism;
      const family = scenario.model.moe ? EXPERT_STATE : STATE;
      for (const { stage, parts } of memoryPerGpu(scenario).stages) {
        const values = symbolsOf(scenario, stage);
        const state = evaluate(family[zeroStage] as Equation, values);
        near(state, parts.weights + parts.gradients + parts.optimizer);
      }
    }),
    { numRuns: 300 },
  );
});

test('everything on a GPU is the total of memoryPerGpu', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { parts, total } = memoryPerGpu(scenario);
      const values = {
        stateBytes: parts.weights + parts.gradients + parts.optimizer,
        activationBytes: parts.activations,
        passingBytes: parts.logits + parts.temporary,
        bufferBytes: parts.communication,
        outsideBytes: parts.framework,
      };
      near(evaluate(equations.gpuMemory, values), total);
    }),
    { numRuns: 300 },
  );
});

type Mode = 'none' | 'selective' | 'full';
const kept = (
  model: Model,
  of: { t: number; sp: boolean; b: number; recompute?: Mode; fused?: boolean },
  framework: 'megatron-2022' | 'megatron-core' = 'megatron-2022',
): number => {
  const options = {
    microBatch: of.b,
    tensorParallel: of.t,
    contextParallel: 1,
    expertParallel: 1,
    expertTensorParallel: 1,
    sequenceParallel: of.sp,
    precision: 'bf16' as const,
    fusedAttention: of.fused ?? false,
    recompute: of.recompute ?? 'none',
    framework,
  };
  const rules = memoryRules({ model, precision: 'bf16', framework, parallelism: { zeroStage: 0 } });
  return layerMemory(model, options, rules, false).kept;
};

test('what a GPT layer keeps is Korthikanti’s equations 1, 2, 4 and 6, and 2sbh in full', () => {
  fc.assert(
    fc.property(power(3), fc.integer({ min: 1, max: 8 }), power(4), (t, b, width) => {
      const model = gpt(4, 512 * width, 8 * width);
      const { sequence, hidden, heads } = model;
      const values = { sequence, hidden, heads, microBatch: b, tensorParallel: t };
      near(evaluate(equations.layerAlone, values), kept(model, { t: 1, sp: false, b }));
      near(evaluate(equations.layerTensor, values), kept(model, { t, sp: false, b }));
      near(evaluate(equations.layerSequence, values), kept(model, { t, sp: true, b }));
      near(
        evaluate(equations.layerSelective, values),
        kept(model, { t, sp: true, b, recompute: 'selective' }),
      );
      near(evaluate(equations.layerFull, values), kept(model, { t, sp: false, b, recompute: 'full' }));
    }),
  );
});

test('what a gated layer keeps with FlashAttention under Megatron Core is its formula', () => {
  fc.assert(
    fc.property(power(3), fc.integer({ min: 1, max: 8 }), (t, b) => {
      const { sequence, hidden, heads, kvHeads, headDim, ffn } = LLAMA3_8B;
      const values = { sequence, hidden, heads, kvHeads, headDim, ffn, microBatch: b, tensorParallel: t };
      near(
        evaluate(equations.layerLlama, values),
        kept(LLAMA3_8B, { t, sp: true, b, fused: true }, 'megatron-core'),
      );
    }),
  );
});

test('micro-batches in flight are those of the schedules', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 64 }), fc.nat(63), fc.integer({ min: 2, max: 12 }), (p, at, v) => {
      const stageIndex = at % p;
      const values = { stages: p, stageIndex, chunks: v };
      near(evaluate(equations.inFlight, values), microBatchesInFlight('1f1b', stageIndex, p, 1, 1e6));
      near(
        evaluate(equations.inFlightInterleaved, values),
        microBatchesInFlight('interleaved', stageIndex, p, v, 1e6),
      );
    }),
  );
});

test('the logits are those of the last stage, with the copies of the framework', () => {
  fc.assert(
    fc.property(power(3), fc.integer({ min: 1, max: 4 }), (t, b) => {
      const model = { ...LLAMA3_8B, vocab: 1_024_000 };
      const scenario = training({
        model,
        framework: 'megatron-core',
        fusedAttention: true,
        microBatch: b,
        parallelism: { tensorParallel: t },
      });
      const { bytesPerLogit } = memoryRules(scenario);
      const { sequence, vocab } = model;
      const values = { bytesPerLogit, sequence, vocab, microBatch: b, tensorParallel: t };
      near(evaluate(equations.logits, values), memoryPerGpu(scenario).parts.logits);
    }),
  );
});

test('a row of the ledger has the value of its function, and 6 + 12/d is Megatron’s', () => {
  const rows = fc.constantFrom(...LEDGER_ROWS);
  const parameters = fc.double({ min: 1e3, max: 1e13, noNaN: true });
  const shares = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(rows, parameters, fc.integer({ min: 1, max: 1e5 }), shares, (row, n, replicas, share) => {
      const answer = ledgerBytes(row, { parameters: n, replicas, trainedShare: share });
      const { whole, shared, trained, total } = answer;
      const values = {
        wholeBytes: whole,
        sharedBytes: shared,
        trainedBytes: trained,
        trainedShare: share,
        shards: replicas,
        storedParameters: n,
      };
      near(evaluate(trained > 0 ? equations.ledgerTrained : equations.ledger, values), total);
      if (row.id === 'megatron-distributed') near(evaluate(equations.distributedOptimizer, values), total);
    }),
  );
});
