import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gpus } from '#catalog';
import {
  attainableRate,
  equations,
  evaluate,
  formatsOf,
  rateGrowth,
  ridgePoint,
  roofline,
  type Format,
  type Gpu,
} from '#estimator';
import { near } from './arbitraries.ts';

const card: fc.Arbitrary<{ gpu: Gpu; format: Format }> = fc
  .tuple(fc.constantFrom(...gpus), fc.nat(20))
  .map(([gpu, i]) => {
    const formats = formatsOf(gpu);
    return { gpu, format: formats[i % formats.length]! };
  });
const size = fc.integer({ min: 1, max: 20_000 });

test('no kernel is above its roof, and its roof is the formula’s', () => {
  fc.assert(
    fc.property(
      card,
      fc.constantFrom('gemm', 'attention', 'separate-attention', 'residual'),
      size,
      size,
      size,
      ({ gpu, format }, kind, m, n, k) => {
        const kernel = kind === 'gemm' ? { kind, m, n, k } : { kind, m, n };
        const found = roofline(kernel, format, gpu);
        if (!found.ok) return found.issues[0]?.path === 'precision';
        const point = found.value;
        const roof = evaluate(equations.memoryRoof, {
          intensity: point.intensity,
          bandwidth: gpu.memoryBandwidth,
        });
        const intensity = evaluate(equations.intensity, { work: point.flops, traffic: point.bytes });
        return (
          point.rate <= point.attainable * (1 + 1e-9) &&
          near(intensity, point.intensity) &&
          (point.side === 'compute' || near(roof, point.attainable))
        );
      },
    ),
    { numRuns: 3000 },
  );
});

test('the roof rises to the ridge and is flat behind it, and the ridge is the formula’s', () => {
  fc.assert(
    fc.property(card, fc.double({ min: 1e-3, max: 1, noNaN: true }), ({ gpu, format }, share) => {
      const ridge = ridgePoint(gpu, format);
      if (!ridge.ok) return false;
      const at = (intensity: number): number => {
        const rate = attainableRate(gpu, format, intensity);
        return rate.ok ? rate.value : Number.NaN;
      };
      const peak = gpu.peak[format]!;
      return (
        near(evaluate(equations.ridge, { cardPeak: peak, bandwidth: gpu.memoryBandwidth }), ridge.value) &&
        near(at(ridge.value * share), peak * share) &&
        at(ridge.value / share) === peak
      );
    }),
  );
});

test('the factors of a growth multiply to it, and there and back is one', () => {
  fc.assert(
    fc.property(card, card, fc.boolean(), (from, to, sparse) => {
      const found = rateGrowth(from, to, sparse);
      const back = rateGrowth(to, from, false);
      if (!found.ok || !back.ok) return false;
      const { sms, clock, instructions, format, sparsity, total } = found.value;
      const product = evaluate(equations.rateGrowth, {
        smGrowth: sms,
        clockGrowth: clock,
        instructionGrowth: instructions,
        formatGrowth: format,
        sparsityGrowth: sparsity,
      });
      return near(product, total) && near((total / sparsity) * back.value.total, 1);
    }),
  );
  expect(gpus.length).toBeGreaterThan(15);
});
