import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkModel, countParameters, hardwareFlops, modelFlops, sumParts, type Model } from '#estimator';
import { model, near, numbersIn } from './arbitraries.ts';

const holds = (law: (m: Model) => boolean): void => fc.assert(fc.property(model, law));

test('sound shapes have no issues', () => {
  holds((m) => checkModel(m).length === 0);
});

test('parameters by part sum to the total, and the active ones are no more', () => {
  holds((m) => {
    const { total, active, embedding, parts } = countParameters(m);
    const sum = numbersIn(parts).reduce((a, b) => a + b, 0);
    return sum === total && active <= total && active > 0 && embedding <= total;
  });
});

test('a model is as large as its layers and what surrounds them', () => {
  holds((m) => {
    const { window: _window, ...rest } = m;
    const { denseLayers = 0 } = m.moe ?? {};
    const more = { ...rest, layers: m.layers + 1 };
    const kind = m.moe ? { ...more, moe: { ...m.moe, denseLayers } } : more;
    return countParameters(kind).total > countParameters(m).total;
  });
});

test('parameters grow with every dimension', () => {
  const grown = (m: Model): Model[] => [
    { ...m, hidden: m.hidden + 1 },
    { ...m, vocab: m.vocab + 1 },
    { ...m, ffn: m.ffn + 1 },
    { ...m, heads: m.heads * 2 },
    ...(m.moe ? [{ ...m, moe: { ...m.moe, experts: m.moe.experts + 1 } }] : []),
  ];
  holds((m) => grown(m).every((bigger) => countParameters(bigger).total >= countParameters(m).total));
});

test('FLOPs by part sum to the total, forward and twice that backward', () => {
  holds((m) => {
    const { forward, backward, total } = modelFlops(m);
    return (
      near(sumParts(forward) + sumParts(backward), total) && near(sumParts(backward), 2 * sumParts(forward))
    );
  });
});

test('every multiplied weight costs six FLOPs: weights times six is the count without scores', () => {
  holds((m) => {
    const { parts, active, total } = countParameters(m);
    const { forward, backward } = modelFlops(m);
    const matmuls = 3 * (sumParts(forward) - forward.attentionScores);
    const logits = m.hidden * m.vocab;
    // Biases, norms, tables and sinks are parameters that are not multiplied.
    const upper = 6 * (active - parts.embedding - parts.positions - parts.output + logits);
    return matmuls <= upper * (1 + 1e-12) && total >= active && backward.logits === 4 * logits;
  });
});

test('the causal count lies between half and all of the full one', () => {
  holds((m) => {
    const full = modelFlops(m).total;
    const causal = modelFlops(m, { causal: true }).total;
    return causal <= full && 2 * causal >= full * (1 - 1e-12);
  });
});

test('FLOPs per token never fall as the sequence grows', () => {
  fc.assert(
    fc.property(model, fc.integer({ min: 1, max: 100_000 }), fc.boolean(), (m, more, causal) => {
      const at = (sequence: number) => modelFlops(m, { sequence, causal }).total;
      return at(m.sequence + more) >= at(m.sequence) * (1 - 1e-12);
    }),
  );
});

test('recomputing more executes more: none, selective, full, and never a second forward pass of the logits', () => {
  holds((m) => {
    const of = (recompute: 'none' | 'selective' | 'full') => hardwareFlops(m, { recompute }).total;
    const forward = sumParts(modelFlops(m).forward);
    return (
      of('none') === modelFlops(m).total &&
      of('none') <= of('selective') &&
      of('selective') <= of('full') &&
      of('full') < of('none') + forward
    );
  });
});

test('no count of a sound shape is NaN or infinite', () => {
  holds((m) =>
    [...numbersIn(countParameters(m)), ...numbersIn(modelFlops(m, { tokens: 1e18 }))].every(Number.isFinite),
  );
  expect(numbersIn({ a: [1, { b: 2 }], c: 'x' })).toEqual([1, 2]);
});
