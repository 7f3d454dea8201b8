import { describe, expect, test } from 'vitest';
import { cacheBytesPerToken, countParameters, modelTensors, ruleErrors, type Model } from '#estimator';
import { DEEPSEEK_V3, GPT3, LLAMA3_8B } from '../../unit/estimator/shapes.ts';

const LLAMA3_70B: Model = { ...LLAMA3_8B, layers: 80, hidden: 8192, heads: 64, ffn: 28_672 };
const LLAMA3_405B: Model = { ...LLAMA3_8B, layers: 126, hidden: 16_384, heads: 128, ffn: 53_248 };

test.each<[string, Model, number]>([
  ['GPT-3 175B', GPT3, 4_718_592],
  ['Llama 3 70B', LLAMA3_70B, 327_680],
  ['Llama 3 8B', LLAMA3_8B, 131_072],
  ['Llama 3 405B', LLAMA3_405B, 516_096],
  ['DeepSeek-V3, latent attention', DEEPSEEK_V3, 70_272],
])('KV cache of %s in 16 bits is %d bytes a token (survey, appendix B; exact)', (_, model, bytes) => {
  expect(cacheBytesPerToken(model)).toBe(bytes);
  expect(modelTensors(model).cache).toBe(bytes);
});

test.each<[string, Model, number]>([
  ['Llama 3 8B', LLAMA3_8B, 8_030_261_248],
  ['Llama 3 70B', LLAMA3_70B, 70_553_706_496],
  ['Llama 3 405B', LLAMA3_405B, 405_853_388_800],
])('the tensors of %s sum to %d parameters (released weights; exact)', (_, model, total) => {
  expect(modelTensors(model).parameters).toBe(total);
});

test('GPT-3: a layer keeps sbh(34 + 5as/h) bytes (Korthikanti 2022, equation 2; exact)', () => {
  const { hidden, heads, sequence, layers } = GPT3;
  const taken = modelTensors(GPT3, { framework: 'megatron-2022', fusedAttention: false });
  const group = taken.groups.find(({ id }) => id === 'dense');
  expect(group?.activations).toBeCloseTo(layers * hidden * (34 + (5 * heads * sequence) / hidden), 3);
  const selective = modelTensors(GPT3, {
    framework: 'megatron-2022',
    fusedAttention: false,
    recompute: 'selective',
  });
  expect(selective.groups.find(({ id }) => id === 'dense')?.activations).toBeCloseTo(layers * hidden * 34, 3);
  const full = modelTensors(GPT3, { recompute: 'full' });
  expect(full.groups.find(({ id }) => id === 'dense')?.activations).toBeCloseTo(layers * hidden * 2, 3);
});

describe('rules of thumb (survey, chapter 3, exercises 1 and 2; tolerance: the digits printed)', () => {
  const rule = (model: Model, id: string) => ruleErrors(model).find((row) => row.rule.id === id)!;

  test('GPT-3: 12Lh² is 173.9B, the exact count 174.6B', () => {
    expect(rule(GPT3, '12lh2').value / 1e9).toBeCloseTo(173.9, 1);
    expect(rule(GPT3, '12lh2').exact / 1e9).toBeCloseTo(174.6, 1);
  });

  test('GPT-3: its FLOPs are 2.5% above six times 175 billion, 2.7% below by the exact parameters', () => {
    expect(rule(GPT3, '6n').exact / (6 * 175e9) - 1).toBeCloseTo(0.025, 3);
    expect(rule(GPT3, '6n').error).toBeCloseTo(-0.027, 3);
    expect(rule(GPT3, '6n').largest).toBe('scores');
    expect(Math.abs(rule(GPT3, 'megatron-f').error)).toBeLessThan(1e-12);
  });

  test.each<[string, Model, number, number]>([
    ['8B', LLAMA3_8B, -13.2, 20.1],
    ['70B', LLAMA3_70B, -7.2, 24.7],
  ])('Llama 3 %s: 12Lh² with one table %d%, 16Lh² with two %d%', (_, model, twelve, sixteen) => {
    const { total, parts } = countParameters(model);
    const one = rule(model, '12lh2').value + parts.embedding;
    const two = rule(model, '16lh2').value + parts.embedding + parts.output;
    expect(100 * (one / total - 1)).toBeCloseTo(twelve, 1);
    expect(100 * (two / total - 1)).toBeCloseTo(sixteen, 1);
    expect(rule(model, '12lh2').largest).toBe('mlp');
  });

  test('Llama 2 7B: the patch 24 to 32 of Megatron’s formula over-counts by a third (survey, section 3b, row 8)', () => {
    const llama2: Model = { ...LLAMA3_8B, kvHeads: 32, ffn: 11_008, vocab: 32_000, sequence: 4096 };
    const patched =
      (rule(llama2, 'megatron-f').value - 6 * 4096 * 32_000 - 12 * 32 * 4096 * 4096) * (32 / 24);
    const exact = rule(llama2, 'megatron-f').exact - 6 * 4096 * 32_000 - 12 * 32 * 4096 * 4096;
    expect(patched / exact - 1).toBeCloseTo(0.327, 2);
  });
});
