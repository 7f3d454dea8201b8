import { describe, expect, test } from 'vitest';
import {
  countParameters,
  hardwareFlops,
  hfu,
  megatronFlops,
  megatronHardwareFlops,
  mfu,
  modelFlops,
  sixNd,
  type Model,
} from '#estimator';
import { DEEPSEEK_V3, GPT3, gpt, LLAMA3_8B } from '../../unit/estimator/shapes.ts';

const within = (value: number, printed: number, tolerance: number): void =>
  expect(Math.abs(value / printed - 1)).toBeLessThanOrEqual(tolerance);

test('GPT-3, s 2048, V 51,200: 1.07644e12 FLOP a token, exact and by Korthikanti 2022, equation 7 (tolerance: rounding)', () => {
  expect(modelFlops(GPT3).total / 1e12).toBeCloseTo(1.07644, 5);
  expect(megatronFlops(GPT3) / 1e12).toBeCloseTo(1.07644, 5);
});

test('GPT-3: NVIDIA’s NeMo 25.02 table divides 932 TFLOP/s by 866 tokens/s (tolerance: 0.05%)', () => {
  within(modelFlops(GPT3).total, 932e12 / 866, 0.0005);
});

test('DeepSeek-V3, s 4096: NVIDIA’s DGX Cloud tables imply 250 GFLOP a token, causal, without the multi-token module (tolerance: 0.5%)', () => {
  within(modelFlops(DEEPSEEK_V3, { causal: true }).total, 250e9, 0.005);
});

test('Llama 3 8B at 32k: attention adds 107% to 6N in full, 53% causal, survey chapter 3, exercise 4 (tolerance: 1 point)', () => {
  const rule = sixNd(countParameters(LLAMA3_8B).total, 1);
  const added = (causal: boolean) =>
    (3 * modelFlops(LLAMA3_8B, { sequence: 32_768, causal }).forward.attentionScores) / rule;
  expect(added(false)).toBeCloseTo(1.07, 2);
  expect(added(true)).toBeCloseTo(0.535, 2);
});

describe('Korthikanti 2022 (arXiv 2205.05198), Table 5: utilisation on A100 at 312 TFLOP/s', () => {
  const rows: [string, Model, number, number, number, number, number][] = [
    ['22B', gpt(48, 6144, 64), 1.1, 8, 4, 41.5, 43.7],
    ['175B', GPT3, 13.75, 64, 64, 51.4, 52.8],
    ['530B', gpt(105, 20_480, 128), 37.83, 280, 280, 56.0, 57.0],
    ['1T', gpt(128, 25_600, 160), 71.49, 512, 512, 56.3, 57.0],
  ];
  const throughput = (seconds: number, gpus: number, batch: number) => ({
    tokensPerSecond: (batch * 2048) / seconds,
    peak: 312e12,
    gpus,
  });

  test.each(rows)('%s: MFU as printed (tolerance: 0.2 points)', (_, model, seconds, gpus, batch, printed) => {
    const value = mfu({ modelFlopsPerToken: modelFlops(model).total, ...throughput(seconds, gpus, batch) });
    expect(Math.abs(100 * value - printed)).toBeLessThan(0.2);
  });

  test.each(rows)(
    '%s: HFU as printed comes from the printed equation 8 (tolerance: 0.2 points)',
    (_, model, seconds, gpus, batch, _mfu, printed) => {
      const hardwareFlopsPerToken = megatronHardwareFlops(model, 'selective');
      const value = hfu({ hardwareFlopsPerToken, ...throughput(seconds, gpus, batch) });
      expect(Math.abs(100 * value - printed)).toBeLessThan(0.2);
    },
  );

  test('175B: counting the one forward pass of scores that is run again gives 51.8, Megatron-LM issue 523 (tolerance: 0.1 points)', () => {
    const hardwareFlopsPerToken = hardwareFlops(GPT3, { recompute: 'selective' }).total;
    const value = hfu({ hardwareFlopsPerToken, ...throughput(13.75, 64, 64) });
    expect(Math.abs(100 * value - 51.8)).toBeLessThan(0.1);
  });

  test('175B, full recomputation, 18.13 s: MFU 39.0, HFU 51.9 (tolerance: 0.1 points)', () => {
    const run = throughput(18.13, 64, 64);
    const model = mfu({ modelFlopsPerToken: modelFlops(GPT3).total, ...run });
    const hardware = hfu({ hardwareFlopsPerToken: hardwareFlops(GPT3, { recompute: 'full' }).total, ...run });
    expect(Math.abs(100 * model - 39.0)).toBeLessThan(0.1);
    expect(Math.abs(100 * hardware - 51.9)).toBeLessThan(0.1);
  });
});

test('MFU against a sparse peak: 420 TFLOP/s on an H200 is 42.4%, or 21.2% of 1,979, Megatron-LM issue 1565 (tolerance: 0.1 points)', () => {
  const run = { modelFlopsPerToken: 1e12, tokensPerSecond: 420, gpus: 1 };
  expect(100 * mfu({ ...run, peak: 989.5e12 })).toBeCloseTo(42.4, 1);
  expect(100 * mfu({ ...run, peak: 1979e12 })).toBeCloseTo(21.2, 1);
});
