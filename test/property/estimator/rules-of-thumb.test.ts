import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countParameters,
  eightNd,
  equations,
  evaluate,
  hardwareFlops,
  megatronFlops,
  modelFlops,
  ruleErrors,
  RULE_IDS,
  sixNd,
  type Model,
  type RuleError,
  type RuleId,
} from '#estimator';
import { model, near } from './arbitraries.ts';

const of = (m: Model, id: RuleId, causal = false): RuleError =>
  ruleErrors(m, { causal }).find(({ rule }) => rule.id === id)!;

test('every rule is held against the count it stands for', () => {
  fc.assert(
    fc.property(model, fc.boolean(), (m, causal) => {
      const rows = ruleErrors(m, { causal });
      expect(rows.map(({ rule }) => rule.id)).toEqual(RULE_IDS);
      const exact = {
        parameters: countParameters(m).total,
        'model FLOPs': modelFlops(m, { causal }).total,
        'hardware FLOPs': hardwareFlops(m, { causal, recompute: 'full' }).total,
      };
      for (const { rule, exact: against } of rows) expect(near(against, exact[rule.against])).toBe(true);
    }),
  );
});

test('an error is its value over the exact count, the sum of its parts, and the largest part is the largest', () => {
  fc.assert(
    fc.property(model, fc.integer({ min: 1, max: 1_000_000 }), (m, sequence) => {
      for (const { value, exact, error, parts, largest } of ruleErrors(m, { sequence })) {
        const shares = Object.values<number>({ ...parts });
        // Errors of a billionth are differences of large numbers.
        expect(Math.abs(value / exact - 1 - error)).toBeLessThan(1e-9 * Math.max(1, value / exact));
        expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - error)).toBeLessThan(1e-9);
        expect(Math.max(...shares.map(Math.abs))).toBe(Math.abs(parts[largest]));
      }
    }),
  );
});

test('6N and 8N take what a token meets, Megatron’s formula is its closed form', () => {
  fc.assert(
    fc.property(model, (m) => {
      const { active } = countParameters(m);
      return (
        near(of(m, '6n').value, sixNd(active, 1)) &&
        near(of(m, '8n').value, eightNd(active, 1)) &&
        near(of(m, 'megatron-f').value, megatronFlops(m))
      );
    }),
  );
});

test('the shown formulas have the values of the rules', () => {
  fc.assert(
    fc.property(model, (m) => {
      const { layers, hidden, vocab, sequence } = m;
      return (
        near(evaluate(equations.twelveLh2, { layers, hidden }), of(m, '12lh2').value) &&
        near(of(m, '16lh2').value / of(m, '12lh2').value, 4 / 3) &&
        near(
          evaluate(equations.megatronParameters, { layers, hidden, vocab, sequence }),
          of(m, 'megatron-n').value,
        )
      );
    }),
  );
});

test('a causal count is smaller, so that rules which count or ignore all scores move up', () => {
  fc.assert(fc.property(model, (m) => of(m, '6n', true).error >= of(m, '6n').error - 1e-12));
});

test('6N counts attention’s matrices as they are multiplied: biases, norms and sinks stand apart', () => {
  fc.assert(
    fc.property(model, fc.boolean(), (m, attentionSinks) => {
      const { parts } = of({ ...m, attentionSinks }, '6n');
      return Math.abs(parts.attention) < 1e-12 && parts.small >= 0 && parts.scores < 0;
    }),
  );
});

test('Megatron’s count of a GPT is off in no part but the last norm', () => {
  const gpt: Model = {
    layers: 96,
    hidden: 12_288,
    heads: 96,
    kvHeads: 96,
    headDim: 128,
    ffn: 49_152,
    vocab: 51_200,
    sequence: 2048,
    gatedMlp: false,
    tiedEmbeddings: true,
    norm: 'layernorm',
    positions: 'learned',
    bias: { qkv: true, attentionOutput: true, mlp: true },
    qkNorm: false,
  };
  const { parts, exact, largest } = of(gpt, 'megatron-n');
  expect(largest).toBe('small');
  expect(parts.small * exact).toBeCloseTo(-2 * 12_288, 3);
  for (const part of ['attention', 'mlp', 'tables'] as const) expect(parts[part] * exact).toBeCloseTo(0, 3);
});
