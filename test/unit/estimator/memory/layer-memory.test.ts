import { describe, expect, test } from 'vitest';
import { layersOnlyMemory, type Model, type TrainingScenario } from '#estimator';
import { memoryRules } from '../../../../src/estimator/memory/family-rules.ts';
import { layerMemory } from '../../../../src/estimator/memory/layer-memory.ts';
import { memoryRates, shardGroupsOf } from '../../../../src/estimator/memory/memory-rates.ts';
import { training } from '../scenarios.ts';
import { DEEPSEEK_V3, gpt, LLAMA3_8B, MIXTRAL } from '../shapes.ts';

const layer = (scenario: TrainingScenario, experts = false) =>
  layerMemory(scenario.model, { ...scenario, ...scenario.parallelism }, memoryRules(scenario), experts);
const small = gpt(2, 1024, 16, { sequence: 512 });

describe('parameters of a layer', () => {
  test('with experts differ from those of a dense one by the MLP: a shared expert over ranks, a router on each', () => {
    const scenario = training({
      model: DEEPSEEK_V3,
      framework: 'megatron-core',
      parallelism: { tensorParallel: 4 },
    });
    const { hidden, ffn } = DEEPSEEK_V3;
    const router = hidden * 256 + 256;
    expect(layer(scenario, true).parameters - layer(scenario).parameters).toBeCloseTo(
      (3 * hidden * 2048) / 4 + router - (3 * hidden * ffn) / 4,
      3,
    );
    expect(layer(scenario).expertParameters).toBe(0);
    expect(layer(scenario, true).expertParameters).toBe(256 * 3 * hidden * 2048);
  });

  test('hold one key head a rank where there are fewer than ranks, not one a query head', () => {
    const { dense } = memoryRates(training({ model: LLAMA3_8B, parallelism: { tensorParallel: 16 } }));
    const { hidden, ffn } = LLAMA3_8B;
    expect(dense.parameters).toBe(
      (2 * hidden ** 2 + 2 * hidden * 16 * 128 + 3 * hidden * ffn) / 16 + 2 * hidden,
    );
  });
});

describe('two context-parallel ranks', () => {
  const cases: [string, Partial<TrainingScenario>][] = [
    ['computing all again', { recompute: 'full' }],
    ['in FSDP’s selective mode', { recompute: 'selective', framework: 'fsdp' }],
    ['with scores in memory', { fusedAttention: false }],
    ['with scores on the chip', { fusedAttention: true }],
  ];
  test.each(cases)('need half of everything for a layer, %s', (_, over) => {
    const of = (contextParallel: number) =>
      layer(training({ model: small, ...over, parallelism: { contextParallel } }));
    expect(of(2).kept).toBe(of(1).kept / 2);
    expect(of(2).keptInFull).toBe(of(1).keptInFull / 2);
    expect(of(2).backward).toBe(of(1).backward / 2);
  });

  test('need half of the logits and of what the ends keep', () => {
    const of = (contextParallel: number) =>
      memoryRates(training({ model: small, framework: 'deepspeed', parallelism: { contextParallel } }));
    for (const part of ['logits', 'embeddingKept', 'outputKept', 'sent'] as const)
      expect(of(2)[part]).toBe(of(1)[part] / 2);
  });
});

describe('gradients that live for a moment', () => {
  const gradients = (
    model: Model,
    over: Partial<TrainingScenario> = {},
    experts = false,
    tensorParallel = 4,
  ) =>
    layer(training({ model, framework: 'megatron-core', ...over, parallelism: { tensorParallel } }), experts)
      .backward;

  test('are split over tensor-parallel ranks but for the stream between layers', () => {
    const stream = 2 * 2 * 512 * 1024;
    expect(gradients(small, { fusedAttention: true })).toBe((2 * 2 * 512 * 4096) / 4 + stream);
    const long = gpt(2, 64, 16, { sequence: 4096 });
    expect(gradients(long)).toBe((2 * 2 * 4096 * 4096 * 16) / 4 + 2 * 2 * 4096 * 64);
  });

  test('are those of all visits in a layer with experts, of the one MLP in a dense layer beside it', () => {
    const model: Model = { ...MIXTRAL, sequence: 1024 };
    const stream = 2 * 2 * 1024 * 4096;
    const fused = { fusedAttention: true };
    expect(gradients(model, fused, true)).toBe((2 * 1024 * 2 * (3 * 14_336 + 4096)) / 4 + stream);
    expect(gradients(model, fused, false)).toBe((2 * 1024 * 3 * 14_336) / 4 + stream);
  });
});

