import { expect, test } from 'vitest';
import { FLOAT_FORMATS, roundTo } from '#estimator';
import { formatQuantity } from '#format';
import { resolvePreset } from '#scenario';
import { facts } from '../../content/chapters/number-formats/facts.ts';

const talk = resolvePreset('talk');
const shown = (key: keyof typeof facts, digits = 3): string =>
  formatQuantity({ ...facts[key](talk), digits });

test.each([
  ['bits a value of MXFP8 (Rouhani 2023, table 1)', 'mxfp8Bits', '8.25'],
  ['bits a value of MXFP4', 'mxfp4Bits', '4.25'],
  ['bits a value of NVFP4 (NVIDIA 2025)', 'nvfp4Bits', '4.5'],
  ['largest E4M3 number (Micikevicius 2022, table 1)', 'e4m3Max', '448'],
  ['the largest it would have with infinity (the same, section 3.1)', 'e4m3Ieee', '240'],
  ['BF16 weights of an 8B model', 'teBf16', '16.1 GB'],
  ['its FP8 copies, cast and transposed', 'teCopies', '16.1 GB'],
  ['FP8 on half of the time', 'amdahl50', '1.33×'],
  ['FP8 on seven tenths of it', 'amdahl70', '1.54×'],
  ['FP8 on four fifths of it', 'amdahl80', '1.67×'],
  ['bytes of a thin FP16 product', 'gemmBytes', '68.7 MB'],
  ['P100 in FP16 (NVIDIA comparison tables)', 'p100Fp16', '21.2 TFLOP/s'],
  ['H100 in FP8, dense', 'h100Fp8', '1.98 PFLOP/s'],
  ['clamp of stale attention weights (flash-attention pull request 2717: up to 9×)', 'bugClamp', '9.14×'],
] as const)('%s is stated as printed or worked', (_, key, expected) => {
  expect(shown(key)).toBe(expected);
});

test('BF16 and FP16 are off alike where the cell starts', () => {
  const { labValue } = talk.values;
  const bf16 = roundTo(FLOAT_FORMATS.bf16, labValue) / labValue - 1;
  expect(bf16).toBeCloseTo(facts.labFp16Off(talk).value, 12);
});

test('a weight of one in BF16 swallows a thousand small updates, and FP32 takes them', () => {
  expect(facts.bf16Thousand().value).toBe(1);
  expect(facts.fp32Thousand().value).toBeCloseTo(2, 4);
});

test('the law behind the cell loses what the published shares lose, to a point', () => {
  expect(facts.modelFlushed(talk).value).toBeCloseTo(facts.ssdLostOfNonzero().value, 2);
});
