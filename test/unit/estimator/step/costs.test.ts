import { describe, expect, test } from 'vitest';
import { countParameters, type FrameworkRules, type Model } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { endParameters, stepCosts } from '../../../../src/estimator/step/costs.ts';
import { layerSeconds } from '../../../../src/estimator/step/layer.ts';
import { passTotal } from '../../../../src/estimator/step/pass.ts';
import { DEEPSEEK_V3, MIXTRAL } from '../shapes.ts';
import { scopeWith, small, SMALL } from './made.ts';

const costs = (rules: Partial<FrameworkRules> = {}, over: Parameters<typeof small>[0] = {}) =>
  stepCosts(scopeWith(rules, small(over)));
const mixtral: Model = { ...MIXTRAL, sequence: 1024 };

describe('the mean layer', () => {
  test('of a dense model is its layer', () => {
    const { scope, forward, backward, weightGradient } = costs();
    expect({ forward, backward, weightGradient }).toEqual(layerSeconds(scope, 'dense'));
  });

  test('of a model with experts in all layers is one of them', () => {
    const { scope, forward } = costs({}, { model: mixtral });
    expect(forward).toEqual(layerSeconds(scope, 'experts').forward);
  });

  test('weighs the first dense layers', () => {
    const { scope, forward, backward, weightGradient } = costs({}, { model: DEEPSEEK_V3 });
    const [dense, experts] = [layerSeconds(scope, 'dense'), layerSeconds(scope, 'experts')];
    const mean = (a: number, b: number) => (3 * a + 58 * b) / 61;
    expect(passTotal(forward)).toBeCloseTo(mean(passTotal(dense.forward), passTotal(experts.forward)), 14);
    expect(passTotal(backward)).toBeCloseTo(mean(passTotal(dense.backward), passTotal(experts.backward)), 14);
    expect(weightGradient).toBeCloseTo(mean(dense.weightGradient, experts.weightGradient), 14);
  });
});

describe('two micro-batches beside each other', () => {
  const crossing = (issueLayer: number) => {
    const far = small({ model: DEEPSEEK_V3, dp: 64, parallelism: { expertParallel: 64 } });
    const cluster = { ...far.cluster, networkBandwidth: 1e9 };
    return stepCosts(scopeWith({ issueLayer }, { ...far, cluster }));
  };

  test('hide the exchanges under the work of both passes, without what the host takes', () => {
    const { forward, backward, paired } = crossing(0);
    const exchange = forward.expertParallel + backward.expertParallel;
    const work = passTotal(forward) + passTotal(backward) - exchange - forward.launch;
    // More than the work can hide, so that every second of work counts.
    expect(exchange * (1 - STEP.contention)).toBeGreaterThan(STEP.coverShare * work);
    const waited = paired.forward.expertParallel + paired.backward.expertParallel;
    expect(waited).toBeCloseTo(exchange - STEP.coverShare * work, 12);
    // The other micro-batch keeps the GPU busy while the host reads the counts of one's experts.
    expect(forward.launch).toBeGreaterThan(0);
    expect(paired.forward).toEqual({ ...forward, expertParallel: paired.forward.expertParallel, launch: 0 });
  });

  test('take as long as the host does to issue their kernels, which it does for both', () => {
    const { forward, paired } = crossing(10);
    expect(forward.launch).toBeGreaterThan(0);
    expect(passTotal(paired.forward)).toBeCloseTo(10, 12);
    expect(passTotal(paired.backward)).toBeCloseTo(10 * STEP.issueBackward, 12);
    // The host's time hides nothing: what is waited for of an exchange is what it is with a host that takes no time.
    expect(paired.forward.expertParallel).toBeCloseTo(crossing(0).paired.forward.expertParallel, 12);
  });

  test('change nothing where nothing is exchanged', () => {
    const { forward, backward, selective, paired } = costs();
    expect(paired).toEqual({ forward, backward, selective });
  });

  test('keep the GPU busy while the host reads the counts of experts, exchanged or not', () => {
    const { forward, paired } = costs({ issueLayer: 0 }, { model: DEEPSEEK_V3 });
    expect(forward.expertParallel).toBe(0);
    expect(forward.launch).toBeGreaterThan(0);
    expect(paired.forward).toEqual({ ...forward, launch: 0 });
  });
});

