import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cacheBytesPerToken,
  countParameters,
  equations,
  evaluate,
  countingValues,
  modelFlops,
  modelTensors,
  sumParts,
  type Cost,
  type Metric,
  type Model,
  type ModelTensors,
} from '#estimator';
import { keptTensors } from '../../../src/estimator/memory/kept-tensors.ts';
import { memoryRates } from '../../../src/estimator/memory/memory-rates.ts';
import { memoryRules } from '../../../src/estimator/memory/family-rules.ts';
import { wholeModel } from '../../../src/estimator/tensors/kept.ts';
import { model, near, plainModel } from './arbitraries.ts';

/** Every switch that a published shape has, beside those of `model`. */
const rare: fc.Arbitrary<Model> = fc
  .tuple(model, fc.boolean(), fc.boolean(), fc.boolean(), fc.option(fc.integer({ min: 1, max: 5000 })))
  .map(([m, embeddingNorm, outputBias, attentionSinks, positionRows]) => ({
    ...m,
    embeddingNorm,
    outputBias,
    attentionSinks,
    ...(positionRows && { positionRows }),
  }));

const keeping = fc.record({
  framework: fc.constantFrom('megatron-2022' as const, 'megatron-core' as const, 'nanotron' as const),
  fusedAttention: fc.boolean(),
  recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const),
});

const METRICS: readonly Metric[] = ['parameters', 'forward', 'backward', 'activations', 'cache'];
const sumsTo = (whole: Cost, parts: readonly Cost[]): boolean =>
  METRICS.every((metric) =>
    near(
      parts.reduce((sum, one) => sum + one[metric], 0),
      whole[metric],
    ),
  );
const tensorsOf = ({ groups }: ModelTensors) =>
  groups.flatMap(({ parts }) => parts.flatMap(({ tensors }) => tensors));

test('parameters sum to the count of the model, to the last one', () => {
  fc.assert(
    fc.property(rare, (m) => {
      const { parameters } = modelTensors(m);
      expect(parameters).toBe(countParameters(m).total);
    }),
  );
});

test('FLOPs sum to the model’s, forward and backward, at any sequence, full and causal', () => {
  fc.assert(
    fc.property(rare, fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), (m, sequence, causal) => {
      const taken = modelTensors(m, { sequence, causal });
      const count = modelFlops(m, { sequence, causal });
      return (
        near(taken.forward, sumParts(count.forward)) &&
        near(taken.backward, sumParts(count.backward)) &&
        near(taken.forward + taken.backward, count.total)
      );
    }),
  );
});

test('learned positions keep their rows whatever the sequence', () => {
  fc.assert(
    fc.property(rare, fc.integer({ min: 1, max: 100_000 }), (m, sequence) =>
      near(modelTensors(m, { sequence }).parameters, countParameters(m).total),
    ),
  );
});

test('each part’s FLOPs are those that the count has for it', () => {
  fc.assert(
    fc.property(rare, (m) => {
      const { forward } = modelFlops(m);
      const parts = modelTensors(m).groups.flatMap((group) => group.parts);
      const of = (kind: string) =>
        parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.forward, 0);
      return (
        near(of('attention'), forward.attentionProjections) &&
        near(of('scores'), forward.attentionScores) &&
        near(of('mlp'), forward.mlp) &&
        near(of('experts'), forward.experts + forward.sharedExperts + forward.router) &&
        near(of('table'), forward.logits) &&
        of('norms') === 0
      );
    }),
  );
});

test('tensors sum to parts, parts to groups, groups to the model; the backward pass is twice the forward one', () => {
  fc.assert(
    fc.property(rare, keeping, (m, options) => {
      const taken = modelTensors(m, options);
      expect(sumsTo(taken, taken.groups)).toBe(true);
      for (const group of taken.groups) {
        expect(sumsTo(group, group.parts)).toBe(true);
        for (const part of group.parts) expect(sumsTo(part, part.tensors)).toBe(true);
      }
      for (const { forward, backward } of tensorsOf(taken)) expect(near(backward, 2 * forward)).toBe(true);
      const layers = taken.groups.reduce((sum, group) => sum + group.layers, 0);
      expect(layers).toBe(m.layers);
    }),
  );
});

test('activations are those of the memory model for one sequence, under every recompute mode', () => {
  fc.assert(
    fc.property(rare, keeping, (m, options) => {
      const cut = wholeModel(m, options);
      const rates = memoryRates({ ...cut, recompute: options.recompute });
      const moeLayers = m.moe ? m.layers - m.moe.denseLayers : 0;
      const layers = (m.layers - moeLayers) * rates.dense.kept + moeLayers * rates.moe.kept;
      const all = layers + rates.embeddingKept + rates.outputKept + rates.logits;
      return near(modelTensors(m, options).activations * m.sequence, all);
    }),
  );
});

test('nothing that a layer keeps is lost between kernels and parts', () => {
  fc.assert(
    fc.property(rare, (m) => {
      const cut = wholeModel(m, { framework: 'megatron-core', fusedAttention: true, recompute: 'none' });
      const dense = keptTensors(m, { ...cut, ...cut.parallelism }, memoryRules(cut), false);
      const group = modelTensors(m).groups.find(({ id }) => id === 'dense');
      if (!group) return true;
      const kept = group.parts.flatMap((part) => part.tensors).filter(({ activations }) => activations > 0);
      return kept.length === dense.length;
    }),
  );
});

test('the cache sums to its closed form and grows with the bytes of a number', () => {
  fc.assert(
    fc.property(rare, fc.constantFrom(1, 2, 4), (m, cacheElement) => {
      const all = cacheBytesPerToken(m, cacheElement);
      const equation = m.mla ? equations.latentCache : equations.kvCache;
      return (
        near(modelTensors(m, { cacheElement }).cache, all) &&
        near(all, cacheElement * cacheBytesPerToken(m, 1)) &&
        near(evaluate(equation as typeof equations.kvCache, countingValues(m, cacheElement)), all)
      );
    }),
  );
});

const MATRICES = /^(w|gate$|up$|down$|router$|expert-(gate|up|down)|shared-(gate|up|down))/;
const matricesOf = (m: Model, group: 'dense' | 'moe', kinds: readonly string[]): number => {
  const found = modelTensors(m).groups.find(({ id }) => id === group);
  const parts = found?.parts.filter(({ kind }) => kinds.includes(kind)) ?? [];
  const weights = parts.flatMap(({ tensors }) => tensors).filter(({ id }) => MATRICES.test(id));
  return weights.reduce((sum, { parameters }) => sum + parameters, 0) / (found?.layers ?? 1);
};

test('the shown formulas of a layer have the weights of its matrices: dense, of experts, with latent attention', () => {
  fc.assert(
    fc.property(plainModel, (m) =>
      near(
        evaluate(equations.layerParameters, countingValues(m, 2)),
        matricesOf(m, 'dense', ['attention', 'mlp']),
      ),
    ),
  );
  fc.assert(
    fc.property(model, (m) => {
      const { moe } = m;
      const values = countingValues(m, 2);
      const latent =
        !m.mla?.queryRank ||
        m.moe?.denseLayers === 0 ||
        near(evaluate(equations.latentAttentionParameters, values), matricesOf(m, 'dense', ['attention']));
      if (!moe || moe.denseLayers === m.layers || m.mla || moe.sharedGate) return latent;
      const experts = matricesOf(m, 'moe', ['attention', 'experts']);
      return latent && near(evaluate(equations.expertLayerParameters, values), experts);
    }),
  );
});
