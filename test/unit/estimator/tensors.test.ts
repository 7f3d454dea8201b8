import { describe, expect, test } from 'vitest';
import { modelTensors, type DissectOptions, type Model } from '#estimator';
import { DEEPSEEK_V3, GPT3, LLAMA3_8B } from './shapes.ts';

/** Lines `part id, part name: tensor id, its name, its sides; …` of a group, without what training keeps. */
function linesOf(model: Model, id: string, options: DissectOptions = {}): string[] {
  const group = modelTensors(model, options).groups.find((one) => one.id === id)!;
  return group.parts.map((part) => {
    const tensors = part.tensors
      .filter((tensor) => !tensor.id.startsWith('kept-'))
      .map((tensor) => [tensor.id, tensor.name, tensor.sides?.join(' x ')].filter(Boolean).join(', '));
    return `${part.id}, ${part.name}: ${tensors.join('; ')}`;
  });
}
const keptOf = (model: Model, id: string, options: DissectOptions = {}): string[] =>
  modelTensors(model, options)
    .groups.find((one) => one.id === id)!
    .parts.flatMap(({ id: part, tensors }) =>
      tensors.filter((tensor) => tensor.id.startsWith('kept-')).map(({ name }) => `${part} | ${name}`),
    );

const QWEN_LIKE: Model = {
  ...DEEPSEEK_V3,
  bias: { qkv: true, attentionOutput: true, mlp: true },
  attentionSinks: true,
  moe: { ...DEEPSEEK_V3.moe!, sharedGate: true },
};
const { mla: _, ...WITHOUT_LATENT } = QWEN_LIKE;