test('FSDP’s selective mode keeps a dense layer’s own width in a model with experts', () => {
  const model: Model = { ...DEEPSEEK_V3, sequence: 1024 };
  const scenario = training({ model, framework: 'fsdp', fusedAttention: true, recompute: 'selective' });
  const widths = (inner: number) => 2 * 1024 * (3 * 128 * 128 + inner + 2 * 7168);
  expect(layer(scenario).kept).toBe(widths(18_432));
  expect(layer(scenario, true).kept).toBe(widths(8 * 2048));
});

describe('the ends of a model over four tensor-parallel ranks', () => {
  const split = { tensorParallel: 4 };
  const rows = 512;

  test('hold a quarter of each table, and whole norms and positions', () => {
    const model: Model = { ...small, tiedEmbeddings: false };
    const { embedding, output } = memoryRates(training({ model, parallelism: split }));
    expect(embedding).toBe((small.vocab * 1024) / 4 + 512 * 1024);
    expect(output).toBe((small.vocab * 1024) / 4 + 2 * 1024);
  });

  test('keep all rows, or a quarter each with sequence parallelism', () => {
    const of = (sequenceParallel: boolean) =>
      memoryRates(
        training({ model: small, framework: 'deepspeed', parallelism: { ...split, sequenceParallel } }),
      );
    // A mask of one byte, and eight bytes a token.
    expect(of(false).embeddingKept).toBe(rows * 1024 + 8 * rows);
    expect(of(true).embeddingKept).toBe((rows * 1024) / 4 + 8 * rows);
    expect(of(false).outputKept).toBe(2 * 2 * rows * 1024);
    expect(of(true).outputKept).toBe((2 * 2 * rows * 1024) / 4);
    expect(of(true).sent).toBe((2 * rows * 1024) / 4);
  });

  test('gather the last rows once more in FSDP', () => {
    const parallelism = { ...split, sequenceParallel: true };
    const { outputKept } = memoryRates(training({ model: small, framework: 'fsdp', parallelism }));
    expect(outputKept).toBe(2 * 1024 * (rows / 4 + rows));
  });
});

test('states are shared out over data and context ranks; experts over those that hold the same', () => {
  const groups = (over: object) =>
    shardGroupsOf(training({ model: MIXTRAL, dp: 16, parallelism: { zeroStage: 1, ...over } }));
  expect(groups({ contextParallel: 2 })).toEqual({ zeroStage: 1, shards: 32, expertShards: 32 });
  expect(groups({ contextParallel: 2, expertParallel: 8 }).expertShards).toBe(4);
  expect(groups({ tensorParallel: 4, expertParallel: 8, expertTensorParallel: 2 }).expertShards).toBe(4);
});

test('layers alone, with experts: 16 bytes for each weight of their matrices, and what both kinds of layer keep', () => {
  const model: Model = { ...MIXTRAL, layers: 3, moe: { ...MIXTRAL.moe!, denseLayers: 1 } };
  const scenario = training({ model, framework: 'megatron-core', fusedAttention: true });
  const { hidden, ffn } = model;
  const attention = 2 * hidden ** 2 + 2 * hidden * 1024;
  const moe = 8 * hidden + 8 * 3 * hidden * ffn;
  const { state, activations } = layersOnlyMemory(scenario);
  expect(state).toBe(16 * (3 * attention + 3 * hidden * ffn + 2 * moe));
  expect(activations).toBe(layer(scenario).keptInFull + 2 * layer(scenario, true).keptInFull);
});