describe('parameters of the ends', () => {
  const untied = { ...SMALL, tiedEmbeddings: false };
  const ends = (tensorParallel: number, model: Model, stages: number) =>
    endParameters(costs({}, { model, parallelism: { tensorParallel } }), stages);

  test('are tables and output matrix without a pipeline, the tables of the first stage with one', () => {
    const table = 32_000 * 2048;
    const positions = 1024 * 2048;
    expect(ends(1, untied, 1)).toBe(2 * table + positions);
    expect(ends(1, untied, 4)).toBe(table + positions);
    expect(ends(4, untied, 1)).toBe((2 * table) / 4 + positions);
    expect(ends(1, SMALL, 1)).toBe(table + positions);
  });
});

describe('what selective recomputation runs again', () => {
  test('is attention in Megatron', () => {
    const { forward, selective } = costs({ attention: 'fused-softmax', selective: 'scores' });
    expect(passTotal(selective)).toBe(forward.attention);
    expect(selective.attention).toBeGreaterThan(0);
  });

  test('is nothing where FlashAttention never kept the scores', () => {
    expect(passTotal(costs({ attention: 'flash-2', selective: 'scores' }).selective)).toBe(0);
  });

  test('is a share of everything where every second matrix product is kept', () => {
    const { forward, selective } = costs({ attention: 'flash-2', selective: 'products' });
    expect(passTotal(selective)).toBeCloseTo(STEP.selectiveShare * passTotal(forward), 14);
  });

  test('is that share of what a pass takes beside another', () => {
    const { forward, paired } = costs(
      { selective: 'products' },
      { model: DEEPSEEK_V3, dp: 64, parallelism: { expertParallel: 64 } },
    );
    expect(passTotal(paired.forward)).toBeLessThan(passTotal(forward));
    expect(passTotal(paired.selective)).toBeCloseTo(STEP.selectiveShare * passTotal(paired.forward), 14);
  });
});

describe('bytes to the next stage', () => {
  const sent = (pipelineScatter: boolean, sequenceParallel: boolean) =>
    costs({ pipelineScatter }, { parallelism: { tensorParallel: 4, sequenceParallel } }).sent;
  const whole = 1024 * 2048 * 2;

  test('are a hidden state, or a slice of it where ranks scatter or split the sequence', () => {
    expect(sent(false, false)).toBe(whole);
    expect(sent(true, false)).toBe(whole / 4);
    expect(sent(false, true)).toBe(whole / 4);
  });
});

describe('parameters of a GPU', () => {
  test('are a layer’s and a table of the vocabulary, over tensor-parallel ranks, and all learned positions', () => {
    const { layerParameters, expertParameters, tableParameters } = costs(
      {},
      { parallelism: { tensorParallel: 4 } },
    );
    const { total, embedding } = countParameters(SMALL);
    expect(layerParameters).toBe((total - embedding) / 8 / 4);
    expect(expertParameters).toBe(0);
    const positions = SMALL.sequence * 2048;
    expect(tableParameters).toBe((32_000 * 2048) / 4 + positions);
  });

  test('of experts are split by the experts’ degrees alone', () => {
    const { layerParameters, expertParameters } = costs(
      {},
      {
        model: mixtral,
        dp: 8,
        parallelism: { tensorParallel: 2, expertParallel: 4, expertTensorParallel: 2 },
      },
    );
    const { total, embedding, parts } = countParameters(mixtral);
    expect(expertParameters).toBe(parts.experts / 32 / 8);
    expect(layerParameters).toBe((total - embedding - parts.experts) / 32 / 2);
  });
});
