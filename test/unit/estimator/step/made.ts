/** Pieces of a step for tests: a small GPT on A800s or H100s, with what a test changes. */
import type { FrameworkRules } from '#estimator';
import type { LayerPasses } from '../../../../src/estimator/step/linear.ts';
import { emptyPass } from '../../../../src/estimator/step/pass.ts';
import { scopeOf, type Scope } from '../../../../src/estimator/step/scope.ts';
import { training } from '../scenarios.ts';
import { gpt, H100 } from '../shapes.ts';

export const SMALL = gpt(8, 2048, 16, { sequence: 1024, vocab: 32_000 });

type Over = Parameters<typeof training>[0];

export const small = (over: Over = {}) => training({ model: SMALL, ...over });

/** The same on H100s. */
export function onHopper(over: Over = {}) {
  const scenario = small(over);
  return { ...scenario, cluster: { ...scenario.cluster, gpu: H100 } };
}

/** The scope of a scenario, with some rules replaced. */
export function scopeWith(rules: Partial<FrameworkRules>, scenario = small()): Scope {
  const scope = scopeOf(scenario);
  return { ...scope, rules: { ...scope.rules, ...rules } };
}

export const noPasses = (): LayerPasses => ({
  forward: emptyPass(),
  backward: emptyPass(),
  weightGradient: 0,
});

/** What a function adds to two empty passes. */
export function added(by: (passes: LayerPasses) => void): LayerPasses {
  const passes = noPasses();
  by(passes);
  return passes;
}
