import { expect, test } from 'vitest';
import {
  bytesPerParameter,
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
