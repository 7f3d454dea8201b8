import { describe, expect, test } from 'vitest';
import { BLOCK_FORMAT_IDS, FLOAT_FORMAT_IDS } from '#estimator';
import type { Patch } from '#scenario';
import { lossScalingSpec } from '../../../src/widgets/loss-scaling/spec.ts';
import { numberLabSpec } from '../../../src/widgets/number-lab/spec.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

const lab = (patch: Patch = {}) => answerOf(numberLabSpec, patch).view;
const loss = (patch: Patch = {}) => answerOf(lossScalingSpec, patch).view;
const ALL = [...FLOAT_FORMAT_IDS, ...BLOCK_FORMAT_IDS];

describe('what is left of a number', () => {
  test.each<[string, Patch, string]>([
    ['too small', {}, 'In FP8 E4M3, 1 × 10⁻⁵ becomes 0: its smallest number is 0.00195. 7 of the 14 formats below lose it.'],
    ['exact', { labValue: 0.5, labPeak: 0.5 }, 'In FP8 E4M3, 0.5 becomes 0.5, which is exact. All 14 formats below keep it.'],
    ['rounded', { labFormat: 'bf16', labValue: 0.1 }, 'In BF16, 0.1 becomes 0.1001, off by 0.098%.'],
    ['subnormal', { labFormat: 'fp16' }, 'becomes 1.001 × 10⁻⁵, off by 0.14%, as a subnormal number.'],
    ['clamped', { labValue: 70_000 }, 'In FP8 E4M3, 70,000 becomes 448, the largest that it has.'],
    ['infinite', { labValue: 70_000, labFormat: 'fp16' }, 'In FP16, 70,000 becomes infinity: its largest number is 65,504.'],
    ['no number', { labValue: 70_000, labOverflow: 'special' }, 'becomes not a number: its largest number is 448, and it has no infinity.'],
    ['in a block', { labFormat: 'mxfp8' }, 'In MXFP8 E4M3, in a block of 32 with the scale 3.815 × 10⁻⁶, 1 × 10⁻⁵ becomes 9.537 × 10⁻⁶, off by 4.6%.'],
    ['a lost block', { labFormat: 'nvfp4', labTensor: 1e6 }, 'becomes 0: the scale of its block is already zero.'],
  ])('%s', (_, patch, sentence) => {
    expect(sentenceOf(lab(patch)).replaceAll('\u202f', ' ')).toContain(sentence);
  }); // prettier-ignore

  test('the bits are those of the format, with a block’s scale apart', () => {
    const text = (patch: Patch): string =>
      lab(patch)
        .bits.map(({ bits }) => bits)
        .join(' ');
    expect(text({ labFormat: 'fp16', labValue: 1.5 })).toBe('0 01111 1000000000');
    expect(lab({ labFormat: 'fp16', labValue: 1.5 }).hex).toBe('0x3E00');
    expect(lab({ labFormat: 'fp64', labValue: 0.1 }).hex).toBe('0x3FB999999999999A');
    expect(text({ labFormat: 'mxfp4', labValue: 3, labPeak: 4 })).toBe('0 10 1 01111111');
    // 448, the largest scale, as FP8.
    expect(text({ labFormat: 'nvfp4', labValue: 6, labPeak: 6, labTensor: 6 })).toBe('0 11 1 01111110');
    expect(text({ labValue: 1e9, labOverflow: 'special' })).toBe('0 1111 111');
  });

  test('the line has a few numbers around the value, in order, and the value on it where it can be', () => {
    for (const labFormat of ALL) {
      for (const labValue of [1e-40, 1e-5, 0.3, 7, 1000, 1e9]) {
        const { line } = lab({ labFormat, labValue, labPeak: labValue });
        if (!line) continue;
        expect(line.ticks.length, `${labFormat} ${labValue}`).toBeGreaterThan(1);
        expect(line.ticks.length).toBeLessThanOrEqual(66);
        expect([...line.ticks].sort((a, b) => a - b)).toEqual(line.ticks);
        expect(line.low).toBeLessThanOrEqual(labValue);
        expect(line.high).toBeGreaterThan(line.low);
      }
    }
  });

  test('fields that the format does not use are left out', () => {
    const hides = (patch: Patch) => numberLabSpec.hides?.(answerOf(numberLabSpec, patch).scenario.values);
    expect(hides({})).toEqual(['labTensor']);
    expect(hides({ labFormat: 'bf16' })).toEqual(['labOverflow', 'labTensor']);
    expect(hides({ labFormat: 'nvfp4' })).toEqual(['labOverflow']);
  });
});

describe('which gradients survive', () => {
  test.each<[Patch, string]>([
    [{}, 'Without loss scaling, FP16 rounds 84.1% of the gradients to zero; BF16, unscaled, none.'],
    [{ lossScale: 8 }, 'With the loss scaled by 8, FP16 rounds 42.1% of the gradients to zero'],
    [{ gradFormat: 'bf16' }, 'Without loss scaling, BF16 rounds none of the gradients to zero.'],
    [{ lossScale: 2 ** 40 }, 'FP16 lets 8.08% of the gradients overflow and rounds none to zero'],
    [{ lossScale: 4096 }, 'FP16 rounds 72 in a million of the gradients to zero'],
  ])('%j', (patch, sentence) => {
    expect(sentenceOf(loss(patch))).toContain(sentence);
  });

  test('the bars are all of the gradients, coloured by what becomes of them', () => {
    const { bins, fates } = loss({ lossScale: 1024 });
    expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    for (const fate of ['flushed', 'subnormal', 'normal'] as const) {
      const sum = bins.filter((bin) => bin.fate === fate).reduce((s, { share }) => s + share, 0);
      expect(sum).toBeCloseTo(fates[fate], 6);
    }
  });
});
