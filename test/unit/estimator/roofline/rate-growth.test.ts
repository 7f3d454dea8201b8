import { expect, test } from 'vitest';
import { gpuById } from '#catalog';
import { rateGrowth, valueOrThrow, type Format, type RateGrowth } from '#estimator';

function growth(from: string, a: Format, to: string, b: Format, sparse = false): RateGrowth {
  return valueOrThrow(rateGrowth({ gpu: gpuById(from), format: a }, { gpu: gpuById(to), format: b }, sparse));
}

test('P100 in FP32 to H100 in FP8: the SM does sixteen times the work at equal width', () => {
  // 128 FLOP a clock and SM then (64 lanes), 8,192 now: 16 times when the four of the format are taken out.
  const found = growth('p100-sxm2-16gb', 'fp32', 'h100-sxm5-80gb', 'fp8');
  expect(found.instructions).toBeCloseTo(16, 1);
  expect(found).toMatchObject({ format: 4, sparsity: 1, sms: 132 / 56, years: 6 });
  // The Tensor Core clock of Hopper, not its highest.
  expect(found.clock).toBeCloseTo(1.83 / 1.48, 12);
});

test('sparsity is a factor of its own, and only of what Tensor Cores do', () => {
  const dense = growth('v100-sxm2-32gb', 'fp16', 'a100-sxm4-80gb', 'fp16');
  const sparse = growth('v100-sxm2-32gb', 'fp16', 'a100-sxm4-80gb', 'fp16', true);
  expect(sparse.total).toBe(2 * dense.total);
  expect(sparse.sparsity).toBe(2);
  expect(growth('p100-sxm2-16gb', 'fp32', 'a100-sxm4-80gb', 'fp32', true).sparsity).toBe(1);
  expect(growth('b200-sxm-180gb', 'fp4', 'gb300-nvl72-279gb', 'fp4', true).sparsity).toBeCloseTo(4 / 3, 2);
});

test('ordinary arithmetic runs at the card’s highest clock, Tensor Cores at theirs', () => {
  const { clock, tensorClock } = gpuById('h100-sxm5-80gb');
  expect(tensorClock).toBeLessThan(clock);
  const then = gpuById('a100-sxm4-80gb').clock;
  for (const format of ['fp32', 'fp64'] as const)
    expect(growth('a100-sxm4-80gb', format, 'h100-sxm5-80gb', format).clock).toBe(clock / then);
  for (const format of ['fp16', 'tf32'] as const)
    expect(growth('a100-sxm4-80gb', format, 'h100-sxm5-80gb', format).clock).toBe(tensorClock! / then);
});

test('half the width is a factor of two, twice the width of a half', () => {
  expect(growth('a100-sxm4-80gb', 'bf16', 'h100-sxm5-80gb', 'fp8').format).toBe(2);
  expect(growth('h100-sxm5-80gb', 'fp8', 'a100-sxm4-80gb', 'fp32').format).toBe(1 / 4);
});

test('the factors multiply to the growth, sparsity among them', () => {
  const { sms, clock, instructions, format, sparsity, total, from, to } = growth(
    'a100-sxm4-80gb',
    'bf16',
    'h100-sxm5-80gb',
    'fp8',
    true,
  );
  expect(sms * clock * instructions * format * sparsity).toBeCloseTo(total, 9);
  expect([from, to]).toEqual([312e12, 2 * gpuById('h100-sxm5-80gb').peak.fp8!]);
  expect(total).toBe(to / from);
  expect(growth('p100-sxm2-16gb', 'fp64', 'a100-sxm4-80gb', 'fp64', true).sparsity).toBe(1);
});

test('two cards of one year have no yearly growth', () => {
  expect(growth('p100-pcie-16gb', 'fp16', 'p100-sxm2-16gb', 'fp16')).toMatchObject({ years: 0, perYear: 1 });
  expect(growth('p100-sxm2-16gb', 'fp16', 'v100-sxm2-16gb', 'fp16').perYear).toBeCloseTo(125 / 21.2, 9);
});

test('a card without the format is named by its side', () => {
  const a100 = { gpu: gpuById('a100-sxm4-80gb'), format: 'fp8' } as const;
  const h100 = { gpu: gpuById('h100-sxm5-80gb'), format: 'fp8' } as const;
  expect(rateGrowth(a100, h100, false)).toMatchObject({ ok: false, issues: [{ path: 'from' }] });
  expect(rateGrowth(h100, a100, false)).toMatchObject({ ok: false, issues: [{ path: 'to' }] });
});
