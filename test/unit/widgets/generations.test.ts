import { describe, expect, test } from 'vitest';
import { gpus } from '#catalog';
import { fastestFormat } from '#estimator';
import { generationExplorerSpec } from '../../../src/widgets/generation-explorer/spec.ts';
import { rooflineSpec } from '../../../src/widgets/roofline/spec.ts';
import { formatOn } from '../../../src/widgets/roofline/view.ts';
import { thousandXSpec } from '../../../src/widgets/thousand-x/spec.ts';
import { PUBLISHED_FACTORS } from '../../../src/widgets/thousand-x/published.ts';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

describe('the explorer', () => {
  const ratios = (cardA: string, cardB: string): Record<string, string> =>
    Object.fromEntries(
      answerOf(generationExplorerSpec, { cardA, cardB }).view.ratios.map(({ label, text }) => [label, text]),
    );

  test('says what H100 has of P100, and by how much a year', () => {
    expect(sentenceOf(answerOf(generationExplorerSpec).view)).toMatch(
      /^H100 SXM5 80 GB has 93\.3× the dense peak, fastest format of P100 .*FP8 against FP16.*2\.1× a year for 6 years; 4\.65× the bandwidth and 2\.33× the power\.$/,
    );
  });

  test('shows what the export cards lost', () => {
    expect(ratios('a100-sxm4-80gb', 'a800-sxm4-80gb')).toMatchObject({
      'NVLink, one direction': '0.667×',
      'dense peak, 16 bits': '1×',
      'dense peak, FP8': 'neither has it',
    });
    const h20 = answerOf(generationExplorerSpec, { cardA: 'h100-sxm5-80gb', cardB: 'h20-sxm5-96gb' }).view;
    expect(h20.cautions?.[0]).toMatch(/H20 has less of than H100: .*16 bits \(0\.15×\)/);
    expect(h20.cautions?.[0]).not.toMatch(/memory bandwidth|NVLink/);
  });

  test('says what differs when the charted figure does not', () => {
    const a800 = answerOf(generationExplorerSpec, { cardA: 'a100-sxm4-80gb', cardB: 'a800-sxm4-80gb' }).view;
    expect(sentenceOf(a800)).toBe(
      'A800 SXM4 80 GB has the same dense peak, fastest format as A100 SXM4 80 GB; what differs most is NVLink, one direction, 0.667×.',
    );
    const self = answerOf(generationExplorerSpec, { cardA: 'h100-sxm5-80gb' }).view;
    expect(sentenceOf(self)).toMatch(/nothing that is compared here differs\.$/);
  });

  test('has a word for what is new and what is gone', () => {
    expect(ratios('a100-sxm4-80gb', 'h100-sxm5-80gb')['dense peak, FP8']).toBe('new');
    const back = answerOf(generationExplorerSpec, { cardA: 'h100-sxm5-80gb', cardB: 'a100-sxm4-80gb' }).view;
    expect(back.cautions).toEqual(['A100 has no dense peak, FP8.']);
    const none = answerOf(generationExplorerSpec, { charted: 'fp8' }).view;
    expect(sentenceOf(none)).toMatch(/^One of the two has no dense peak, FP8/);
  });

  test('marks a card whose figures are preliminary, in the chart and beside the answer', () => {
    const { view } = answerOf(generationExplorerSpec, {
      cardA: 'gb300-nvl72-279gb',
      cardB: 'rubin-nvl72-288gb',
    });
    expect(view.dots.filter(({ preliminary }) => preliminary).map(({ name }) => name)).toEqual(['Rubin']);
    expect(view.cautions?.at(-1)).toMatch(/^The figures of Rubin are preliminary/);
    expect(sentenceOf(view)).toMatch(/2\.33× the dense peak, fastest format of GB300/);
    expect(answerOf(generationExplorerSpec).view.cautions?.join(' ')).not.toMatch(/preliminary/);
  });

  test('divides by watts what can be divided', () => {
    const { view } = answerOf(generationExplorerSpec, { chartedPer: 'watt' });
    const figures = Object.fromEntries(view.ratios.map(({ label, ratio }) => [label, ratio]));
    expect(figures['power limit']).toBeCloseTo(700 / 300, 9);
    expect(figures['memory bandwidth']).toBeCloseTo(3.35 / 0.72 / (700 / 300), 9);
    expect(view.dots.find(({ of }) => of === 'second')?.value).toBeCloseTo(1978.9e12 / 700, -6);
  });

  test('names the best card of each generation and both that are compared', () => {
    const { dots } = answerOf(generationExplorerSpec).view;
    expect(dots.filter(({ of }) => of === 'first').map(({ name }) => name)).toEqual(['P100']);
    expect(dots.filter(({ named }) => named).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['K20X', 'P100', 'H100', 'GB200', 'GB300']),
    );
    // An export version is no better than the card it is made from.
    expect(dots.filter(({ named }) => named).map(({ name }) => name)).not.toContain('H800');
    expect(dots).toHaveLength(gpus.length);
  });
});

