import { describe, expect, test } from 'vitest';
import {
  binades,
  binary,
  codeOf,
  decode,
  encode,
  fieldsOf,
  FLOAT_FORMAT_IDS,
  FLOAT_FORMATS,
  maxFinite,
  roundTo,
  type FloatFormat,
} from '#estimator';

const formats = FLOAT_FORMAT_IDS.map((id) => FLOAT_FORMATS[id]);
const small = formats.filter(({ bits }) => bits <= 16);
const all = (format: FloatFormat): number[] =>
  Array.from({ length: 2 ** format.bits }, (_, code) => decode(format, fieldsOf(format, code)));

describe.each(small.map((f) => [f.name, f] as const))('every code of %s', (_, format) => {
  const values = all(format);
  const codeIn = (value: number): number => {
    const fields = encode(format, value);
    if (!fields) throw new Error(`${format.name} has no code for ${value}.`);
    return codeOf(format, fields);
  };

  test('encodes back to itself, but for NaNs, which come back as one', () => {
    const wrong = values.flatMap((value, code) =>
      Number.isNaN(value) || codeIn(value) === code ? [] : [`${code}: ${value} to ${codeIn(value)}`],
    );
    expect(wrong).toEqual([]);
    const nans = values.filter(Number.isNaN).length;
    const expected = { ieee: 2 * (2 ** format.fractionBits - 1), 'one-nan': 2, none: 0 };
    expect(nans).toBe(expected[format.specials]);
    if (nans > 0) expect(decode(format, encode(format, Number.NaN)!)).toBeNaN();
  });

  test('rises with its code, and a value halfway to the next goes to the even code', () => {
    const finite = values.slice(0, 2 ** (format.bits - 1)).filter(Number.isFinite);
    const wrong = finite.slice(0, -1).flatMap((low, code) => {
      const high = finite[code + 1] ?? Number.NaN;
      const middle = low / 2 + high / 2;
      const even = code % 2 === 0 ? code : code + 1;
      const right =
        low < high &&
        codeIn(middle) === even &&
        codeIn(middle * (1 - 1e-12)) === code &&
        codeIn(middle * (1 + 1e-12)) === code + 1 &&
        codeIn(-middle) === even + 2 ** (format.bits - 1);
      return right ? [] : [`${low} and ${high}`];
    });
    expect(wrong).toEqual([]);
  });
});

test('FP16 and FP32 agree with the engine’s own rounding', () => {
  // Node 24 reads and rounds half precision by itself; TypeScript does not know it yet.
  interface Halves extends DataView {
    readonly getFloat16: (at: number) => number;
  }
  const halves = new DataView(new ArrayBuffer(2)) as Halves;
  for (let code = 0; code < 65_536; code++) {
    halves.setUint16(0, code);
    const own = decode(FLOAT_FORMATS.fp16, fieldsOf(FLOAT_FORMATS.fp16, code));
    if (!Object.is(own, halves.getFloat16(0))) throw new Error(`code ${code}`);
  }
  const engine = Math as unknown as { readonly f16round: (value: number) => number };
  for (let i = -1100; i < 1100; i++) {
    for (const m of [1, 1.1, 1.337, 1.5, 1.9999999, 1.00048828125]) {
      const value = m * 2 ** (i / 4);
      expect(roundTo(FLOAT_FORMATS.fp16, value)).toBe(engine.f16round(value));
      expect(roundTo(FLOAT_FORMATS.fp32, -value)).toBe(Math.fround(-value));
    }
  }
});

test('BF16 and TF32 are FP32 with its low bits rounded away', () => {
  const word = new DataView(new ArrayBuffer(4));
  const shortened = (value: number, dropped: number): number => {
    word.setFloat32(0, value);
    const code = word.getUint32(0);
    const half = 2 ** (dropped - 1);
    const odd = Math.floor(code / 2 ** dropped) % 2;
    const rounded = Math.floor((code + half - 1 + odd) / 2 ** dropped) * 2 ** dropped;
    word.setUint32(0, rounded);
    return word.getFloat32(0);
  };
  for (let i = 0; i < 20_000; i++) {
    const value = Math.fround(2 ** (((i * 7919) % 25_000) / 100 - 125));
    expect(roundTo(FLOAT_FORMATS.bf16, value)).toBe(shortened(value, 16));
    expect(roundTo(FLOAT_FORMATS.tf32, value)).toBe(shortened(value, 13));
  }
});

test('FP64 takes every double as it is, down to the smallest', () => {
  for (const value of [5e-324, 1e-310, 2.2250738585072014e-308, 0.1, Math.PI, -1e300, Number.MAX_VALUE]) {
    expect(roundTo(FLOAT_FORMATS.fp64, value)).toBe(value);
    expect(decode(FLOAT_FORMATS.fp64, encode(FLOAT_FORMATS.fp64, value)!)).toBe(value);
  }
});

describe('what is too large', () => {
  test.each(formats.map((f) => [f.name, f] as const))('%s', (_, format) => {
    const after = { ieee: Infinity, 'one-nan': Number.NaN, none: maxFinite(format) }[format.specials];
    for (const value of [Infinity, ...(format.bits < 64 ? [1e300] : [])]) {
      expect(roundTo(format, value)).toBe(after);
      expect(roundTo(format, -value)).toBe(-after);
      expect(roundTo(format, -value, 'saturate')).toBe(-maxFinite(format));
    }
  });
  test('is infinity in the fields where the format has one, and NaN or nothing where it has not', () => {
    expect(encode(FLOAT_FORMATS.fp16, -1e9)).toEqual({ sign: 1, exponent: 31, fraction: 0 });
    expect(encode(FLOAT_FORMATS['fp8-e4m3'], 1e9)).toEqual({ sign: 0, exponent: 15, fraction: 7 });
    expect(encode(FLOAT_FORMATS['fp4-e2m1'], Number.NaN)).toBeNull();
    expect(encode(FLOAT_FORMATS.bf16, Number.NaN)).toEqual({ sign: 0, exponent: 255, fraction: 64 });
  });
});

test('zero keeps its sign, and what is too small becomes it', () => {
  expect(roundTo(FLOAT_FORMATS.fp16, 2 ** -25)).toBe(0);
  expect(roundTo(FLOAT_FORMATS.fp16, -(2 ** -26))).toBe(-0);
  expect(encode(FLOAT_FORMATS.fp16, -0)).toEqual({ sign: 1, exponent: 0, fraction: 0 });
});

test('fields are written in binary with their zeros', () => {
  expect(binary(5, 8)).toBe('00000101');
  expect(binary(2 ** 52 - 1, 52)).toBe('1'.repeat(52));
  expect(binary(0, 0)).toBe('');
});

test('doublings from the smallest to the largest', () => {
  expect(binades(FLOAT_FORMATS.fp16)).toBeCloseTo(40, 2);
  expect(binades(FLOAT_FORMATS['fp4-e2m1'])).toBeCloseTo(Math.log2(12), 12);
});