describe('a model taken apart names', () => {
  test('the matrices of GPT-3 with their sides, biases, positions and a shared table', () => {
    expect(linesOf(GPT3, 'input')).toEqual(['embedding, Embedding: embedding, tokens; positions, positions']);
    expect(linesOf(GPT3, 'dense')).toEqual([
      'attention, Attention: wq, queries, 12288 x 12288; wk, keys, 12288 x 12288; wv, values, 12288 x 12288; wo, output, 12288 x 12288; attention-bias, biases',
      'scores, Attention scores: scores, scores; cache-k, cached keys; cache-v, cached values',
      'mlp, MLP: up, up, 12288 x 49152; down, down, 49152 x 12288; mlp-bias, biases',
      'norms, Norms: norms, norms',
    ]);
    expect(linesOf(GPT3, 'output')).toEqual([
      'output, Output: logits, logits, by the shared table; last-norm, last norm',
    ]);
  });

  test('fewer keys than queries and a gate in Llama 3 8B, whose output has a table of its own', () => {
    expect(linesOf(LLAMA3_8B, 'dense')).toEqual([
      'attention, Attention: wq, queries, 4096 x 4096; wk, keys, 4096 x 1024; wv, values, 4096 x 1024; wo, output, 4096 x 4096',
      'scores, Attention scores: scores, scores; cache-k, cached keys; cache-v, cached values',
      'mlp, MLP: gate, gate, 4096 x 14336; up, up, 4096 x 14336; down, down, 14336 x 4096',
      'norms, Norms: norms, norms',
    ]);
    expect(linesOf(LLAMA3_8B, 'output')).toEqual(['output, Output: logits, logits; last-norm, last norm']);
  });

  test('latent projections, router, routed and shared experts of DeepSeek-V3', () => {
    const attention =
      'attention, Attention: wq-down, queries, down, 7168 x 1536; wq-up, queries, up, 1536 x 24576; wkv-down, keys and values, down, 7168 x 576; wk-up, keys, up, 512 x 16384; wv-up, values, up, 512 x 16384; wo, output, 16384 x 7168';
    const rest = [
      'scores, Attention scores: scores, scores; cache-latent, compressed; cache-rope, positional key',
      'norms, Norms: norms, norms; attention-norms, norms inside attention',
    ];
    expect(linesOf(DEEPSEEK_V3, 'dense')).toEqual([
      attention,
      rest[0],
      'mlp, MLP: gate, gate, 7168 x 18432; up, up, 7168 x 18432; down, down, 18432 x 7168',
      rest[1],
    ]);
    expect(linesOf(DEEPSEEK_V3, 'moe')).toEqual([
      attention,
      rest[0],
      'experts, Experts: router, router, 7168 x 256; router-bias, router biases; expert-gate, experts, gate, 7168 x 2048; expert-up, experts, up, 7168 x 2048; expert-down, experts, down, 2048 x 7168; shared-gate, shared, gate, 7168 x 2048; shared-up, shared, up, 7168 x 2048; shared-down, shared, down, 2048 x 7168',
      rest[1],
    ]);
  });

  test('queries that are not compressed, biases, sinks and the gate of shared experts where there are any', () => {
    const direct = { ...QWEN_LIKE, mla: { ...QWEN_LIKE.mla!, queryRank: null } };
    expect(linesOf(direct, 'moe')[0]).toMatch(
      /^attention, Attention: wq, queries, 7168 x 24576; wkv-down, .*; attention-bias, biases$/,
    );
    expect(linesOf(WITHOUT_LATENT, 'moe')[0]).toMatch(/; attention-bias, biases; sinks, sinks$/);
    expect(linesOf(QWEN_LIKE, 'moe')[2]).toMatch(
      /; expert-mlp-bias, experts, biases; .*; shared-mlp-bias, shared, biases; shared-router, gate of the shared$/,
    );
  });

  test('a norm behind the embedding and biases of the output where there are any', () => {
    const bloom = { ...GPT3, embeddingNorm: true, outputBias: true, positions: 'none' as const };
    expect(linesOf(bloom, 'input')).toEqual([
      'embedding, Embedding: embedding, tokens; embedding-norm, norm',
    ]);
    expect(linesOf(bloom, 'output')).toEqual([
      'output, Output: logits, logits, by the shared table; output-bias, biases; last-norm, last norm',
    ]);
  });

  test('groups by their layers, and the half of the scores', () => {
    const names = (model: Model) => modelTensors(model).groups.map(({ id, name }) => `${id}: ${name}`);
    expect(names(GPT3)).toEqual(['input: Input', 'dense: 96 layers', 'output: Output']);
    expect(names({ ...GPT3, layers: 1 })[1]).toBe('dense: 1 layer');
    expect(names(DEEPSEEK_V3).slice(1, 3)).toEqual(['dense: 3 layers', 'moe: 58 expert layers']);
    expect(linesOf(GPT3, 'dense', { causal: true })[1]).toMatch(/: scores, scores, causal half; /);
  });

  test('kinds of parts', () => {
    const kinds = modelTensors(DEEPSEEK_V3).groups.flatMap(({ parts }) => parts.map(({ kind }) => kind));
    const layer = ['attention', 'scores'];
    expect(kinds).toEqual(['table', ...layer, 'mlp', 'norms', ...layer, 'experts', 'norms', 'table']);
  });
});

test('what training keeps stands under the part whose kernel keeps it', () => {
  expect(keptOf(GPT3, 'dense')).toEqual([
    'attention | qkv: input',
    'attention | attention output: input',
    'scores | attention: queries, keys and values',
    'scores | attention: log-sum-exp',
    'mlp | mlp up: input',
    'mlp | mlp up: output',
    'mlp | mlp down: input',
    'norms | attention norm: input',
    'norms | mlp norm: input',
  ]);
  expect(keptOf(GPT3, 'dense', { recompute: 'full' })).toEqual(['norms | attention norm: input']);
  expect(keptOf(GPT3, 'input')).toEqual(['embedding | token ids, dropout mask']);
  expect(keptOf(GPT3, 'output')).toEqual([
    'output | inputs of norm and output',
    'output | logits and their copies',
  ]);
});

test.each([
  ['GPT-3', GPT3],
  ['Llama 3 8B', LLAMA3_8B],
  ['DeepSeek-V3', DEEPSEEK_V3],
  ['one with everything', QWEN_LIKE],
  ['the same without latent attention', WITHOUT_LATENT],
])('no two tensors of a part of %s share an id, and none is empty', (_, model) => {
  for (const { parts } of modelTensors(model).groups)
    for (const { tensors } of parts) {
      expect(new Set(tensors.map(({ id }) => id)).size).toBe(tensors.length);
      for (const { parameters, forward, activations, cache } of tensors)
        expect(parameters + forward + activations + cache).toBeGreaterThan(0);
    }
});
