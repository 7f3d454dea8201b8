import { equations, toTex } from '#estimator';

/** TeX of one of the estimator's equations, so that the printed formula is the one that computes. */
export function treeTex(name: string): string {
  const equation = Object.hasOwn(equations, name) ? equations[name as keyof typeof equations] : undefined;
  if (!equation) {
    throw new Error(
      `<Eq tree="${name}">: no such equation. There are: ${Object.keys(equations).join(', ')}.`,
    );
  }
  return toTex(equation, 'symbols');
}
