import { expect, test } from 'vitest';
import { formatQuantity } from '#format';
import { resolvePreset } from '#scenario';
import { facts } from '../../content/chapters/counting/facts.ts';

const talk = resolvePreset('talk');
const shown = (key: keyof typeof facts, digits?: number): string =>
  formatQuantity({ ...facts[key](talk), ...(digits && { digits }) });

test.each([
  ['GPT-3 by 12Lh² (survey, chapter 3, exercise 1)', 'gptTwelve', '173.9B'],
  ['GPT-3 exactly', 'gptExact', '174.6B'],
  ['Llama 3 8B exactly (exercise 2)', 'ex8Exact', '8.03B'],
  ['Llama 3 8B by 12Lh² and one table', 'ex8Twelve', '6.97B'],
  ['its error', 'ex8TwelveOff', '−13.2%'],
  ['Llama 3 8B by 16Lh² and two tables, as ai-twinkle’s page had it', 'ex8Sixteen', '9.64B'],
  ['its error', 'ex8SixteenOff', '20.1%'],
  ['Llama 3 70B exactly', 'ex70Exact', '70.55B'],
  ['Llama 3 70B by 12Lh²', 'ex70TwelveOff', '−7.2%'],
  ['Llama 3 70B by 16Lh²', 'ex70SixteenOff', '24.7%'],
  ['FLOP of a token of GPT-3 (exercise 3)', 'gptTraining', '1.0764 TFLOP/token'],
  ['above six times 175 billion', 'exOverSix', '2.52%'],
  ['scores of Llama 3 8B at 32k over 6N, in full (exercise 4)', 'exFull', '107%'],
  ['the same, causal', 'exCausal', '53.5%'],
  ['DeepSeek-V3 by 6N (exercise 5)', 'exDeepseekSix', '222 GFLOP/token'],
  ['DeepSeek-V3, causal, without the multi-token module', 'exDeepseekCausal', '250 GFLOP/token'],
  ['what NVIDIA’s recipe implies', 'exDeepseekImplied', '260 GFLOP/token'],
  ['the folded formula on Llama 2 7B (survey, 3b, row 8: 32%)', 'bugOff', '32.2%'],
  ['KV cache of GPT-3 (appendix B)', 'gptCache', '4.72 MB'],
  ['KV cache of Llama 3 70B', 'llama70Cache', '328 kB'],
  ['KV cache of DeepSeek-V3', 'deepseekCache', '70.3 kB'],
  ['Gopher’s budget by approach 3 (Hoffmann 2022: 40B)', 'gopherThree', '40B'],
] as const)('%s is stated as printed or worked', (_, key, expected) => {
  expect(shown(key)).toBe(expected);
});

test('the table of Hoffmann’s appendix F agrees with its terms only without embedding and logits', () => {
  expect(shown('tableRatio')).toBe('1.08');
  expect(facts.tableFull().value).toBeGreaterThan(1.2);
});

test('one quotient of NVIDIA’s own table is the exact count to within its rounding', () => {
  expect(facts.exNvidiaOff(talk).value).toBeLessThan(0.0005);
});
