import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  budgetFor,
  computeOptimal,
  equations,
  evaluate,
  expectedLoss,
  HOFFMANN_3_PRINTED,
  optimalSizes,
  parametricOptimum,
  scalingLaw,
  SCALING_LAWS,
  testedBudgets,
  valueOrThrow,
  type ComputeOptimum,
  type ScalingLaw,
} from '#estimator';
import { near } from './arbitraries.ts';

const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const budget = log(1e17, 1e30);

const optimum = (law: ScalingLaw, flops: number): ComputeOptimum =>
  valueOrThrow(computeOptimal(law.id, flops));
const flopsFor = (law: ScalingLaw, parameters: number): number => {
  const outcome = budgetFor(law.id, parameters);
  if (!outcome.ok) throw new Error('A size has a budget.');
  return outcome.value;
};

describe.each(SCALING_LAWS.map((law, i) => [law.id, law, optimalSizes[i]!] as const))(
  '%s',
  (id, law, shown) => {
    test('spends the whole budget, and grows model and data with it', () => {
      fc.assert(
        fc.property(budget, (flops) => {
          const { parameters, tokens } = optimum(law, flops);
          const more = optimum(law, 2 * flops);
          return near(6 * parameters * tokens, flops) && more.parameters > parameters && more.tokens > tokens;
        }),
      );
    });

    test('the budget of a size is the one that leads to it', () => {
      fc.assert(fc.property(budget, (flops) => near(flopsFor(law, optimum(law, flops).parameters), flops)));
    });

    test('the shown formula has its value', () => {
      fc.assert(
        fc.property(budget, (flops) => {
          const { parameters, tokens } = optimum(law, flops);
          const { flops: budgetAt, parameters: sizeAt } = law.optimum;
          return (
            near(evaluate(shown, { budget: flops, budgetAt, sizeAt }), parameters) &&
            near(evaluate(equations.tokensInBudget, { budget: flops, parameters }), tokens)
          );
        }),
      );
    });

    test('it was tested between the budgets that it says, and nowhere else', () => {
      const [low, high] = testedBudgets(law.id);
      expect(low).toBeLessThan(high);
      for (const share of [0.01, 0.5, 0.99]) {
        expect(optimum(law, low * (high / low) ** share).tested).toBe(true);
      }
      expect(optimum(law, low * 0.99).tested).toBe(false);
      expect(optimum(law, high * 1.01).tested).toBe(false);
    });

    test('its loss falls with more parameters and with more tokens, or it has none', () => {
      fc.assert(
        fc.property(log(1e6, 1e14), log(1e8, 1e16), (parameters, tokens) => {
          const loss = expectedLoss(law.id, parameters, tokens);
          if (loss === null) return id === 'hoffmann-1' || id === 'hoffmann-2';
          const bigger = expectedLoss(law.id, 2 * parameters, tokens)!;
          const longer = expectedLoss(law.id, parameters, 2 * tokens)!;
          return loss > 0 && bigger < loss && longer < loss;
        }),
      );
    });

    test('no budget and no size are issues', () => {
      for (const wrong of [0, -1, Number.NaN, Infinity, 1e300]) {
        expect(computeOptimal(law.id, wrong)).toMatchObject({ ok: false, issues: [{ path: 'flops' }] });
        expect(budgetFor(law.id, wrong)).toMatchObject({ ok: false, issues: [{ path: 'parameters' }] });
      }
    });
  },
);

test.each(['hoffmann-3', 'besiroglu'] as const)(
  'no other size of the same budget has less loss by %s',
  (id) => {
    const law = scalingLaw(id);
    fc.assert(
      fc.property(budget, log(0.01, 100), (flops, factor) => {
        const { parameters, loss } = optimum(law, flops);
        const other = parameters * factor;
        return expectedLoss(law.id, other, flops / (6 * other))! >= loss! - 1e-12;
      }),
    );
  },
);

test('the shown losses have the values of their laws', () => {
  fc.assert(
    fc.property(log(1e6, 1e14), log(1e8, 1e16), (lawParameters, lawTokens) => {
      const values = { lawParameters, lawTokens };
      return (
        near(
          evaluate(equations.hoffmannLoss, values),
          expectedLoss('hoffmann-3', lawParameters, lawTokens)!,
        ) &&
        near(evaluate(equations.besirogluLoss, values), expectedLoss('besiroglu', lawParameters, lawTokens)!)
      );
    }),
  );
});

test('with the printed digits the closed form is a power of the budget too', () => {
  fc.assert(
    fc.property(budget, (flops) => {
      const ratio =
        parametricOptimum(HOFFMANN_3_PRINTED, 10 * flops) / parametricOptimum(HOFFMANN_3_PRINTED, flops);
      return near(ratio, 10 ** (0.28 / 0.62));
    }),
  );
});
