import { describe, expect, test } from 'vitest';
import { collectiveSeconds, type Model } from '#estimator';
import { addActivation } from '../../../../src/estimator/step/elementwise.ts';
import { addExperts } from '../../../../src/estimator/step/experts.ts';
import { addGroupedLinear, addLinear } from '../../../../src/estimator/step/linear.ts';
import { DEEPSEEK_V3, MIXTRAL } from '../shapes.ts';
import { added, scopeWith, small, SMALL } from './made.ts';

const mixtral: Model = { ...MIXTRAL, sequence: 4096 };
const deepseek: Model = DEEPSEEK_V3;

interface Split {
  readonly expertParallel?: number;
  readonly expertTensorParallel?: number;
  readonly tensorParallel?: number;
  readonly sequenceParallel?: boolean;
}

function of(model: Model, parallelism: Split = {}, dp = 64) {
  const scope = scopeWith({}, small({ model, parallelism, dp }));
  return { scope, passes: added((passes) => addExperts(passes, scope)) };
}

const MOVES = 6;

describe('matrix products of a layer of experts', () => {
  /** The router, and the two grouped products of `local` experts on `rows` tokens each. */
  const expected = (
    { scope }: ReturnType<typeof of>,
    local: number,
    rows: number,
    width: number,
    shared = 0,
    up = 2,
  ) => {
    const { model, machine, rules, sliceTokens, tokens } = scope;
    const { hidden, moe } = model;
    return added((passes) => {
      addLinear(passes, sliceTokens, hidden, moe!.experts, machine, rules);
      addGroupedLinear(passes, local, rows, hidden, up * width, machine, rules);
      addGroupedLinear(passes, local, rows, width, hidden, machine, rules);
      addActivation(passes, local * rows, width, scope);
      if (shared === 0) return;
      addLinear(passes, tokens, hidden, up * shared, machine, rules);
      addLinear(passes, tokens, shared, hidden, machine, rules);
      addActivation(passes, tokens, shared, scope);
    });
  };

  const expectProducts = (
    made: ReturnType<typeof of>,
    ...rest: [number, number, number, number?, number?]
  ) => {
    const work = expected(made, ...rest);
    const { machine, model } = made.scope;
    const [local, rows] = rest;
    const moves = (MOVES * local * rows * model.hidden * machine.element) / machine.streaming;
    for (const pass of ['forward', 'backward'] as const) {
      expect(made.passes[pass].gemm).toBeCloseTo(work[pass].gemm, 14);
      expect(made.passes[pass].memoryBound).toBeCloseTo(work[pass].memoryBound + moves, 14);
    }
    expect(made.passes.weightGradient).toBeCloseTo(work.weightGradient, 14);
  };

  test('are the router’s and those of all experts, each with its share of routed tokens', () => {
    expectProducts(of(mixtral), 8, (4096 * 2) / 8, 14_336);
  });

  test('without a gate have a single width up', () => {
    const made = of({ ...mixtral, gatedMlp: false });
    expectProducts(made, 8, 1024, 14_336, 0, 1);
  });

  test('are those of a rank’s experts, which get the tokens of as many ranks', () => {
    expectProducts(of(mixtral, { expertParallel: 4 }), 2, 4096, 14_336);
  });

  test('are cut along the width of an expert by expert tensor parallelism, on all of its ranks’ tokens', () => {
    expectProducts(of(mixtral, { expertTensorParallel: 2, tensorParallel: 2 }), 8, 2048, 7168);
  });

  test('are on a slice of the sequence with sequence parallelism', () => {
    expectProducts(of(mixtral, { tensorParallel: 4, sequenceParallel: true }), 8, 256, 14_336);
  });

  test('include shared experts, split over tensor-parallel ranks', () => {
    expectProducts(of(deepseek, { expertParallel: 8 }), 32, 1024, 2048, 2048);
    expectProducts(of(deepseek, { tensorParallel: 2 }), 256, 128, 2048, 1024);
  });
});

describe('dispatch and combine', () => {
  const bytes = (tokens: number, model: Model) => tokens * model.moe!.topK * model.hidden * 2;

  test('take nothing on one rank', () => {
    expect(of(mixtral).passes.forward.expertParallel).toBe(0);
  });

  /** Distinct places among 8 experts drawn from so many: 8 draws of 8 meet 8 (1 - (7/8)^8) = 5.25. */
  const met = (places: number, draws = 8) => places * (1 - (1 - 1 / places) ** draws);

  test('are two exchanges a pass inside a server, of each token once to a rank', () => {
    const { scope, passes } = of(mixtral, { expertParallel: 8 });
    const sent = (met(8, 2) / 2) * bytes(4096, mixtral);
    const exchange = collectiveSeconds('all-to-all', sent, 8, 8, scope.machine.wires);
    expect(met(8, 2)).toBeCloseTo(1.875, 12);
    expect(passes.forward.expertParallel).toBeCloseTo(2 * exchange, 15);
    expect(passes.backward.expertParallel).toBeCloseTo(2 * exchange, 15);
  });

  test('send a token once to a server, which hands it on', () => {
    const { scope, passes } = of(deepseek, { expertParallel: 64 });
    expect(met(8)).toBeCloseTo(5.25, 2);
    const all = bytes(4096, deepseek) / 8;
    const { wires } = scope.machine;
    const across = collectiveSeconds('all-to-all', met(8) * all, 64, 8, wires);
    const inside = collectiveSeconds('all-to-all', met(64) * all, 8, 8, wires);
    expect(across).toBeGreaterThan(inside);
    expect(passes.forward.expertParallel).toBeCloseTo(2 * across, 14);
  });

  test('inside the server count where the network is faster', () => {
    const scenario = small({ model: deepseek, dp: 64, parallelism: { expertParallel: 16 } });
    const cluster = { ...scenario.cluster, networkBandwidth: 1e15 };
    const scope = scopeWith({}, { ...scenario, cluster });
    const { forward } = added((passes) => addExperts(passes, scope));
    const sent = (met(16) / 8) * bytes(4096, deepseek);
    const inside = collectiveSeconds('all-to-all', sent, 8, 8, scope.machine.wires);
    expect(forward.expertParallel).toBeCloseTo(2 * inside, 14);
  });
});

test('expert tensor parallelism gathers tokens and scatters sums', () => {
  const { scope, passes } = of(mixtral, { expertTensorParallel: 2, tensorParallel: 2 });
  const bytes = 4096 * 2 * 2 * 4096 * 2;
  const { wires } = scope.machine;
  const expected =
    collectiveSeconds('all-gather', bytes, 2, 2, wires) +
    collectiveSeconds('reduce-scatter', bytes, 2, 2, wires);
  expect(passes.forward.tensorParallel).toBeCloseTo(expected, 15);
  expect(passes.backward.tensorParallel).toBeCloseTo(expected, 15);
});

test('a model without experts has nothing to add', () => {
  const { passes } = of(SMALL);
  expect(passes.forward.gemm + passes.backward.gemm + passes.forward.memoryBound).toBe(0);
});
