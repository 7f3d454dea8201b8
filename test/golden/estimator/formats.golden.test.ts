import { describe, expect, test } from 'vitest';
import {
  decode,
  effectiveBits,
  epsilon,
  fieldsOf,
  FLOAT_FORMATS,
  BLOCK_FORMATS,
  gradientFates,
  maxFinite,
  minNormal,
  minSubnormal,
  quantizeBlock,
  roundTo,
  shareBelow,
  type BlockFormatId,
  type FloatFormatId,
} from '#estimator';

describe('limits as the sources print them', () => {
  test.each<[FloatFormatId, string, number, number, number, number]>([
    ['fp64', 'IEEE 754; numpy finfo', 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324, 2.220446049250313e-16],
    ['fp32', 'IEEE 754; numpy finfo', 3.4028234663852886e38, 1.1754943508222875e-38, 1.401298464324817e-45, 1.1920928955078125e-7],
    ['tf32', 'layout of the A100 whitepaper', 3.4011621342146535e38, 1.1754943508222875e-38, 1.1479437019748901e-41, 0.0009765625],
    ['bf16', 'ml_dtypes 0.6.0 finfo', 3.3895313892515355e38, 1.1754943508222875e-38, 9.183549615799121e-41, 0.0078125],
    ['fp16', 'IEEE 754; numpy finfo', 65504, 6.103515625e-5, 5.960464477539063e-8, 0.0009765625],
    ['fp8-e5m2', 'Micikevicius 2022, table 1', 57344, 2 ** -14, 2 ** -16, 0.25],
    ['fp8-e4m3', 'Micikevicius 2022, table 1', 448, 2 ** -6, 2 ** -9, 0.125],
    ['fp6-e3m2', 'Rouhani 2023; OCP MX 1.0', 28, 0.25, 0.0625, 0.25],
    ['fp6-e2m3', 'Rouhani 2023; OCP MX 1.0', 7.5, 1, 0.125, 0.125],
    ['fp4-e2m1', 'Rouhani 2023; OCP MX 1.0', 6, 1, 0.5, 0.5],
  ])('%s (%s)', (id, _, max, normal, subnormal, step) => {
    const format = FLOAT_FORMATS[id];
    expect(maxFinite(format)).toBe(max);
    expect(minNormal(format)).toBe(normal);
    expect(minSubnormal(format)).toBe(subnormal);
    expect(epsilon(format)).toBe(step);
  });
}); // prettier-ignore

const positives = (id: FloatFormatId): number[] => {
  const format = FLOAT_FORMATS[id];
  return Array.from({ length: 2 ** (format.bits - 1) }, (_, code) => decode(format, fieldsOf(format, code)));
};

test('FP4 E2M1 has eight magnitudes (OCP MX 1.0, section 5.3.3)', () => {
  expect(positives('fp4-e2m1')).toEqual([0, 0.5, 1, 1.5, 2, 3, 4, 6]);
});

test('FP6 in both layouts has its thirty-two (OCP MX 1.0, section 5.3.2)', () => {
  expect(positives('fp6-e2m3')).toEqual([
    0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2, 2.25, 2.5,
    2.75, 3, 3.25, 3.5, 3.75, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5,
  ]); // prettier-ignore
  expect(positives('fp6-e3m2')).toEqual([
    0, 0.0625, 0.125, 0.1875, 0.25, 0.3125, 0.375, 0.4375, 0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 1.75, 2, 2.5, 3,
    3.5, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28,
  ]); // prettier-ignore
});

test('FP8: the last codes of both layouts (Micikevicius 2022, table 1)', () => {
  expect(positives('fp8-e4m3').slice(-4)).toEqual([384, 416, 448, Number.NaN]);
  expect(positives('fp8-e5m2').slice(-6)).toEqual([49152, 57344, Infinity, Number.NaN, Number.NaN, Number.NaN]);
}); // prettier-ignore

test('half of a step past the largest: E4M3 still holds 464, FP16 overflows at 65,520', () => {
  expect([464, 464.001].map((x) => roundTo(FLOAT_FORMATS['fp8-e4m3'], x))).toEqual([448, Number.NaN]);
  expect([65519.99, 65520].map((x) => roundTo(FLOAT_FORMATS.fp16, x))).toEqual([65504, Infinity]);
});

test.each<[BlockFormatId, number]>([
  ['mxfp8', 8.25],
  ['mxfp6', 6.25],
  ['mxfp4', 4.25],
  ['nvfp4', 4.5],
])('%s takes %d bits a value (Rouhani 2023; NVIDIA 2025)', (id, bits) => {
  expect(effectiveBits(BLOCK_FORMATS[id])).toBe(bits);
});

test('the MX scale is a power of two under the largest value, and clips what is left (Rouhani 2023, algorithm 1)', () => {
  // 7 = 1.75 x 2^2, so X = 2^(2 - 2) = 1, and 7 saturates at 6.
  expect(quantizeBlock(BLOCK_FORMATS.mxfp4, [7, 1, -0.3])).toMatchObject({ scale: 1, values: [6, 1, -0.5] });
  // 1,000 = 1.95 x 2^9: X = 2^(9 - 8), and 1,000 / 2 saturates at 448.
  expect(quantizeBlock(BLOCK_FORMATS.mxfp8, [1000, 3])).toMatchObject({ scale: 2, values: [896, 3] });
});

test('the NVFP4 scale puts the block’s largest value on 6 (NVIDIA 2025, appendix B)', () => {
  const block = quantizeBlock(BLOCK_FORMATS.nvfp4, [7, 1, -0.3]);
  expect(block.storedScale).toBe(448);
  expect(block.values[0]).toBeCloseTo(7, 6);
  expect(block.elements).toEqual([6, 1, -0.5]);
});

describe('gradients of the SSD detector, as a log-normal law (NVIDIA mixed-precision guide, figure 1)', () => {
  const ssd = { median: 2 ** -27.5, spread: 2.5 };
  // The guide: 66.8% of the values are zero, 4% lie in (2^-32, 2^-30), and 5.3% are non-zero in FP16.
  const nonzero = 1 - 0.668;

  test('the share between 2^-32 and 2^-30 is 4% of all, to a tenth of a point', () => {
    const share = shareBelow(ssd, 1, 2 ** -30) - shareBelow(ssd, 1, 2 ** -32);
    expect(Math.abs(share * nonzero - 0.04)).toBeLessThan(0.001);
  });
  test('the share that FP16 keeps is 5.3% of all, to a tenth of a point', () => {
    const { flushed } = gradientFates(ssd, 1, FLOAT_FORMATS.fp16);
    expect(Math.abs((1 - flushed) * nonzero - 0.053)).toBeLessThan(0.001);
  });
  test('scaling by 32K recovers all but 0.1% of what was lost, as the guide says, without overflow', () => {
    const { flushed, overflowed } = gradientFates(ssd, 2 ** 15, FLOAT_FORMATS.fp16);
    expect(flushed).toBeLessThan(0.001);
    expect(overflowed).toBeLessThan(1e-9);
  });
});
