import { binary, codeOf, encode, FLOAT_FORMATS, type FloatFields, type Overflow } from '#estimator';
import type { Stored } from './stored.ts';

/** A run of bits with one meaning. */
export interface BitField {
  readonly role: 'sign' | 'exponent' | 'fraction' | 'scale';
  readonly bits: string;
}

/** Bits of the scale: E8M0 is an exponent with a bias of 127, E4M3 an FP8 number. */
function scaleBits({ block }: Stored): BitField[] {
  if (!block) return [];
  const e4m3 = FLOAT_FORMATS['fp8-e4m3'];
  const code =
    block.format.scale === 'e8m0'
      ? Math.log2(block.stored) + 127
      : codeOf(e4m3, encode(e4m3, block.stored, 'saturate') ?? { sign: 0, exponent: 0, fraction: 0 });
  return [{ role: 'scale', bits: binary(code, block.format.scaleBits) }];
}

/** The fields of the element as stored; what overflowed to nothing cannot happen to a positive number. */
export function fieldsIn({ format, scale, block }: Stored, value: number, overflow: Overflow): FloatFields {
  const saturates = block !== null || !format.name.startsWith('FP8') ? 'special' : overflow;
  const element = scale === 0 ? 0 : value / scale;
  const fields = encode(format, element, block ? 'saturate' : saturates);
  return fields ?? { sign: 0, exponent: 0, fraction: 0 };
}

export function bitsOf(stored: Stored, fields: FloatFields): { fields: readonly BitField[]; hex: string } {
  const { format } = stored;
  const sign = binary(fields.sign, 1);
  const exponent = binary(fields.exponent, format.exponentBits);
  const fraction = binary(fields.fraction, format.fractionBits);
  const digits = Math.ceil(format.bits / 4);
  return {
    fields: [
      { role: 'sign', bits: sign },
      { role: 'exponent', bits: exponent },
      { role: 'fraction', bits: fraction },
      ...scaleBits(stored),
    ],
    hex: `0x${BigInt(`0b${sign}${exponent}${fraction}`).toString(16).toUpperCase().padStart(digits, '0')}`,
  };
}