describe('the factor of 1,000', () => {
  test('holds from K20X to H100 with sparsity, and not for watts, FP32 or bandwidth', () => {
    const { rows, growth } = answerOf(thousandXSpec).view;
    expect(rows.map(({ total }) => Math.round(total))).toEqual([1000, 1002, 336, 17, 13]);
    expect(growth.perYear).toBeCloseTo(2, 1);
    for (const { parts, total } of rows)
      expect(parts.reduce((product, { factor }) => product * factor, 1)).toBeCloseTo(total, 6);
  });

  test('is NVIDIA’s 16 x 12.5 x 2.5 x 2 (dally2023)', () => {
    expect(PUBLISHED_FACTORS.map(({ factor }) => factor)).toEqual([16, 12.5, 2.5, 2]);
  });

  test('takes the fastest format of a card when told so', () => {
    const { view } = answerOf(thousandXSpec, {
      growFrom: 'p100-sxm2-16gb',
      growFromFormat: 'fastest',
      growTo: 'gb300-nvl72-279gb',
      growToFormat: 'fastest',
      growSparse: 'ignored',
    });
    expect(sentenceOf(view)).toMatch(
      /^From P100 in FP16 to GB300 in FP4 the data sheets give 707\.5× in 9 years, 2\.07× a year; for each watt/,
    );
  });

  test('says at the field which card lacks the format', () => {
    const found = viewOf(thousandXSpec, 'talk', { growTo: 'a100-sxm4-80gb' });
    expect(found).toMatchObject({ ok: false, issues: [{ path: 'growToFormat' }] });
  });
});

describe('the roofline', () => {
  test('puts a large product right of the ridge of A800 and a decode step left of it', () => {
    expect(sentenceOf(answerOf(rooflineSpec).view)).toMatch(
      /^On A800, a product of 2,048 × 12,288 and 12,288 × 12,288 in FP16 does 1,540 FLOP\/byte: arithmetic bounds it, right of the ridge at 153 FLOP\/byte\. .* 76\.3% of it\.$/,
    );
    const { view } = answerOf(rooflineSpec, { kernelM: 1 });
    expect(sentenceOf(view)).toMatch(/: memory bounds it, left of the ridge/);
    expect(view.equations.map(({ id }) => id)).toEqual(['ridge', 'intensity', 'memory-roof']);
  });

  test('tells tiles and waves of a product, and nothing of them elsewhere', () => {
    expect(answerOf(rooflineSpec).view.cautions?.[0]).toMatch(
      /^Cut into 768 tiles of 128 × 256: 7\.11 waves/,
    );
    expect(answerOf(rooflineSpec, { kernelM: 1, kernelN: 64, kernelK: 64 }).view.cautions?.[0]).toMatch(
      /Starting the kernel takes longer/,
    );
    for (const kernel of ['attention', 'separate-attention', 'residual'] as const)
      expect(answerOf(rooflineSpec, { kernel }).view.cautions).toEqual([]);
  });

  test('asks for what the kernel has', () => {
    const hidden = (kernel: 'gemm' | 'attention', overlay: 'card' | 'none'): readonly string[] =>
      rooflineSpec.hides?.({ ...answerOf(rooflineSpec).scenario.values, kernel, overlay }) ?? [];
    expect(hidden('gemm', 'card')).toEqual([]);
    expect(hidden('attention', 'none')).toEqual(['kernelK', 'cardB']);
  });

  test('draws other cards in the same format or the next wider one', () => {
    const p100 = gpus.find(({ id }) => id === 'p100-sxm2-16gb')!;
    expect(formatOn(p100, 'fp8')).toBe('fp16');
    expect(formatOn(p100, 'tf32')).toBe('fp32');
    const { view } = answerOf(rooflineSpec, { gpu: 'h100-sxm5-80gb', precision: 'fp8' });
    expect(view.others.map(({ gpu, format }) => `${gpu} ${format}`)).toEqual([
      'P100 FP16',
      'V100 FP16',
      'T4 FP16',
      'A100 BF16',
      'B200 FP8',
    ]);
    expect(answerOf(rooflineSpec, { overlay: 'none' }).view.others).toEqual([]);
    expect(answerOf(rooflineSpec, { overlay: 'card' }).view.others.map(({ gpu }) => gpu)).toEqual(['H100']);
  });

  test('the fastest format is no INT8', () => {
    expect(fastestFormat(gpus.find(({ id }) => id === 't4-pcie-16gb')!)).toBe('fp16');
  });
});
