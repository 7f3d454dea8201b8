import { describe, expect, test } from 'vitest';
import { gemmSeconds, groupedGemmSeconds } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { addGroupedLinear, addLinear } from '../../../../src/estimator/step/linear.ts';
import { added, onHopper, scopeWith, small } from './made.ts';

const ROWS = 1024;
const INNER = 2048;
const WIDTH = 6144;
const EXPERTS = 4;

const wide = scopeWith({ accumulateBytes: 0 });
const narrow = scopeWith({ accumulateBytes: 0 }, onHopper({ precision: 'fp8' }));
const summing = scopeWith({ accumulateBytes: 6 });

const linear = ({ machine, rules } = wide) =>
  added((passes) => addLinear(passes, ROWS, INNER, WIDTH, machine, rules));
const grouped = ({ machine, rules } = wide) =>
  added((passes) => addGroupedLinear(passes, EXPERTS, ROWS, INNER, WIDTH, machine, rules));

const product = ({ machine }: typeof wide, m: number, n: number, k: number, batch = 1) =>
  gemmSeconds(m, n, k, machine.format, machine.gpu, batch, machine.joules);

describe('a linear layer', () => {
  test('is one matrix product forward and two backward, at the power limit', () => {
    const { forward, backward } = linear();
    expect(forward.gemm).toBe(product(wide, ROWS, WIDTH, INNER));
    expect(backward.gemm).toBe(product(wide, ROWS, INNER, WIDTH) + product(wide, WIDTH, INNER, ROWS));
    expect(forward.memoryBound + backward.memoryBound).toBe(0);
  });

  test('its weight’s gradient is the product that has the tokens inside', () => {
    expect(linear().weightGradient).toBe(product(wide, WIDTH, INNER, ROWS));
  });

  test('adds a micro-batch’s gradient to the sum in the backward pass', () => {
    const sum = (6 * WIDTH * INNER) / summing.machine.streaming;
    const { forward, backward, weightGradient } = linear(summing);
    expect(forward.memoryBound).toBe(0);
    expect(backward.memoryBound).toBeCloseTo(sum, 15);
    expect(weightGradient).toBeCloseTo(product(summing, WIDTH, INNER, ROWS) + sum, 15);
  });

  test('in 8 bits casts its input forward and its output’s gradient backward, each with a kernel’s gap', () => {
    const { forward, backward } = linear(narrow);
    const { streaming } = narrow.machine;
    expect(forward.memoryBound).toBeCloseTo(
      (ROWS * INNER * STEP.castForward) / streaming + STEP.kernelGap,
      15,
    );
    expect(backward.memoryBound).toBeCloseTo(
      (ROWS * WIDTH * STEP.castBackward) / streaming + STEP.kernelGap,
      15,
    );
  });

  test('in 8 bits multiplies faster than in 16', () => {
    expect(linear(narrow).forward.gemm).toBeLessThan(linear(scopeWith({}, onHopper())).forward.gemm);
  });

  test('adds to what is there', () => {
    const { machine, rules } = wide;
    const twice = added((passes) => {
      addLinear(passes, ROWS, INNER, WIDTH, machine, rules);
      addLinear(passes, ROWS, INNER, WIDTH, machine, rules);
    });
    expect(twice.forward.gemm).toBe(2 * linear().forward.gemm);
    expect(twice.backward.gemm).toBe(2 * linear().backward.gemm);
    expect(twice.weightGradient).toBe(2 * linear().weightGradient);
  });
});

describe('the experts’ linear layers', () => {
  const together = ({ machine }: typeof wide, n: number, k: number) =>
    groupedGemmSeconds(EXPERTS, ROWS, n, k, machine.format, machine.gpu, machine.joules);

  test('are grouped matrix products; gradients of weights are a batch', () => {
    const { forward, backward, weightGradient } = grouped();
    expect(forward.gemm).toBe(together(wide, WIDTH, INNER));
    expect(weightGradient).toBe(product(wide, WIDTH, INNER, ROWS, EXPERTS));
    expect(backward.gemm).toBe(together(wide, INNER, WIDTH) + product(wide, WIDTH, INNER, ROWS, EXPERTS));
  });

  test('sum and cast for all of them', () => {
    const { backward } = grouped(summing);
    expect(backward.memoryBound).toBeCloseTo((6 * EXPERTS * WIDTH * INNER) / summing.machine.streaming, 15);
    expect(grouped(summing).weightGradient - grouped().weightGradient).toBeCloseTo(backward.memoryBound, 15);
    const cast = grouped(narrow);
    const { streaming } = narrow.machine;
    const gap = STEP.kernelGap;
    expect(cast.forward.memoryBound - gap).toBeCloseTo(
      (EXPERTS * ROWS * INNER * STEP.castForward) / streaming,
      15,
    );
    expect(cast.backward.memoryBound - gap).toBeCloseTo(
      (EXPERTS * ROWS * WIDTH * STEP.castBackward) / streaming,
      15,
    );
  });
});

test('nothing is cast in 16 bits', () => {
  expect(small().precision).toBe('bf16');
  expect(linear().forward.memoryBound).toBe(0);
});
