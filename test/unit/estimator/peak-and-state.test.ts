import { expect, test } from 'vitest';
import {
  bytesPerParameter,
  fastestFormat,
  formatsOf,
  modelStateBytes,
  peakRate,
  STATE_RECIPES,
  stateRecipe,
} from '#estimator';
import { A800, H100 } from './shapes.ts';

test('a format that the GPU has gives its dense peak, or the sparse one when asked', () => {
  expect(peakRate(A800, 'fp16')).toEqual({ ok: true, value: 312e12 });
  expect(peakRate(A800, 'fp16', true)).toEqual({ ok: true, value: 624e12 });
});

test('a format that the GPU lacks is an issue that lists those it has', () => {
  const outcome = peakRate(A800, 'fp8');
  expect(outcome).toMatchObject({ ok: false, issues: [{ code: 'format-lacking', path: 'precision' }] });
  expect(outcome.ok || outcome.issues[0]?.message).toContain('fp64, tf32, fp16, bf16');
  expect(peakRate(A800, 'constructor' as 'fp8').ok).toBe(false);
});

test('the formats of a GPU are those it has a peak for', () => {
  expect(formatsOf(H100)).toEqual(['fp16', 'bf16', 'fp8']);
});

test('a recipe’s name is its bytes, and its parts sum to them', () => {
  for (const recipe of STATE_RECIPES) {
    expect(bytesPerParameter(recipe)).toBe(Number(recipe.id.split('-')[1]));
    const state = modelStateBytes(1000, recipe.id);
    expect(state.weights + state.gradients + state.optimizer).toBe(state.total);
    expect(stateRecipe(recipe.id)).toBe(recipe);
  }
});

test('the fastest format is the one with the highest dense rate, of equals the first, and never INT8', () => {
  const among = (peak: (typeof A800)['peak']) => fastestFormat({ ...A800, peak });
  expect(fastestFormat(A800)).toBe('fp16');
  expect(fastestFormat(H100)).toBe('fp8');
  expect(among({ bf16: 3, fp16: 3, fp32: 1 })).toBe('bf16');
  expect(among({ fp32: 1, bf16: 2, fp8: 4, int8: 9 })).toBe('fp8');
  expect(among({ int8: 9, fp16: 1 })).toBe('fp16');
});

test('a recipe shares its bytes out as its source has them: weights, gradients, master weights and moments', () => {
  const of = (id: Parameters<typeof modelStateBytes>[1]) => {
    const { weights, gradients, optimizer, total } = modelStateBytes(1000, id);
    return [weights, gradients, optimizer, total].map((bytes) => bytes / 1000);
  };
  expect(of('mixed-16')).toEqual([2, 2, 12, 16]);
  expect(of('mixed-18')).toEqual([2, 4, 12, 18]);
  expect(of('fp32-16')).toEqual([4, 4, 8, 16]);
});

test('stages share out 16 bytes as the ZeRO paper has it: 120, 31.4, 16.6 and 1.9 GB for 7.5B on 64 (figure 1)', () => {
  const recipe = stateRecipe('mixed-16');
  const gigabytes = ([0, 1, 2, 3] as const).map(
    (stage) => (7.5e9 * bytesPerParameter(recipe, stage, 64)) / 1e9,
  );
  expect(gigabytes.map((value) => value.toFixed(1))).toEqual(['120.0', '31.4', '16.6', '1.9']);
  expect(bytesPerParameter(recipe)).toBe(16);
  expect(bytesPerParameter(recipe, 3)).toBe(16);
});
