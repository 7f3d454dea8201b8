import { expect, test } from 'vitest';
import { gpuById } from '#catalog';
import { kernelWork, rateGrowth, ridgePoint } from '#estimator';

const ridge = (id: string): number => {
  const found = ridgePoint(gpuById(id), 'bf16');
  return found.ok ? found.value : Number.NaN;
};

test.each([
  ['a100-sxm4-80gb', 153],
  ['a800-sxm4-80gb', 153],
  ['h100-sxm5-80gb', 295],
  ['h200-sxm5-141gb', 206],
] as const)('the ridge of %s is %i FLOP/byte to the unit (survey, from the data sheets)', (id, expected) => {
  expect(Math.round(ridge(id))).toBe(expected);
});

test('the ridge of B200 is 281 at the 8 TB/s of the DGX page, and 292 at the 7.7 of NVIDIA’s own model', () => {
  const { peak, memoryBandwidth } = gpuById('b200-sxm-180gb');
  expect(Math.round((peak.bf16 ?? 0) / 8e12)).toBe(281);
  expect(memoryBandwidth).toBe(7.7e12);
  expect(Math.round(ridge('b200-sxm-180gb'))).toBe(292);
});

test('a product of 64 x 4,096 and 4,096 x 8,192 in FP16 moves 69 MB, 8.6 µs at 8 TB/s (survey, exact)', () => {
  const { bytes } = kernelWork({ kind: 'gemm', m: 64, n: 8192, k: 4096 }, 'fp16');
  expect(bytes).toBe(68_681_728);
  expect(bytes / 8e12).toBeCloseTo(8.585e-6, 9);
});

test('K20X in FP32 to H100 in FP8 with sparsity is NVIDIA’s 1,000x of 2023, within 1%', () => {
  const found = rateGrowth(
    { gpu: gpuById('k20x-pcie-6gb'), format: 'fp32' },
    { gpu: gpuById('h100-sxm5-80gb'), format: 'fp8' },
    true,
  );
  expect(found.ok && Math.abs(found.value.total / 1000 - 1)).toBeLessThan(0.01);
  expect(found.ok && found.value.perYear).toBeCloseTo(2, 1);
});
