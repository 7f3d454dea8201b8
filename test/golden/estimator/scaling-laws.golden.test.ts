import { describe, expect, test } from 'vitest';
import {
  budgetFor,
  computeOptimal,
  expectedLoss,
  HOFFMANN_3_PRINTED,
  parametricOptimum,
  PETAFLOPS_DAY,
  scalingLaw,
  type ScalingLawId,
} from '#estimator';

const at = (id: ScalingLawId, flops: number) => {
  const outcome = computeOptimal(id, flops);
  if (!outcome.ok) throw new Error('A budget.');
  return outcome.value;
};
const budget = (id: ScalingLawId, parameters: number): number => {
  const outcome = budgetFor(id, parameters);
  if (!outcome.ok) throw new Error('A size.');
  return outcome.value;
};
const off = (value: number, printed: number): number => Math.abs(value / printed - 1);

/** Parameters, FLOP, tokens. */
const TABLE_3: [number, number, number][] = [
  [400e6, 1.92e19, 8.0e9],
  [1e9, 1.21e20, 20.2e9],
  [10e9, 1.23e22, 205.1e9],
  [67e9, 5.76e23, 1.5e12],
  [175e9, 3.85e24, 3.7e12],
  [280e9, 9.9e24, 5.9e12],
  [520e9, 3.43e25, 11.0e12],
  [1e12, 1.27e26, 21.2e12],
  [10e12, 1.3e28, 216.2e12],
];

describe('Hoffmann 2022 (arXiv 2203.15556)', () => {
  test.each(TABLE_3)(
    'table 3, approach 1: %d parameters at %d FLOP on %d tokens (tolerance: 2%; 5% where the tokens have two digits)',
    (parameters, flops, tokens) => {
      expect(off(at('hoffmann-1', flops).parameters, parameters)).toBeLessThan(0.02);
      expect(off(budget('hoffmann-1', parameters), flops)).toBeLessThan(0.03);
      expect(off(at('hoffmann-1', flops).tokens, tokens)).toBeLessThan(parameters === 67e9 ? 0.06 : 0.03);
    },
  );

  test.each<[number, number, number]>([
    [400e6, 1.84e19, 7.7e9],
    [1e9, 1.2e20, 20.0e9],
    [10e9, 1.32e22, 219.5e9],
    [67e9, 6.88e23, 1.7e12],
    [175e9, 4.54e24, 4.3e12],
    [280e9, 1.18e25, 7.1e12],
    [520e9, 4.19e25, 13.4e12],
    [1e12, 1.59e26, 26.5e12],
    [10e12, 1.75e28, 292.0e12],
  ])(
    'table A3, approach 2: %d parameters at %d FLOP on %d tokens (tolerance: 4%, two digits are printed)',
    (n, flops, tokens) => {
      expect(off(at('hoffmann-2', flops).parameters, n)).toBeLessThan(0.04);
      expect(off(at('hoffmann-2', flops).tokens, tokens)).toBeLessThan(0.04);
    },
  );

  test.each<[number, number]>([
    [400e6, 2.21e19],
    [1e9, 1.62e20],
    [10e9, 2.46e22],
    [67e9, 1.71e24],
    [280e9, 3.52e25],
    [520e9, 1.36e26],
    [1e12, 5.65e26],
    [10e12, 8.55e28],
  ])(
    'table A3, approach 3: %d parameters at %d FLOP by the unrounded exponents (tolerance: 8%)',
    (n, flops) => {
      expect(off(at('hoffmann-3', flops).parameters, n)).toBeLessThan(0.08);
      // What the chapter says: short at every size, most at the largest.
      const short = 1 - at('hoffmann-3', flops).parameters / n;
      expect(short).toBeGreaterThan(0);
      expect(short).toBeLessThanOrEqual(1 - at('hoffmann-3', 8.55e28).parameters / 10e12);
    },
  );

  test('table A3, approach 3: the rounded exponents miss the same rows by up to a third', () => {
    expect(parametricOptimum(HOFFMANN_3_PRINTED, 8.55e28) / 10e12).toBeCloseTo(0.67, 1);
    expect(parametricOptimum(HOFFMANN_3_PRINTED, 1.71e24) / 67e9).toBeCloseTo(0.79, 2);
  });

  test('section 3: for Gopher’s 5.76e23 FLOP, 67 billion by approach 1 and 40 by approach 3 (tolerance: 2%)', () => {
    expect(off(at('hoffmann-1', 5.76e23).parameters, 67e9)).toBeLessThan(0.02);
    expect(off(at('hoffmann-3', 5.76e23).parameters, 40e9)).toBeLessThan(0.02);
  });

  test('section D.4: at 1e21 FLOP, 4.68 billion by Kaplan and 2.86 by approach 1 (tolerance: the digits printed)', () => {
    expect(at('kaplan', 1e21).parameters / 1e9).toBeCloseTo(4.68, 2);
    expect(at('hoffmann-1', 1e21).parameters / 1e9).toBeCloseTo(2.86, 2);
  });

  test('table 2: the exponents of the size are 0.50, 0.49 and 0.46 (tolerance: rounding)', () => {
    expect(scalingLaw('hoffmann-1').optimum.exponent).toBeCloseTo(0.5, 2);
    expect(scalingLaw('hoffmann-2').optimum.exponent).toBeCloseTo(0.49, 2);
    expect(scalingLaw('hoffmann-3').optimum.exponent).toBeCloseTo(0.46, 2);
  });

  test('equation 10: Chinchilla’s 70 billion parameters and 1.4 trillion tokens have a loss of 1.94 by the printed law', () => {
    const { irreducible, parameterScale, dataScale } = HOFFMANN_3_PRINTED;
    const byHand = irreducible + parameterScale / 70e9 ** 0.34 + dataScale / 1.4e12 ** 0.28;
    expect(byHand).toBeCloseTo(1.937, 3);
    // The unrounded exponents are larger than the printed ones for the data, and so the loss is lower.
    expect(expectedLoss('hoffmann-3', 70e9, 1.4e12)).toBeCloseTo(1.921, 3);
    expect(expectedLoss('besiroglu', 70e9, 1.4e12)).toBeCloseTo(1.974, 3);
  });
});

test('Kaplan 2020, table 6: 1.3e9 parameters for C_min of a PF-day, and about twice 2e10 tokens at the critical batch', () => {
  const { parameters, tokens } = at('kaplan', 2 * PETAFLOPS_DAY);
  expect(parameters).toBeCloseTo(1.3e9, 0);
  // Equation 6.7 gives D = 2 C_min / 6N; table 6 prints 2e10.
  expect(tokens).toBeCloseTo((2 * PETAFLOPS_DAY) / 7.8e9, 0);
  expect(off(tokens, 2e10)).toBeLessThan(0.12);
});

test('Kaplan 2020, table 2: the loss of 1.5 billion parameters on 23 billion tokens by equation 1.5', () => {
  const byHand = ((6.4e13 / 1.5e9) ** (0.076 / 0.103) + 1.8e13 / 23e9) ** 0.103;
  expect(expectedLoss('kaplan', 1.5e9, 23e9)).toBeCloseTo(byHand, 12);
});

test('Besiroglu 2024: a = 0.5126, and about 20 tokens a parameter for Chinchilla’s budget (tolerance: 1 token)', () => {
  expect(scalingLaw('besiroglu').optimum.exponent).toBeCloseTo(0.5126, 4);
  const { parameters, tokens } = at('besiroglu', 5.76e23);
  expect(Math.abs(tokens / parameters - 18.4)).toBeLessThan(1);
});
