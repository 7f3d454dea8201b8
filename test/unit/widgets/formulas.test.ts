import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { equations } from '#estimator';
import { setFormula } from '../../../src/widgets/frame/formulas.ts';
import { numberParts } from '../../../src/widgets/frame/number-parts.ts';

const slotsOf = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...parseHTML(`<body>${html}</body>`).document.querySelectorAll('[data-sym]')].map((slot) => [
      slot.getAttribute('data-sym') ?? '',
      slot.querySelector('.mord .mord')?.innerHTML.replaceAll('&#160;', '&nbsp;') ?? '',
    ]),
  );

describe('a number in a formula', () => {
  test('has its exponent raised, and only then', () => {
    expect(numberParts('5.96\u202f×\u202f10⁻⁸ s')).toEqual([
      { text: '5.96\u00a0×\u00a010' },
      { text: '−8', raised: true },
      { text: ' s' },
    ]);
    expect(numberParts('312 TFLOP/s')).toEqual([{ text: '312 TFLOP/s' }]);
  });

  test('is set at build where it will be replaced, with its exponent in ordinary figures', () => {
    const { numbers, meaning } = setFormula(equations.sixNd, {
      parameters: '175B',
      tokens: '300B',
      flops: '3.15\u202f×\u202f10²³ FLOP',
    });
    expect(meaning).toBe(equations.sixNd.meaning);
    expect(slotsOf(numbers)).toEqual({
      parameters: '175B',
      tokens: '300B',
      flops: '3.15&nbsp;×&nbsp;10<sup>23</sup> FLOP',
    });
    expect(numbers).not.toMatch(/e\d|[⁰-⁹²³]/);
  });

  test('that is not known yet leaves its slot to the browser, and what is no HTML stays none', () => {
    expect(slotsOf(setFormula(equations.sixNd).numbers)['flops']).toBe('0');
    expect(slotsOf(setFormula(equations.sixNd, { flops: '1 < 2 & 3' }).numbers)['flops']).toBe(
      '1 &lt; 2 &amp; 3',
    );
  });
});
