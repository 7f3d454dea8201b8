/**
 * Measured GEMMs (content/data/measured/gemm.json: NVIDIA AIConfigurator, Apache-2.0) against the estimate. Constants
 * were fitted on the rows of even place in each table; everything here looks at the rows of odd place.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gemmSeconds, type Format, type Gpu } from '#estimator';
import { gpuById } from '#catalog';
import { keys } from '#catalog/bibliography.ts';

interface Measured {
  readonly source: string;
  readonly license: string;
  readonly m: readonly number[];
  readonly tables: readonly {
    readonly gpu: string;
    readonly format: Format;
    readonly rows: readonly (readonly [n: number, k: number, seconds: readonly number[]])[];
  }[];
  readonly best: readonly {
    readonly gpu: string;
    readonly format: Format;
    readonly m: number;
    readonly n: number;
    readonly k: number;
    readonly rate: number;
  }[];
}

const measured = JSON.parse(readFileSync('content/data/measured/gemm.json', 'utf8')) as Measured;

/**
 * What the FP8 and FP4 rows time besides the GEMM: kernels that find the scale of the activations and quantise them.
 * Starting them takes 9.2 µs on Hopper and 12.6 µs on Blackwell; they move 5 bytes a value on paper (16 bits read
 * twice, 8 written), 8 by the time it takes. Fitted with the GEMM, on the same half of the rows.
 */
const QUANTISE_START: Readonly<Record<string, number>> = { Hopper: 9.2e-6, Blackwell: 12.6e-6, 'Blackwell Ultra': 12.6e-6 }; // prettier-ignore
const QUANTISE_BYTES = 8;

function layerSeconds(m: number, n: number, k: number, format: Format, gpu: Gpu): number {
  const gemm = gemmSeconds(m, n, k, format, gpu);
  if (format === 'bf16') return gemm;
  return gemm + QUANTISE_START[gpu.architecture]! + (m * k * QUANTISE_BYTES) / gpu.memoryBandwidth;
}

interface Row {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly error: number;
}

const tables = measured.tables.map(({ gpu: id, format, rows }) => {
  const gpu = gpuById(id);
  const all = rows.flatMap(([n, k, seconds]) =>
    seconds.map((time, i) => ({ m: measured.m[i]!, n, k, time })),
  );
  const errors = all
    .filter((_, place) => place % 2 === 1)
    .map(({ m, n, k, time }): Row => ({ m, n, k, error: layerSeconds(m, n, k, format, gpu) / time - 1 }));
  return { name: `${id} ${format}`, rows: errors, count: all.length };
});

const quantile = (rows: readonly Row[], share: number): number => {
  const sorted = rows.map(({ error }) => Math.abs(error)).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
};
const big = ({ m, n, k }: Row): boolean => Math.min(m, n, k) >= 2048;

test('all 1614 rows of seven tables are there, with source and licence', () => {
  expect(tables.reduce((sum, { count }) => sum + count, 0)).toBe(1614);
  expect(keys()).toContain(measured.source);
  expect(measured.license).toBe('Apache-2.0');
});

describe('held-out rows of NVIDIA AIConfigurator’s measured GEMMs, |error| of the time', () => {
  // Tolerances in percent: median and 90th percentile for m, n, k >= 2048, for m >= 512, and for all rows from m = 1.
  const stated: Readonly<Record<string, readonly number[]>> = {
    'a100-sxm4-80gb bf16': [2, 7, 3, 12, 5, 20],
    'h100-sxm5-80gb bf16': [3, 11, 3, 11, 4, 11],
    'h100-sxm5-80gb fp8': [4, 8, 4, 10, 3, 10],
    'h200-sxm5-141gb bf16': [5, 12, 4, 10, 5, 12],
    'h200-sxm5-141gb fp8': [3, 7, 3, 9, 3, 9],
    'b200-sxm-180gb bf16': [6, 16, 6, 16, 7, 19],
    'b200-sxm-180gb fp8': [4, 12, 4, 11, 5, 12],
  };
  test.for(tables.map((table) => [table.name, stated[table.name], table.rows] as const))(
    '%s: at most %s %%',
    ([, limits, rows]) => {
      const found = [rows.filter(big), rows.filter(({ m }) => m >= 512), rows].flatMap((some) => [
        100 * quantile(some, 0.5),
        100 * quantile(some, 0.9),
      ]);
      expect(limits).toHaveLength(6);
      found.forEach((percent, i) => expect(percent, String(found)).toBeLessThanOrEqual(limits![i]!));
    },
  );

  test('together: median 4%, 90th percentile 12% for m >= 512; no table is off by more than 3% on the whole (big shapes)', () => {
    const rows = tables.flatMap((table) => table.rows).filter(({ m }) => m >= 512);
    expect(quantile(rows, 0.5)).toBeLessThanOrEqual(0.04);
    expect(quantile(rows, 0.9)).toBeLessThanOrEqual(0.12);
    for (const table of tables) {
      const signed = table.rows.filter(big).map(({ error }) => error);
      const middle = signed.sort((a, b) => a - b)[Math.floor(signed.length / 2)]!;
      expect(Math.abs(middle), table.name).toBeLessThanOrEqual(0.03);
    }
  });
});

test.for(measured.best.map((best) => [`${best.gpu} ${best.format}`, best] as const))(
  '%s: the fastest of 35,700 shapes is at most a fifth faster than the estimate, and never slower (same source)',
  ([, { gpu, format, m, n, k, rate }]) => {
    const estimate = (2 * m * n * k) / layerSeconds(m, n, k, format, gpuById(gpu));
    expect(estimate / rate).toBeLessThanOrEqual(1);
    expect(estimate / rate).toBeGreaterThanOrEqual(5 / 6);
  },
);
