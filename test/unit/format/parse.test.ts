import { describe, expect, test } from 'vitest';
import { parseQuantity, type Unit } from '#format';

const DAY = 86_400;

function value(text: string, unit: Unit, bare?: number): number {
  const parsed = parseQuantity(text, unit, bare);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

describe('a number is read the way people write it', () => {
  test.each<[string, Unit, number]>([
    ['175B', 'size', 175e9],
    ['175 billion', 'size', 175e9],
    ['70.6B params', 'size', 70.6e9],
    ['300e9', 'token', 300e9],
    ['1.5T tokens', 'token', 1.5e12],
    ['1,024', 'GPU', 1024],
    ['1 024', 'GPU', 1024],
    ['1\u00a0024', 'GPU', 1024],
    ['1\u202f024', 'GPU', 1024],
    ["1'048'576", 'count', 1_048_576],
    ['16.4k', 'GPU', 16_400],
    ['1024 GPUs', 'GPU', 1024],
    ['50%', 'ratio', 0.5],
    ['50', 'ratio', 0.5],
    ['0.5', 'ratio', 0.5],
    ['57%', 'ratio', 0.57],
    ['312 TFLOP/s', 'FLOP/s', 312e12],
    ['312 Tflops', 'FLOP/s', 312e12],
    ['24 days', 's', 24 * DAY],
    ['2 weeks', 's', 14 * DAY],
    ['27.6s', 's', 27.6],
    ['5 µs', 's', 5e-6],
    ['5 μs', 's', 5e-6],
    ['80 GB', 'B', 80e9],
    ['80 GiB', 'B', 80 * 2 ** 30],
    ['400 GB/s', 'B/s', 400e9],
    ['144 tokens/s/GPU', 'token/s', 144],
    ['1.5k tok/s', 'token/s', 1500],
    ['400 W', 'W', 400],
    ['128 x 8', 'GPU', 1024],
    ['128 × 8 GPUs', 'GPU', 1024],
    ['3.15 × 10^23', 'FLOP', 3.15e23],
    ['3.15 x 10^23 FLOP', 'FLOP', 3.15e23],
    ['3.15\u202f×\u202f10²³ FLOP', 'FLOP', 3.15e23],
    ['2 × 10⁻⁴', 'ratio', 2e-4],
    ['~175B', 'size', 175e9],
    ['−5', 'count', -5],
    ['.5', 'count', 0.5],
    ['5.', 'count', 5],
  ])('“%s” as %s', (text, unit, expected) => {
    expect(value(text, unit)).toBe(expected);
  });
});

describe('a number without a unit counts what the field shows', () => {
  test.each([
    ['24', 24 * DAY],
    ['2 x 12', 24 * DAY],
    ['2.4 × 10^1', 24 * DAY],
    ['24 h', DAY],
    ['2.0736e6 s', 24 * DAY],
  ])('in a field of days “%s” is %d seconds', (text, seconds) => {
    expect(value(text, 's', DAY)).toBe(seconds);
  });
});

test('what a multiplication would blur in binary comes out as typed', () => {
  expect(value('1.001k', 'GPU')).toBe(1001);
  for (let percent = 2; percent <= 100; percent++) expect(value(`${percent}%`, 'ratio')).toBe(percent / 100);
});

describe('what cannot be read is answered with what to write', () => {
  test.each<[string, Unit, RegExp]>([
    ['', 'size', /^Empty: a number is needed\. Write it like 175B\.$/],
    ['  ', 's', /Write it like 24 days/],
    ['12 monkeys', 'GPU', /“12 monkeys” is not a number this field can read\. Write it like 1,024\./],
    ['5 GB', 'token', /Write it like 300B/],
    ['24 parsecs', 's', /Write it like 24 days/],
    ['50 GB', 'ratio', /Write it like 50%/],
    ['5 iB', 'B', /Write it like 80 GB/],
    ['1,02,400', 'GPU', /is not a number/],
    ['1 x 2 x 3 x 4 x 5', 'GPU', /is not a number/],
    ['5 x', 'GPU', /is not a number/],
    ['1e999', 'size', /is not a number/],
    ['5 constructor', 'size', /is not a number/],
    ['5 __proto__', 's', /is not a number/],
    ['NaN', 'count', /is not a number/],
    ['9'.repeat(61), 'count', /^Too long to be a number/],
  ])('“%s” as %s', (text, unit, message) => {
    const parsed = parseQuantity(text, unit);
    expect(parsed).toEqual({ ok: false, message: expect.stringMatching(message) as string });
  });

  test.each([
    ['0,5', '0.5'],
    ['2,75', '2.75'],
    ['0,175', '0.175'],
    ['50,5%', '50.5%'],
  ])('a decimal comma in “%s” is named, and “%s” offered', (text, better) => {
    const parsed = parseQuantity(text, 'ratio');
    expect(!parsed.ok && parsed.message).toBe(`“${text}” mixes up comma and point: write ${better}.`);
  });
});
