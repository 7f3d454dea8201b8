import { expect, test } from 'vitest';
import {
  burstShare,
  gemmSeconds,
  gemmTime,
  groupedGemmSeconds,
  groupedGemmTime,
  tilesOf,
  waveEfficiency,
  valueOrThrow,
  type Gemm,
  type GroupedGemm,
} from '#estimator';
import { gpuById } from '#catalog';

const A100 = gpuById('a100-sxm4-80gb');
const H100 = gpuById('h100-sxm5-80gb');
const B200 = gpuById('b200-sxm-180gb');
const P100 = gpuById('p100-sxm2-16gb');

const timeOf = (over: Partial<Gemm>) =>
  valueOrThrow(gemmTime({ m: 2048, n: 6144, k: 2048, format: 'bf16', gpu: A100, ...over }));
const pathsOf = (outcome: ReturnType<typeof gemmTime>) =>
  outcome.ok ? [] : outcome.issues.map((i) => `${i.path}: ${i.code}`);

test('2048 x 6144 in tiles of 128 x 256 is 384 tiles, on 108 SMs 3.56 waves, and 88.9% of four waves is work', () => {
  const { tile, tiles, waves, waveEfficiency: share, tileEfficiency } = timeOf({});
  expect(tile).toEqual({ m: 128, n: 256 });
  expect(tiles).toBe(16 * 24);
  expect(waves).toBeCloseTo(3.556, 3);
  expect(share).toBeCloseTo(0.889, 3);
  expect(tileEfficiency).toBe(1);
});

test('one tile more than a wave is nearly half wasted; a whole wave and no tiles at all waste nothing', () => {
  expect(waveEfficiency(109, 108)).toBeCloseTo(109 / 216, 12);
  expect(waveEfficiency(216, 108)).toBe(1);
  expect(waveEfficiency(0, 108)).toBe(1);
});

test('the time by hand: 3.78 waves paid for of 2048 + 128 steps along k, 128 x 256 x 2 FLOP each, at 0.82 of peak', () => {
  const perStep = (2 * 128 * 256 * 108) / (0.82 * 312e12);
  expect(gemmSeconds(2048, 6144, 2048, 'bf16', A100)).toBeCloseTo(
    (0.5 * 4 + 0.5 * (384 / 108)) * (2048 + 128) * perStep + 3e-6,
    12,
  );
});

test('a matrix times a vector is bound by memory: the weights once at 0.78 of the bandwidth', () => {
  const time = timeOf({ m: 1, n: 16_384, k: 16_384, gpu: H100 });
  expect(time.bound).toBe('memory');
  expect(time.bytes).toBe(2 * (16_384 ** 2 + 2 * 16_384));
  expect(time.seconds).toBeCloseTo(time.bytes / (0.78 * 3.35e12) + 3e-6, 12);
});

test('a small one is bound by its start, a large one by the Tensor Cores', () => {
  expect(timeOf({ m: 64, n: 64, k: 64 }).bound).toBe('latency');
  const large = timeOf({ m: 8192, n: 8192, k: 8192 });
  expect(large.bound).toBe('compute');
  expect(large.efficiency).toBeGreaterThan(0.78);
  expect(large.efficiency).toBeLessThan(0.82);
});

test('one row more than a tile costs a row of tiles', () => {
  const { tiles, tile, tileEfficiency } = timeOf({ m: 8193, n: 16_384, k: 4096 });
  expect(tiles).toBe(Math.ceil(8193 / tile.m) * Math.ceil(16_384 / tile.n));
  expect(tileEfficiency).toBeCloseTo((8193 * 16_384) / (tiles * tile.m * tile.n), 12);
  expect(tileEfficiency).toBeLessThan(1);
});

test('takes the longest of computing, power and bytes, and its start, and names what was longest', () => {
  const cool = timeOf({ m: 8192, n: 8192, k: 8192 });
  const hot = timeOf({ m: 8192, n: 8192, k: 8192, joules: 1e-11 });
  expect(cool.parts.power).toBe(0);
  // A FLOP at 10 pJ is a hundred TFLOP/s from a kilowatt.
  expect(hot.parts.power).toBeCloseTo((2 * 8192 ** 3 * 1e-11) / A100.power, 12);
  expect([cool.bound, hot.bound]).toEqual(['compute', 'power']);
  const narrow = timeOf({ m: 1, n: 8192, k: 8192, joules: 1e-12 });
  expect(narrow.bound).toBe('memory');
  for (const { parts, seconds } of [cool, hot, narrow]) {
    const { compute, power, memory, launch } = parts;
    expect(launch).toBeGreaterThan(0);
    expect(seconds).toBe(Math.max(compute, power, memory) + launch);
  }
});

