import * as estimator from '#estimator';

interface Trees {
  readonly equations?: Readonly<Record<string, unknown>>;
  readonly toTex?: (equation: unknown, mode: 'symbols') => string;
}

/** TeX of one of the estimator's equations, so that the printed formula is the one that computes. */
export function treeTex(name: string): string {
  const { equations, toTex } = estimator as Trees;
  const equation = equations && Object.hasOwn(equations, name) ? equations[name] : undefined;
  if (!equation || !toTex) {
    throw new Error(`<Eq tree="${name}">: the estimator has no such equation. There are: ${Object.keys(equations ?? {}).join(', ')}.`);
  }
  return toTex(equation, 'symbols');
}
