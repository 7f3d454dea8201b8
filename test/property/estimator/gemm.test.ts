import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatsOf,
  gemmSeconds,
  gemmTime,
  groupedGemmSeconds,
  tilesOf,
  type Format,
  type Gpu,
} from '#estimator';
import { gpuById, gpus } from '#catalog';

const size = fc.oneof(
  fc.integer({ min: 1, max: 1e6 }),
  fc.double({ min: 0, max: 6, noNaN: true }).map((exponent) => Math.round(10 ** exponent)),
  fc.integer({ min: 1, max: 256 }).map((tiles) => tiles * 64),
);
const part = fc
  .constantFrom<Gpu>(...gpus)
  .chain((gpu) => fc.record({ gpu: fc.constant(gpu), format: fc.constantFrom<Format>(...formatsOf(gpu)) }));
const shape = fc.tuple(size, size, size);

test('never faster than the peak, never faster than the bytes at full bandwidth, always finite', () => {
  fc.assert(
    fc.property(shape, part, fc.integer({ min: 1, max: 64 }), ([m, n, k], { gpu, format }, batch) => {
      const outcome = gemmTime({ m, n, k, batch, format, gpu });
      if (!outcome.ok) return false;
      const { seconds, efficiency, bytes, flops, waves, waveEfficiency, tileEfficiency } = outcome.value;
      return (
        Number.isFinite(seconds) &&
        seconds > flops / gpu.peak[format]! &&
        seconds > bytes / gpu.memoryBandwidth &&
        efficiency > 0 &&
        efficiency < 1 &&
        waves > 0 &&
        waveEfficiency > 0 &&
        waveEfficiency <= 1 &&
        tileEfficiency > 0 &&
        tileEfficiency <= 1
      );
    }),
    { numRuns: 2000 },
  );
});

test('leaving the search early finds what looking at every tile finds', () => {
  fc.assert(
    fc.property(shape, part, ([m, n, k], { gpu, format }) => {
      const outcome = gemmTime({ m, n, k, format, gpu });
      return outcome.ok && outcome.value.seconds === gemmSeconds(m, n, k, format, gpu);
    }),
    { numRuns: 2000 },
  );
});

test('more work never takes less time, along m, n, k and the batch, dense and grouped', () => {
  fc.assert(
    fc.property(
      shape,
      part,
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 64 }),
      (dims, { gpu, format }, axis, more, groups) => {
        const larger = dims.map((d, i) => (i === axis ? d + more : d)) as [number, number, number];
        return (
          gemmSeconds(...dims, format, gpu) <= gemmSeconds(...larger, format, gpu) &&
          gemmSeconds(...dims, format, gpu, groups) <= gemmSeconds(...dims, format, gpu, groups + more) &&
          groupedGemmSeconds(groups, ...dims, format, gpu) <=
            groupedGemmSeconds(groups, ...larger, format, gpu)
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test('one kernel for a batch is no slower than one each', () => {
  fc.assert(
    fc.property(shape, part, fc.integer({ min: 2, max: 64 }), ([m, n, k], { gpu, format }, batch) => {
      const together = gemmSeconds(m, n, k, format, gpu, batch);
      return together <= batch * gemmSeconds(m, n, k, format, gpu) * (1 + 1e-12);
    }),
  );
});

test('up to the next 64 rows, rows are free while computing bounds: every tile is a multiple of 64 high', () => {
  const gpu = gpuById('h100-sxm5-80gb');
  expect(tilesOf(gpu.architecture).every(({ m }) => m % 64 === 0)).toBe(true);
  const rows = fc.tuple(fc.integer({ min: 8, max: 64 }), fc.integer({ min: 0, max: 63 }));
  fc.assert(
    fc.property(rows, ([tiles, missing]) => {
      const full = gemmSeconds(tiles * 64, 8192, 8192, 'bf16', gpu);
      return gemmSeconds(tiles * 64 - missing, 8192, 8192, 'bf16', gpu) === full;
    }),
  );
});
