import { expect, test } from 'vitest';
import { countParameters, modelFlops, modelTensors, type Metric } from '#estimator';
import { modelById } from '#catalog';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import { icicle, measureOf, neighbour, type Measure } from '../../../src/widgets/model-dissector/icicle.ts';
import { modelDissectorSpec } from '../../../src/widgets/model-dissector/spec.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

const MEASURES: readonly Measure[] = ['parameters', 'forward', 'training', 'activations', 'cache'];

test('says what GPT-3 and the model beside it hold, and where most of it is', () => {
  expect(sentenceOf(answerOf(modelDissectorSpec).view)).toBe(
    'GPT-3 175B holds 174.6B parameters, 66.4% in the MLPs; Llama 3 70B, 70.55B, 79.9% in the MLPs.',
  );
  expect(sentenceOf(answerOf(modelDissectorSpec, { kMetric: 'cache', kCompare: 'none' }).view)).toBe(
    'Serving GPT-3 175B keeps, for each token, 4.719 MB, all in attention between tokens.',
  );
  expect(
    sentenceOf(answerOf(modelDissectorSpec, { kMetric: 'training', kCompare: 'deepseek-v3' }).view),
  ).toBe(
    'Training GPT-3 175B takes 1.076 TFLOP/token, 64.6% in the MLPs; DeepSeek-V3, 281.2 GFLOP/token, 49.3% in the experts.',
  );
});

test.each(MEASURES)('%s: columns are full, nodes lie inside what they are part of', (measure) => {
  for (const id of ['gpt3-175b', 'deepseek-v3', 'mixtral-8x7b', 'gpt-oss-120b']) {
    const nodes = icicle(modelTensors(modelById(id).shape), measure);
    for (const level of [0, 1, 2]) {
      const column = nodes.filter((node) => node.level === level);
      expect(column.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      for (const [i, node] of column.entries()) {
        const before = column[i - 1];
        expect(node.top).toBeCloseTo(before ? before.top + before.share : 0, 9);
        const parent = nodes.find((one) => one.level === level - 1 && node.id.startsWith(`${one.id}/`));
        if (level === 0) continue;
        expect(node.top).toBeGreaterThanOrEqual(parent!.top - 1e-9);
        expect(node.top + node.share).toBeLessThanOrEqual(parent!.top + parent!.share + 1e-9);
        expect(node.value).toBeGreaterThan(0);
      }
    }
    expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  }
});

test('arrow keys go to what is next, around and inside', () => {
  const nodes = icicle(modelTensors(modelById('gpt3-175b').shape), 'parameters');
  expect(neighbour(nodes, 'dense/mlp', 'ArrowRight')).toBe('dense/mlp/up');
  expect(neighbour(nodes, 'dense/mlp/up', 'ArrowLeft')).toBe('dense/mlp');
  expect(neighbour(nodes, 'dense/mlp/up', 'ArrowDown')).toBe('dense/mlp/down');
  expect(neighbour(nodes, 'dense/mlp/down', 'ArrowUp')).toBe('dense/mlp/up');
  expect(neighbour(nodes, 'input', 'ArrowUp')).toBe('input');
  expect(neighbour(nodes, 'dense', 'Home')).toBe('dense');
  expect(neighbour(nodes, 'not/there', 'ArrowDown')).toBe('dense');
  expect(neighbour([], 'dense', 'ArrowDown')).toBe('dense');
});

test('totals are those of the counts for whatever the reader asks', () => {
  for (const patch of [{}, ...answered(modelDissectorSpec, 60)]) {
    const { view, scenario } = answerOf(modelDissectorSpec, patch);
    const [mine] = view.models;
    const { tensors, shape } = mine!;
    expect(tensors.parameters).toBe(countParameters(shape).total);
    const count = modelFlops(shape, {
      sequence: scenario.data.sequence,
      causal: scenario.question.attention === 'causal',
    });
    expect(measureOf(tensors, 'training') / count.total).toBeCloseTo(1, 9);
    expect(mine!.total).toBe(measureOf(tensors, scenario.values.kMetric));
    expect(view.models).toHaveLength(scenario.values.kCompare === 'none' ? 1 : 2);
  }
});

test('numbers that do not fit each other are moved and said, and a changed model is called so', () => {
  const { view } = answerOf(modelDissectorSpec, { kKeyHeads: 20 });
  expect(view.note).toContain('(key heads must divide the heads): counted with 24 key heads.');
  expect(view.models[0]?.name).toBe('GPT-3 175B, changed');
  expect(answerOf(modelDissectorSpec).view.note).not.toContain('fit');
});

test('recomputation, kernels and the width of the cache change what they should and nothing else', () => {
  const of = (patch: Parameters<typeof answerOf>[1], metric: Metric): number =>
    answerOf(modelDissectorSpec, patch).view.models[0]!.tensors[metric];
  expect(of({ recompute: 'full' }, 'activations')).toBeLessThan(of({ recompute: 'none' }, 'activations'));
  expect(of({ kKernels: 'megatron-2022', recompute: 'none' }, 'activations')).toBeGreaterThan(
    of({ recompute: 'none' }, 'activations'),
  );
  expect(of({ kCacheBits: '8' }, 'cache')).toBe(of({}, 'cache') / 2);
  for (const metric of ['parameters', 'forward'] as const)
    expect(of({ kKernels: 'megatron-2022', kCacheBits: '8', recompute: 'full' }, metric)).toBe(
      of({}, metric),
    );
});

test('each kind of model shows formulas that it has', () => {
  const ids = (model: string): string[] =>
    answerOf(modelDissectorSpec, { model }).view.equations.map(({ id }) => id);
  expect(ids('gpt3-175b')).toEqual(['layer-parameters', 'exact-flops-per-token', 'kv-cache']);
  expect(ids('mixtral-8x7b')).toEqual(['expert-layer-parameters', 'moe-flops-per-token', 'kv-cache']);
  expect(ids('deepseek-v3')).toEqual(['latent-attention-parameters', 'latent-cache']);
});

test('experts’ fields are shown where there are experts', () => {
  const hidden = (patch: Parameters<typeof answerOf>[1]) =>
    modelDissectorSpec.hides?.(answerOf(modelDissectorSpec, patch).scenario.values);
  expect(hidden({})).toEqual(['kTopK', 'kExpertFfn']);
  expect(hidden({ model: 'mixtral-8x7b' })).toEqual([]);
});

test('without a shape there is nothing to take apart', () => {
  expect(viewOf(modelDissectorSpec, 'talk', { model: 'custom' }).ok).toBe(false);
});
