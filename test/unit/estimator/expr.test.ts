import { expect, test } from 'vitest';
import {
  dimension,
  equations,
  evaluate,
  exactFlopsFormula,
  parseUnit,
  sameDimension,
  toTex,
  trainingEquation,
} from '#estimator';
import type { Equation } from '#estimator';
import { DEEPSEEK_V3, LLAMA3_8B, MIXTRAL } from './shapes.ts';
import { power, product, quotient, sum, constant } from '../../../src/estimator/expr/expr.ts';

const length = { tex: 'x', unit: 'm', meaning: 'a length' };
const made = (expr: Equation<'x' | 'y'>['expr']): Equation<'x' | 'y'> => ({
  id: 'made',
  result: 'made',
  symbol: 'z',
  unit: 'm',
  meaning: 'made for this test',
  expr,
  symbols: { x: length, y: { tex: 'y', unit: 's', meaning: 'a time' } },
  source: { key: 'none', where: '' },
});

test('the training-time equation reads as it is said', () => {
  expect(toTex(equations.timeToTrain, 'symbols')).toBe(String.raw`T = \frac{6 N D}{n P e}`);
  expect(toTex(trainingEquation({ unknown: 'tokens', work: 'per-token', goodput: true }), 'symbols')).toBe(
    String.raw`D = \frac{T n P e g}{F_1}`,
  );
});

test('a training-time equation is named by what it is solved for, its work and its goodput', () => {
  const id = (variant: Parameters<typeof trainingEquation>[0]) => trainingEquation(variant).id;
  expect(id({ unknown: 'time' })).toBe('time-6nd');
  expect(id({ unknown: 'gpus', work: 'per-token' })).toBe('gpus-per-token');
  expect(id({ unknown: 'tokens', goodput: true })).toBe('tokens-6nd-goodput');
  expect(id({ unknown: 'efficiency', work: 'per-token', goodput: true })).toBe(
    'efficiency-per-token-goodput',
  );
  expect(trainingEquation({ unknown: 'time' }).source).toEqual({ key: 'narayanan2021', where: 'equation 4' });
});

test.each([
  ['time', String.raw`T = \frac{6 N D}{n P e}`, String.raw`T = \frac{F_1 D}{n P e}`],
  ['gpus', String.raw`n = \frac{6 N D}{T P e}`, String.raw`n = \frac{F_1 D}{T P e}`],
  ['efficiency', String.raw`e = \frac{6 N D}{T n P}`, String.raw`e = \frac{F_1 D}{T n P}`],
  ['tokens', String.raw`D = \frac{T n P e}{6 N}`, String.raw`D = \frac{T n P e}{F_1}`],
  ['parameters', String.raw`N = \frac{T n P e}{6 D}`, String.raw`N = \frac{T n P e}{6 D}`],
] as const)(
  'the training-time equation solved for %s: by 6ND and by a fuller count',
  (unknown, rule, fuller) => {
    expect(toTex(trainingEquation({ unknown }), 'symbols')).toBe(rule);
    expect(toTex(trainingEquation({ unknown, work: '6nd' }), 'symbols')).toBe(rule);
    expect(toTex(trainingEquation({ unknown, work: 'per-token' }), 'symbols')).toBe(fuller);
    const all = ['time', 'gpus', 'peak', 'efficiency', 'parameters', 'tokens'];
    expect(Object.keys(trainingEquation({ unknown }).symbols).sort()).toEqual(
      all.filter((name) => name !== unknown).sort(),
    );
  },
);

test('a fuller count is not solved for the parameters: 6ND is', () => {
  expect(trainingEquation({ unknown: 'parameters', work: 'per-token' })).toEqual(
    trainingEquation({ unknown: 'parameters' }),
  );
});

test('every number carries the name of its symbol, so that a script can replace it', () => {
  const tex = toTex(
    equations.sixNd,
    'numbers',
    (name) => ({ parameters: '175 B', tokens: '300 B' })[name] ?? '3.15e23',
  );
  expect(tex).toBe(
    String.raw`F = 6 \times \htmlData{sym=parameters}{\text{175 B}} \times \htmlData{sym=tokens}{\text{300 B}} = \htmlData{sym=flops}{\text{3.15e23}}`,
  );
});

test('text is escaped, whatever it holds', () => {
  const tex = toTex(made(product('x')), 'numbers', () => '50% \\ {#_} ~^&$');
  expect(tex).toContain(
    String.raw`\text{50\% \textbackslash{} \{\#\_\} \textasciitilde{}\textasciicircum{}\&\$}`,
  );
});

