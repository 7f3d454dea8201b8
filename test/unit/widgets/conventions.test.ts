import { describe, expect, test } from 'vitest';
import { gpus } from '#catalog';
import { effectiveValues, fields, type TOGGLE_FIELDS, type Patch } from '#scenario';
import { conventionsSpec } from '../../../src/widgets/conventions/spec.ts';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import { answerOf } from '../../helpers/views.ts';

const hidden = (patch: Patch) => conventionsSpec.hides?.(effectiveValues('talk', patch)) ?? [];
const offered = (key: (typeof TOGGLE_FIELDS)[keyof typeof TOGGLE_FIELDS], patch: Patch): string[] => {
  const field = fields[key];
  if (field.kind !== 'choice') throw new Error(`${key} is no choice.`);
  return field.options(effectiveValues('talk', patch)).flatMap((group) => group.options.map((o) => o.value));
};

describe('a run that leaves nothing to choose about a convention', () => {
  test.each(gpus.map((gpu) => gpu.id))('still has an answer: on %s', (gpu) => {
    const { view } = answerOf(conventionsSpec, { gpu });
    expect(view.anchor).toBeGreaterThan(0);
    expect(view.rows.length).toBeGreaterThan(0);
  });

  test('on a GPU without sparsity shows no choice of it, and ignores one that a link holds', () => {
    const gpu = 'v100-sxm2-16gb';
    expect(hidden({ gpu })).toContain('countPeak');
    expect(hidden({})).not.toContain('countPeak');
    const anchor = (patch: Patch) => answerOf(conventionsSpec, { gpu, ...patch }).view.anchor;
    expect(anchor({ countPeak: 'sparse' })).toBe(anchor({}));
  });

  test('with a size typed by hand has rules of thumb only, and 6ND on its own N', () => {
    const patch: Patch = { parameters: 350e9, throughput: 70 };
    expect(hidden(patch)).toContain('countParameters');
    expect(offered('countFlops', patch)).toEqual(['6nd', '8nd']);
    expect(offered('countFlops', {})).toEqual(['6nd', 'exact', 'exact-causal', '8nd']);
    const { view } = answerOf(conventionsSpec, patch);
    expect(view.anchor).toBeCloseTo((6 * 350e9 * 70) / 312e12, 9);
    expect(view.code).not.toContain('shape');
  });
});

describe('a choice that is offered to other runs', () => {
  test.each<[Patch, string, RegExp]>([
    [{ parameters: 350e9, countFlops: 'exact' }, 'countFlops', /take another, or a model with a shape\.$/],
    [
      { gpu: 'h100-sxm5-80gb', countFormat: 'fp4' },
      'countFormat',
      /^This run does not have that choice: take another\.$/,
    ],
  ])('is an issue at its field, once: %o', (patch, path, message) => {
    const outcome = viewOf(conventionsSpec, 'talk', patch);
    expect(outcome).toEqual({
      ok: false,
      issues: [{ code: 'unknown-choice', path, message: expect.stringMatching(message) as string }],
    });
    // Its field is on screen, so that it can be changed.
    expect(hidden(patch)).not.toContain(path);
  });
});
