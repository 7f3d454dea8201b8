import { describe, expect, test } from 'vitest';
import { formatQuantity, powerText, scientific, short, whole, type Quantity, type Unit } from '#format';

const DAY = 86_400;
/** A thin space, as printed around the × of a power of ten. */
const power = (text: string): string => text.replace(' × ', '\u202f×\u202f');

describe('a quantity is shown with the prefix and the words of its unit', () => {
  test.each<[Unit, number, string]>([
    ['s', 22.78 * DAY, '22.8 days'],
    ['FLOP', 3.15e23, '3.15 × 10²³ FLOP'],
    ['FLOP', 312e9, '312 GFLOP'],
    ['FLOP/s', 312e12, '312 TFLOP/s'],
    ['FLOP/token', 1.076e12, '1.08 TFLOP/token'],
    ['FLOP/byte', 153.4, '153 FLOP/byte'],
    ['B', 80e9, '80 GB'],
    ['B/s', 400e9, '400 GB/s'],
    ['W', 400, '400 W'],
    ['Hz', 1.41e9, '1.41 GHz'],
    ['J', 3.6e9, '1 MWh'],
    ['GPU', 16_384, '16,384'],
    ['GPU·s', 561_408 * 3600, '561,000 GPU-hours'],
    ['token', 300e9, '300B'],
    ['token/s', 151_691, '152,000 tokens/s'],
    ['ratio', 0.4866, '48.7%'],
    ['count', 2048, '2,048'],
    ['size', 175e9, '175B'],
    ['factor', 1.333, '1.33×'],
    ['year', 2023, '2023'],
    ['real', 0, '0'],
    ['real', 0.125, '0.125'],
    ['real', 65_504, '65,500'],
    ['real', 5.96e-8, '5.96 × 10⁻⁸'],
    ['real', -3.4e38, '−3.4 × 10³⁸'],
  ])('%s: %d is “%s”', (unit, value, text) => {
    expect(formatQuantity({ value, unit })).toBe(power(text));
  });
});

describe('a duration takes the unit that a person would', () => {
  test.each([
    [0, '0 s'],
    [2e-10, '2 × 10⁻¹⁰ s'],
    [1.5e-9, '1.5 ns'],
    [2.5e-6, '2.5 µs'],
    [0.0275, '27.5 ms'],
    [27.648, '27.6 s'],
    [119.4, '119 s'],
    [120, '2 minutes'],
    [2 * 3600, '2 hours'],
    [2 * DAY, '2 days'],
    [400 * DAY, '400 days'],
    [12 * 365.25 * DAY, '12 years'],
    [3e9 * 365.25 * DAY, '3 × 10⁹ years'],
  ])('%d s is “%s”', (value, text) => {
    expect(formatQuantity({ value, unit: 's' })).toBe(power(text));
  });
});

describe('a value that rounds up to a prefix gets it', () => {
  test.each<[Unit, number, string]>([
    ['B', 999.96e9, '1 TB'],
    ['B', 999.4e9, '999 GB'],
    ['FLOP/s', 999_960, '1 MFLOP/s'],
    ['FLOP', 999.96e12, '1 × 10¹⁵ FLOP'],
    ['FLOP', 999e12, '999 TFLOP'],
    ['token/s', 999_960, '1M tokens/s'],
    ['token', 999.96e9, '1T'],
    ['size', 999_960, '1M'],
    ['s', 119.96, '2 minutes'],
    ['s', 0.99996, '1 s'],
  ])('%s: %d is “%s”', (unit, value, text) => {
    expect(formatQuantity({ value, unit })).toBe(power(text));
  });
});

describe('what is too small, too large or below zero stays readable', () => {
  test.each<[Quantity, string]>([
    [{ value: 3e-5, unit: 'B' }, '3 × 10⁻⁵ B'],
    [{ value: 2e25, unit: 'FLOP/s' }, '2 × 10²⁵ FLOP/s'],
    [{ value: 2e18, unit: 'token' }, '2 × 10¹⁸'],
    [{ value: 2e15, unit: 'GPU' }, '2 × 10¹⁵'],
    [{ value: -5.5 * DAY, unit: 's' }, '−5.5 days'],
    [{ value: -1024, unit: 'GPU' }, '−1,024'],
    [{ value: -0.4, unit: 'GPU' }, '0'],
    [{ value: -0, unit: 'ratio' }, '0%'],
  ])('%o is “%s”', (quantity, text) => {
    expect(formatQuantity(quantity)).toBe(power(text));
  });
});

test.each<[Quantity['as'], Unit, number, string]>([
  ['days', 's', DAY, '1 day'],
  ['hours', 's', 36 * 3600, '36 hours'],
  ['minutes', 's', 3600, '60 minutes'],
  ['seconds', 's', 90, '90 s'],
  ['GiB', 'B', 80 * 2 ** 30, '80 GiB'],
  ['GB', 'B', 1.5e12, '1,500 GB'],
  ['TB', 'B', 3.15e12, '3.15 TB'],
  ['PFLOP/s-days', 'FLOP', 3640e15 * DAY, '3,640 PFLOP/s-days'],
  ['GPU-hours', 'GPU·s', 7200, '2 GPU-hours'],
  ['number', 'factor', 2800, '2,800'],
])('shown as %s, the unit of the sentence wins', (as, unit, value, text) => {
  expect(formatQuantity({ value, unit, ...(as && { as }) })).toBe(text);
});

test('digits are significant digits, and 3 unless asked', () => {
  expect(formatQuantity({ value: 23.4567 * DAY, unit: 's', digits: 5 })).toBe('23.457 days');
  expect(formatQuantity({ value: 989.44e12, unit: 'FLOP/s', digits: 4 })).toBe('989.4 TFLOP/s');
  expect(scientific(3.1499e23, 4)).toBe(power('3.15 × 10²³'));
});

test('counts below a million are written out, to the last one', () => {
  expect(short(51_200)).toBe('51,200');
  expect(short(123_456)).toBe('123,456');
  expect(whole(1023.6)).toBe('1,024');
});

test('a power of ten is cut at its exponent, whatever stands around it', () => {
  const cut = (value: number, unit: Unit) => powerText(formatQuantity({ value, unit }));
  expect(cut(3.15e23, 'FLOP')).toEqual({ before: power('3.15 × ') + '10', exponent: '23', after: ' FLOP' });
  expect(cut(-5.96e-8, 'real')).toEqual({ before: power('−5.96 × ') + '10', exponent: '−8', after: '' });
  expect(cut(1_048_576, 'real')?.exponent).toBe('6');
  for (const value of [0, 10, 110, 0.125, -65_504]) expect(cut(value, 'real')).toBeNull();
  expect(powerText('2¹⁰ steps')).toBeNull();
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [65_536, '64 KiB'],
  [2 ** 28, '256 MiB'],
  [1.5 * 2 ** 30, '1.5 GiB'],
  [2 ** 50, '1,024 TiB'],
])('a message of %d bytes is written in powers of 1,024: %s', (value, expected) => {
  expect(formatQuantity({ value, unit: 'B', as: 'binary', digits: 4 })).toBe(expected);
});
