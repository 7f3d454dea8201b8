import { expect, test } from 'vitest';
import { models } from '#catalog';
import { RULE_IDS, ruleErrors } from '#estimator';
import { catalogued } from '../../../src/widgets/rules-of-thumb/catalogued.ts';
import { rulesOfThumbSpec } from '../../../src/widgets/rules-of-thumb/spec.ts';
import { blameOf, signedShare } from '../../../src/widgets/rules-of-thumb/view.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

test('says how far two rules and Megatron’s formula are off for GPT-3', () => {
  expect(sentenceOf(answerOf(rulesOfThumbSpec).view)).toBe(
    'For GPT-3 175B at 2,048 tokens, 6N is off by −2.67% and 12Lh² by −0.384%; Megatron’s formula, made for a plain GPT, by 0%.',
  );
  expect(sentenceOf(answerOf(rulesOfThumbSpec, { model: 'deepseek-v3' }).view)).toMatch(
    /6N is off by −19\.9% .*12Lh² by −94\.4%.* N is what a token meets\.$/,
  );
});

test('names what is to blame: scores for 6N, the MLPs for 12Lh² on a gated model, nothing where it is exact', () => {
  const rows = (patch: Parameters<typeof answerOf>[1]) =>
    new Map(answerOf(rulesOfThumbSpec, patch).view.rows.map((row) => [row.id, row]));
  expect(rows({}).get('6n')?.blame).toMatch(/^attention scores −2\.69%/);
  expect(rows({}).get('megatron-f')).toMatchObject({ blame: 'exact here', shown: '0%' });
  expect(rows({ model: 'llama3-70b' }).get('12lh2')?.blame).toMatch(/^the MLPs −/);
  expect(rows({ model: 'pythia-70m' }).get('6n')?.blame).toMatch(/^tables and logits \+/);
  expect(rows({ sequence: 131_072 }).get('6n')!.error).toBeLessThan(rows({}).get('6n')!.error);
});

test('every catalogued model is on every line, in order, and counted once', () => {
  for (const causal of [false, true]) {
    const { dots, rows } = catalogued(causal);
    expect(rows).toHaveLength(models.length);
    for (const id of RULE_IDS) {
      expect(dots[id]).toHaveLength(models.length);
      for (const [i, dot] of dots[id].slice(1).entries())
        expect(dot.error).toBeGreaterThanOrEqual(dots[id][i]!.error);
    }
    expect(catalogued(causal)).toBe(catalogued(causal));
  }
  const gpt = catalogued(false).rows.find(({ name }) => name === 'GPT-3 175B')!;
  expect(gpt.errors).toEqual(ruleErrors(models.find(({ id }) => id === 'gpt3-175b')!.shape));
  // Without the masked half there is less to miss.
  const six = (causal: boolean) => catalogued(causal).dots['6n'].map(({ error }) => error)[0]!;
  expect(six(true)).toBeGreaterThan(six(false));
});

test('whatever is asked, the table has the reader’s model, what the rules say, the count, and the catalogue', () => {
  for (const patch of [{}, ...answered(rulesOfThumbSpec, 40)]) {
    const { view } = answerOf(rulesOfThumbSpec, patch);
    expect(view.table.rows).toHaveLength(models.length + 3);
    for (const row of view.rows) expect(Number.isFinite(row.error)).toBe(true);
  }
});

test.each([
  [0, '0%'],
  [1e-6, '0%'],
  [-1e-6, '0%'],
  [0.0697, '+6.97%'],
  [-0.132, '−13.2%'],
  [-0.944, '−94.4%'],
])('an error of %d is written %s', (error, text) => {
  expect(signedShare(error)).toBe(text);
});

test('small parts are not blamed beside large ones, and at most two are named', () => {
  const none = { attention: 0, mlp: 0, scores: 0, tables: 0, small: 0 };
  expect(blameOf({ error: 0.3, parts: { ...none, mlp: 0.31, small: -0.004 } })).toBe('the MLPs +31%');
  expect(blameOf({ error: -0.001, parts: { ...none, small: -0.001 } })).toBe('norms and biases −0.1%');
  const many = { attention: 0.1, mlp: -0.4, scores: 0.2, tables: -0.3, small: 0.05 };
  expect(blameOf({ error: -0.35, parts: many })).toBe('the MLPs −40%, tables and logits −30%');
});
