import { describe, expect, test } from 'vitest';
import type { FrameworkRules, Model } from '#estimator';
import { fusedAttentionSeconds } from '../../../../src/estimator/kernels/attention.ts';
import { separateAttentionSeconds } from '../../../../src/estimator/kernels/separate-attention.ts';
import { addAttention, keyValueBytes } from '../../../../src/estimator/step/attention.ts';
import { addQueryKeyWork } from '../../../../src/estimator/step/elementwise.ts';
import { addLinear } from '../../../../src/estimator/step/linear.ts';
import { DEEPSEEK_V3, LLAMA3_8B } from '../shapes.ts';
import { added, scopeWith, small, SMALL } from './made.ts';

type Rules = Partial<FrameworkRules>;
const flash: Rules = { attention: 'flash-2' };
const of = (model: Model, rules: Rules = flash, tensorParallel = 1, microBatch = 1) => {
  const scope = scopeWith(rules, small({ model, microBatch, parallelism: { tensorParallel } }));
  return { scope, passes: added((passes) => addAttention(passes, scope)) };
};

/** The matrix products of linear layers, each [inner, width]. */
function linears({ scope }: ReturnType<typeof of>, ...layers: [number, number][]) {
  const { tokens, machine, rules } = scope;
  return added((passes) => {
    for (const [inner, width] of layers) addLinear(passes, tokens, inner, width, machine, rules);
  });
}

const expectGemm = (made: ReturnType<typeof of>, ...layers: [number, number][]): void => {
  const expected = linears(made, ...layers);
  expect(made.passes.forward.gemm).toBeCloseTo(expected.forward.gemm, 15);
  expect(made.passes.backward.gemm).toBeCloseTo(expected.backward.gemm, 15);
  expect(made.passes.weightGradient).toBeCloseTo(expected.weightGradient, 15);
};

const llama: Model = { ...LLAMA3_8B, sequence: 4096 };

describe('projections', () => {
  test('queries, keys and values are one product, the output another', () => {
    expectGemm(of(SMALL), [2048, 3 * 2048], [2048, 2048]);
  });

  test('grouped keys and values are narrower than queries', () => {
    expectGemm(of(llama), [4096, (32 + 2 * 8) * 128], [4096, 4096]);
  });

  test('are split over tensor-parallel ranks, the output’s inner width too', () => {
    expectGemm(of(llama, flash, 4), [4096, 12 * 128], [1024, 4096]);
  });

  test('latent attention goes down to a rank and up again, for queries and for keys with values', () => {
    expectGemm(
      of(DEEPSEEK_V3),
      [7168, 1536],
      [1536, 128 * 192],
      [7168, 512 + 64],
      [512, 128 * (128 + 128)],
      [128 * 128, 7168],
    );
  });

  test('of latent attention are split over tensor-parallel ranks only where they go up', () => {
    expectGemm(
      of(DEEPSEEK_V3, flash, 8),
      [7168, 1536],
      [1536, 16 * 192],
      [7168, 512 + 64],
      [512, 16 * 256],
      [16 * 128, 7168],
    );
  });

  test('of latent attention may leave the query whole', () => {
    const mla = { ...DEEPSEEK_V3.mla!, queryRank: null };
    expectGemm(
      of({ ...DEEPSEEK_V3, mla }),
      [7168, 128 * 192],
      [7168, 512 + 64],
      [512, 128 * 256],
      [128 * 128, 7168],
    );
  });
});

describe('scores', () => {
  const fused = (made: ReturnType<typeof of>, heads: number, keys: number, query: number, value: number) =>
    (['forward', 'backward'] as const).map((pass) =>
      fusedAttentionSeconds(
        made.scope.machine.gpu,
        'flash-2',
        pass,
        made.scope.tokens * heads * keys,
        query,
        value,
        keys,
      ),
    );
  const expectScores = (made: ReturnType<typeof of>, [forward, backward]: readonly number[]): void => {
    expect(made.passes.forward.attention).toBeCloseTo(forward!, 15);
    expect(made.passes.backward.attention).toBeCloseTo(backward!, 15);
  };

  test('a causal query meets half the sequence in a fused kernel', () => {
    const made = of(SMALL);
    expectScores(made, fused(made, 16, 512, 128, 128));
  });

  test('a window of w tokens is met in full but for the first w of the sequence: w - w²/2s', () => {
    const made = of({ ...SMALL, window: { tokens: 256, layers: 8 } });
    expectScores(made, fused(made, 16, 256 - 256 ** 2 / 2048, 128, 128));
  });

  test('windowed layers and others are averaged', () => {
    const made = of({ ...SMALL, window: { tokens: 256, layers: 2 } });
    expectScores(made, fused(made, 16, 0.75 * 512 + 0.25 * (256 - 32), 128, 128));
  });

  test('a window longer than the sequence is none', () => {
    const made = of({ ...SMALL, window: { tokens: 1e6, layers: 8 } });
    expectScores(made, fused(made, 16, 512, 128, 128));
  });

  test('latent attention has wider queries than values', () => {
    const made = of(DEEPSEEK_V3);
    expectScores(made, fused(made, 128, 2048, 192, 128));
  });

  test.each(['unfused', 'fused-softmax'] as const)('%s kernels meet masked keys too', (attention) => {
    const made = of(SMALL, { attention }, 4, 2);
    const { gpu } = made.scope.machine;
    expectScores(
      made,
      (['forward', 'backward'] as const).map((pass) =>
        separateAttentionSeconds(gpu, attention, pass, 2 * 1024 * 4, 1024, 128, 128),
      ),
    );
  });
});

describe('element-wise work', () => {
  const expectWork = (made: ReturnType<typeof of>, width: number, layout: boolean): void => {
    const { scope, passes } = made;
    const work = added((into) => addQueryKeyWork(into, width, scope, layout));
    expect(passes.forward.memoryBound).toBeCloseTo(work.forward.memoryBound, 15);
  };

  test('is on queries, keys and values of the rank; separate kernels copy them into another layout', () => {
    expectWork(of(llama), 48 * 128, false);
    expectWork(of(llama, flash, 4), 12 * 128, false);
    expectWork(of(llama, { attention: 'unfused' }, 4), 12 * 128, true);
    expectWork(of(DEEPSEEK_V3), 128 * (192 + 192 + 128), false);
  });
});

test('a ring passes on keys and values of a rank’s tokens, with latent attention all heads’', () => {
  expect(keyValueBytes(of(llama).scope)).toBe(4096 * 2 * 8 * 128 * 2);
  expect(keyValueBytes(of(llama, flash, 4).scope)).toBe(4096 * 2 * 2 * 128 * 2);
  expect(keyValueBytes(of(DEEPSEEK_V3).scope)).toBe(4096 * 128 * (192 + 128) * 2);
});
