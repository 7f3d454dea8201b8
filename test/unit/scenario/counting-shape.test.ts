import { describe, expect, test } from 'vitest';
import { models } from '#catalog';
import { checkModel } from '#estimator';
import { effectiveValues, resolve, SHAPE_FIELDS, shapeWith, type Values } from '#scenario';
import { shapeValues } from '../../../src/scenario/counting-shape.ts';

const gpt3 = models.find(({ id }) => id === 'gpt3-175b')!.shape;
const deepseek = models.find(({ id }) => id === 'deepseek-v3')!.shape;
const withChange = (shape: typeof gpt3, change: Partial<Values>) =>
  shapeWith(shape, { ...shapeValues(shape), ...change });

test.each(models.map((m) => [m.id, m.shape] as const))('%s is itself while nobody changes it', (_, shape) => {
  expect(withChange(shape, {})).toEqual({ shape, changed: [] });
});

test('the fields follow from the model, and a change stays when it says so', () => {
  expect(effectiveValues('talk', {})).toMatchObject({
    kLayers: 96,
    kKeyHeads: 96,
    kExperts: 0,
    kMlp: 'plain',
  });
  const other = effectiveValues('talk', { model: 'deepseek-v3', kLayers: 10 });
  expect(other).toMatchObject({ kLayers: 10, kHidden: 7168, kExperts: 256, kAttention: 'latent' });
  expect(new Set(SHAPE_FIELDS).size).toBe(SHAPE_FIELDS.length);
});

test('without a model there is a shape to show, and no answer', () => {
  expect(
    Object.values(shapeValues(undefined)).every((v) => typeof v === 'string' || Number.isFinite(v)),
  ).toBe(true);
  expect(resolve('talk', { model: 'custom' }).ok).toBe(false);
});

describe('what contradicts moves to the nearest that does not, and is named', () => {
  test('key heads divide the heads', () => {
    const { shape, changed } = withChange(gpt3, { kKeyHeads: 20 });
    expect(shape.kvHeads).toBe(24);
    expect(changed).toMatchObject([{ name: 'key heads', to: 24 }]);
    expect(withChange(gpt3, { kKeyHeads: 200 }).shape.kvHeads).toBe(96);
    expect(withChange(gpt3, { kKeyHeads: 200, kAttention: 'latent' }).changed).toEqual([]);
  });
  test('a token visits no more experts than there are', () => {
    const { shape, changed } = withChange(deepseek, { kExperts: 4 });
    expect(shape.moe).toMatchObject({ experts: 4, topK: 4, denseLayers: 3 });
    expect(changed).toMatchObject([{ name: 'experts a token visits', to: 4 }]);
  });
  test('fewer layers than were dense or windowed take those with them', () => {
    expect(withChange(deepseek, { kLayers: 2 }).shape.moe?.denseLayers).toBe(2);
    const mistral = models.find(({ shape }) => shape.window)!.shape;
    expect(withChange(mistral, { kLayers: 1 }).shape.window?.layers).toBe(1);
  });
});

test('experts and latent attention can be put on and taken off', () => {
  const { shape } = withChange(gpt3, {
    kExperts: 8,
    kTopK: 2,
    kExpertFfn: 1000,
    kAttention: 'latent',
    kMlp: 'gated',
  });
  expect(shape).toMatchObject({
    gatedMlp: true,
    moe: { experts: 8, topK: 2, expertFfn: 1000, sharedExperts: 0, denseLayers: 0 },
    mla: { kvRank: 512, queryRank: 1536 },
  });
  const plain = withChange(deepseek, { kExperts: 0, kAttention: 'heads' }).shape;
  expect(plain.moe).toBeUndefined();
  expect(plain.mla).toBeUndefined();
  for (const one of [shape, plain]) expect(checkModel(one)).toEqual([]);
});