test('the detail and the lean function agree, batched, grouped and at the power limit', () => {
  expect(timeOf({ m: 777, n: 555, k: 4096, batch: 7, joules: 2e-12, gpu: H100, format: 'fp8' }).seconds).toBe(
    gemmSeconds(777, 555, 4096, 'fp8', H100, 7, 2e-12),
  );
  const grouped: GroupedGemm = { groups: 32, mPerGroup: 100.5, n: 4096, k: 7168, format: 'fp8', gpu: B200 };
  for (const joules of [0, 2e-12]) {
    const outcome = groupedGemmTime(joules === 0 ? grouped : { ...grouped, joules });
    expect(outcome.ok && outcome.value.seconds).toBe(
      groupedGemmSeconds(32, 100.5, 4096, 7168, 'fp8', B200, joules),
    );
  }
});

test('groups of differing rows lose half a tile each, and share the waves', () => {
  const outcome = groupedGemmTime({
    groups: 8,
    mPerGroup: 1024,
    n: 4096,
    k: 4096,
    format: 'bf16',
    gpu: H100,
  });
  if (!outcome.ok) throw new Error('sound');
  const { tile, tiles } = outcome.value;
  expect(tiles).toBe(8 * (1024 / tile.m + 0.5) * Math.ceil(4096 / tile.n));
  const rows = 2048;
  const together = groupedGemmSeconds(8, rows / 8, 4096, 4096, 'bf16', H100);
  expect(together).toBeLessThan(8 * gemmSeconds(rows / 8, 4096, 4096, 'bf16', H100));
  expect(together).toBeGreaterThan(gemmSeconds(rows, 4096, 4096, 'bf16', H100));
});

test('a group of one row still takes a tile', () => {
  const outcome = groupedGemmTime({ groups: 64, mPerGroup: 1, n: 64, k: 64, format: 'bf16', gpu: H100 });
  expect(outcome.ok && outcome.value.tiles).toBe(64);
});

test('no work takes no time; a format that the GPU lacks never ends', () => {
  expect(gemmSeconds(0, 4096, 4096, 'bf16', A100)).toBe(0);
  expect(gemmSeconds(4096, 0, 4096, 'bf16', A100)).toBe(0);
  expect(gemmSeconds(4096, 4096, 0, 'bf16', A100)).toBe(0);
  expect(gemmSeconds(4096, 4096, 4096, 'bf16', A100, 0)).toBe(0);
  expect(groupedGemmSeconds(0, 4096, 4096, 4096, 'bf16', A100)).toBe(0);
  expect(gemmSeconds(4096, 4096, 4096, 'fp8', A100)).toBe(Infinity);
});

test('what is impossible is named', () => {
  const good: Gemm = { m: 128, n: 128, k: 128, format: 'bf16', gpu: A100 };
  expect(pathsOf(gemmTime({ ...good, m: 0, n: 1.5, k: NaN }))).toEqual([
    'm: too-small',
    'n: not-an-integer',
    'k: not-a-number',
  ]);
  expect(pathsOf(gemmTime({ ...good, format: 'fp8' }))).toEqual(['precision: format-lacking']);
  expect(pathsOf(gemmTime({ ...good, batch: 0, joules: 2 }))).toEqual([
    'batch: too-small',
    'joules: too-large',
  ]);
  const none: GroupedGemm = { groups: 0, mPerGroup: 0, n: 1, k: 1, format: 'bf16', gpu: A100 };
  expect(pathsOf(groupedGemmTime(none))).toEqual(['groups: too-small', 'mPerGroup: too-small']);
});

test('tiles come from the cheapest, which costs what it computes; the search relies on it', () => {
  for (const architecture of ['Volta', 'Ampere', 'Hopper', 'Blackwell', 'Rubin']) {
    const costs = tilesOf(architecture).map(({ cost }) => cost);
    expect(costs[0]).toBe(1);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
  }
});

test('from Hopper on tiles of 192 fill up waves that powers of two leave open', () => {
  expect(tilesOf('Ampere').some(({ n }) => n === 192)).toBe(false);
  expect(timeOf({ m: 2048, n: 1536, k: 12_288, gpu: H100 })).toMatchObject({
    tile: { m: 128, n: 192 },
    tiles: 128,
  });
});

test('where nothing was measured the share of peak is the mean of what was, to two digits', () => {
  const mean = (architectures: readonly string[], format: 'bf16' | 'fp8' | 'fp4') =>
    architectures.reduce((sum, a) => sum + burstShare(a, format), 0) / architectures.length;
  const measured = ['Ampere', 'Hopper', 'Blackwell', 'Blackwell Ultra'];
  const rounded = (share: number) => Math.round(100 * share) / 100;
  expect(burstShare('Volta', 'fp16')).toBe(rounded(mean(measured, 'bf16')));
  expect(burstShare('Ada', 'fp8')).toBe(rounded(mean(measured.slice(1), 'fp8')));
  expect(burstShare('Rubin', 'fp4')).toBe(rounded(mean(measured.slice(2), 'fp4')));
  expect(burstShare('Ampere', 'int8')).toBe(burstShare('Ada', 'fp6'));
  expect(gemmSeconds(4096, 4096, 4096, 'fp32', P100)).toBeGreaterThan((2 * 4096 ** 3) / 10.6e12);
});
