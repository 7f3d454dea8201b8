import { describe, expect, test } from 'vitest';
import { countParameters, modelFromConfig, valueOrThrow, type Model } from '#estimator';
import { DEEPSEEK_V3, gpt, MIXTRAL } from '../../unit/estimator/shapes.ts';
import { PUBLISHED_COUNTS } from './published-counts.ts';

describe('a published config.json gives the exact parameter count published for it (tolerance: none)', () => {
  test.each(PUBLISHED_COUNTS)(
    '$name: $parameters parameters, huggingface.co/$hub',
    ({ config, parameters }) => {
      const model = valueOrThrow(modelFromConfig(JSON.stringify(config)));
      expect(countParameters(model).total).toBe(parameters);
    },
  );
});

describe('active parameters of mixtures of experts', () => {
  test('Mixtral 8x7B: 12.9B of 46.7B, Jiang 2024 (arXiv 2401.04088), section 2 (tolerance: rounding)', () => {
    expect(countParameters(MIXTRAL).active / 1e9).toBeCloseTo(12.9, 1);
  });
  test('DeepSeek-V3: 37B of 671B, DeepSeek-AI 2024 (arXiv 2412.19437), abstract (tolerance: 2%)', () => {
    const { active } = countParameters(DEEPSEEK_V3);
    expect(Math.abs(active / 37e9 - 1)).toBeLessThan(0.02);
  });
  test('DeepSeek-V3: 256 experts of 3 x 7168 x 2048 in 58 layers hold 654B, same source, section 4.2 (tolerance: rounding)', () => {
    expect(countParameters(DEEPSEEK_V3).parts.experts / 1e9).toBeCloseTo(653.9, 1);
  });
});

describe('GPT-3 family against its nominal sizes, Brown 2020 (arXiv 2005.14165), Table 2.1', () => {
  const vocab = 50_257;
  const rows: [string, number, Model][] = [
    ['125M', 125e6, gpt(12, 768, 12, { vocab })],
    ['350M', 350e6, gpt(24, 1024, 16, { vocab })],
    ['760M', 760e6, gpt(24, 1536, 16, { vocab })],
    ['1.3B', 1.3e9, gpt(24, 2048, 16, { vocab })],
    ['2.7B', 2.7e9, gpt(32, 2560, 32, { vocab })],
    ['6.7B', 6.7e9, gpt(32, 4096, 32, { vocab })],
    ['13B', 13e9, gpt(40, 5120, 40, { vocab })],
    ['175B', 175e9, gpt(96, 12_288, 96, { vocab })],
  ];
  test.each(rows)('%s (tolerance: 2%)', (_, nominal, model) => {
    expect(Math.abs(countParameters(model).total / nominal - 1)).toBeLessThan(0.02);
  });
});

describe('Megatron’s models against equation 2, Narayanan 2021 (arXiv 2104.04473), which leaves out the last norm', () => {
  const sizes: [string, number, number, number][] = [
    ['1.7B', 24, 2304, 24],
    ['18.4B', 40, 6144, 48],
    ['145.6B', 80, 12_288, 96],
    ['1008.0B', 128, 25_600, 160],
  ];
  test.each(sizes)(
    '%s: 12lh²(1 + 13/12h + (V+s)/12lh), plus 2h (tolerance: none)',
    (printed, l, h, heads) => {
      const count = countParameters(gpt(l, h, heads)).total;
      const equation2 = 12 * l * h ** 2 + 13 * l * h + (51_200 + 2048) * h;
      expect(count - equation2).toBe(2 * h);
      expect(count / 1e9).toBeCloseTo(Number.parseFloat(printed), 1);
    },
  );
});