test('sums are bracketed where they are multiplied or raised, and numbers are kept apart', () => {
  expect(toTex(made(product(2, 3, sum('x', 1), power(sum('x', 'x'), 2))), 'symbols')).toBe(
    String.raw`z = 2 \times 3 \left(x + 1\right) \left(x + x\right)^{2}`,
  );
});

test('a tree has the value of the formula it draws', () => {
  const tree = sum(quotient(product('x', 4), 2), power('y', 3));
  expect(evaluate(made(tree), { x: 5, y: 2 })).toBe(18);
});

test('dimensions multiply through, and a sum of unlike things has none', () => {
  expect(dimension(made(quotient(product('x', 'x'), 'x')))).toEqual({ m: 1 });
  expect(dimension(made(power('x', 3)))).toEqual({ m: 3 });
  expect(dimension(made(sum('x', constant(2, 'm'))))).toEqual({ m: 1 });
  expect(dimension(made(sum('x', 'y')))).toBeNull();
  expect(dimension(made(sum()))).toBeNull();
  expect(dimension(made(product(sum('x', 'y'), 'x')))).toBeNull();
  expect(dimension(made(quotient('x', sum('x', 'y'))))).toBeNull();
  expect(dimension(made(power(sum('x', 'y'), 2)))).toBeNull();
});

test('units are read as products of base units', () => {
  expect(parseUnit('FLOP/s/GPU')).toEqual({ FLOP: 1, s: -1, GPU: -1 });
  expect(parseUnit('GPU*s')).toEqual({ GPU: 1, s: 1 });
  expect(parseUnit('1')).toEqual({});
  expect(sameDimension(parseUnit('s*GPU/s'), parseUnit('GPU'))).toBe(true);
});

test('each shape has its formula, and shapes that it does not describe have none', () => {
  expect(exactFlopsFormula(LLAMA3_8B)?.equation.id).toBe('exact-flops-per-token');
  expect(exactFlopsFormula(LLAMA3_8B, true)?.equation.id).toBe('exact-causal-flops-per-token');
  expect(exactFlopsFormula(MIXTRAL)?.equation.id).toBe('moe-flops-per-token');
  expect(exactFlopsFormula(DEEPSEEK_V3)).toBeNull();
  expect(exactFlopsFormula({ ...LLAMA3_8B, window: { tokens: 5, layers: 1 } })).toBeNull();
  expect(exactFlopsFormula({ ...MIXTRAL, moe: { ...MIXTRAL.moe!, sharedGate: true } })).toBeNull();
});

test('a sum may start with a negative number, and may hold nothing at all', () => {
  expect(toTex(made(sum(-2, 'x', -3, 0)), 'symbols')).toBe('z = -2 + x - 3 + 0');
  expect(toTex(made(product()), 'symbols')).toBe('z = ');
});

test('a symbol that is not described stands as its name and has no unit', () => {
  const stray = { ...made(sum('x')), expr: product('w', 'x') } as Equation;
  expect(toTex(stray, 'symbols')).toBe('z = w x');
  expect(dimension(stray)).toEqual({ m: 1 });
});

test('a negative term is a difference, and an exponent of a half a root around all of its base', () => {
  const tex = toTex(made(power(product(sum('x', -1), 'y'), 0.5)), 'symbols');
  expect(tex).toBe(String.raw`z = \sqrt{\left(x - 1\right) y}`);
  expect(toTex(made(power('x', 2)), 'symbols')).toBe('z = x^{2}');
  expect(toTex(made(power(constant(10, '1'), 2)), 'symbols')).toBe('z = 10^{2}');
});

test('what is multiplied by -1 is taken away, behind another term and only there', () => {
  const tex = (expr: Equation<'x' | 'y'>['expr']): string => toTex(made(expr), 'symbols');
  expect(tex(sum('x', product(-1, 'y')))).toBe('z = x - y');
  expect(tex(sum('x', product(-1, 2, 'y')))).toBe('z = x - 2 y');
  expect(tex(sum('x', product(-2, 'y')))).toBe('z = x - 2 y');
  expect(tex(sum('x', product(2, 'y')))).toBe('z = x + 2 y');
  expect(tex(sum(product(-1, 'y'), 'x'))).toBe('z = -1 y + x');
});
