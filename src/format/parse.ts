import type { Unit } from './quantity.ts';

/** What a typed text means in base units, or why it means nothing. */
export type Parsed =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

const MULTIPLIER: Readonly<Record<string, number>> = {
  k: 1e3, K: 1e3, M: 1e6, m: 1e6, B: 1e9, b: 1e9, bn: 1e9, G: 1e9, T: 1e12, t: 1e12, P: 1e15, E: 1e18, Z: 1e21,
  thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12,
}; // prettier-ignore

const DURATION: Readonly<Record<string, number>> = {
  ns: 1e-9, us: 1e-6, 'µs': 1e-6, 'μs': 1e-6, ms: 1e-3, s: 1, sec: 1, second: 1, seconds: 1, min: 60, minute: 60, minutes: 60,
  h: 3600, hr: 3600, hour: 3600, hours: 3600, d: 86400, day: 86400, days: 86400, week: 604800, weeks: 604800,
  month: 2629800, months: 2629800, y: 31557600, year: 31557600, years: 31557600,
}; // prettier-ignore

const WORDS: Readonly<Partial<Record<Unit, RegExp>>> = {
  FLOP: /^(.*?)flops?$/i,
  'FLOP/byte': /^(.*?)flops?\/b(?:ytes?)?$/i,
  'FLOP/s': /^(.*?)flops?(?:\/s|ps)?$/i,
  B: /^(.*?)(i?)b(?:ytes?)?$/i,
  'B/s': /^(.*?)(i?)b(?:ytes?)?(?:\/s|ps)$/i,
  token: /^(.*?)(?:tokens?|tok)$/i,
  'token/s': /^(.*?)(?:tokens?|tok)?(?:\/s(?:\/gpu)?|ps)$/i,
  GPU: /^(.*?)gpus?$/i,
  size: /^(.*?)(?:params?|parameters?)$/i,
  W: /^(.*?)w(?:atts?)?$/i,
};

const bad = (message: string): Parsed => ({ ok: false, message });

/** How the unit is written by people, for messages. */
const EXAMPLE: Readonly<Partial<Record<Unit, string>>> = {
  s: '24 days', FLOP: '3.15e23', 'FLOP/s': '312 TFLOP/s', B: '80 GB', 'B/s': '400 GB/s', token: '300B', 'token/s': '148',
  ratio: '50%', GPU: '1,024', size: '175B', count: '1,024', W: '400 W', USD: '$20,000', real: '1e-5',
}; // prettier-ignore

function mantissa(text: string): number | null {
  const grouped = /^[+-]?[1-9]\d{0,2}([,\u00a0\u202f '’_]\d{3})+(\.\d+)?$/.test(text)
    ? text.replace(/[,\u00a0\u202f '’_]/g, '')
    : text;
  const plain = grouped.replace(/\s*[×x*]\s*10\s*\^?\s*([+-]?\d+)$/i, 'e$1');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

function scaleOf(suffix: string, unit: Unit): number | null {
  if (suffix === '') return 1;
  if (unit === 's') return DURATION[suffix] ?? DURATION[suffix.toLowerCase()] ?? null;
  if (unit === 'ratio') return suffix === '%' ? 0.01 : null;
  const word = WORDS[unit]?.exec(suffix);
  if (word) {
    const prefix = (word[1] ?? '').trim();
    if (word[2]) return prefix === '' ? null : binary(prefix);
    return prefix === '' ? 1 : (MULTIPLIER[prefix] ?? MULTIPLIER[prefix.toLowerCase()] ?? null);
  }
  return MULTIPLIER[suffix] ?? MULTIPLIER[suffix.toLowerCase()] ?? null;
}

function binary(prefix: string): number | null {
  const power = 'KMGTPE'.indexOf(prefix.toUpperCase()) + 1;
  return power > 0 ? 1024 ** power : null;
}

interface Factor {
  readonly value: number;
  /** Whether it stands without a prefix or a unit. */
  readonly bare: boolean;
}

function factor(text: string, unit: Unit): Factor | null {
  const match =
    /^([+-]?[\d.,\u00a0\u202f '’_]*\d\.?(?:e[+-]?\d+)?(?:\s*[×x*]\s*10\s*\^\s*[+-]?\d+)?)\s*(.*)$/i.exec(
      text,
    );
  if (!match) return null;
  const number = mantissa((match[1] ?? '').trim());
  const suffix = (match[2] ?? '').trim();
  const scale = scaleOf(suffix, unit);
  return number === null || scale === null ? null : { value: number * scale, bare: suffix === '' };
}

/** "128 x 8": nodes times GPUs, the way clusters are described. */
function product(text: string, unit: Unit): Factor | null {
  const parts = text.split(/\s*[×x*]\s*/i);
  if (parts.length < 2 || parts.length > 4) return null;
  const factors = parts.map((part, i) => factor(part, i === parts.length - 1 ? unit : 'count'));
  return factors.reduce((a, b) => a && b && { value: a.value * b.value, bare: a.bare && b.bare }, {
    value: 1,
    bare: true,
  });
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10²³` as `10^23`, and the dashes that stand for a minus as one. */
function typed(text: string): string {
  return text
    .trim()
    .replace(/10([⁺⁻]?)([⁰¹²³⁴-⁹]+)/g, (_, sign: string, power: string) => {
      const digits = [...power].map((digit) => SUPERSCRIPT.indexOf(digit)).join('');
      return `10^${sign === '⁻' ? '-' : ''}${digits}`;
    })
    .replace(/[−–]/g, '-')
    .replace(/^[~≈]\s*/, '');
}

/** `2^-24`, the way the edges of a number format are written. */
function powerOfTwo(text: string, unit: Unit): Factor | null {
  const exponent = unit === 'real' ? /^2\s*\^\s*([+-]?\d{1,3})$/.exec(text)?.[1] : undefined;
  return exponent === undefined ? null : { value: 2 ** Number(exponent), bare: true };
}

/**
 * Reads `175B`, `300e9`, `1,024`, `50%`, `312 TFLOP/s`, `24 days`, `80 GiB` or a product such as `128 x 8`.
 * Returns the value in the base unit. A bare number is already in `bare` (1 for the base unit; 86,400 where
 * a field shows days). Never throws.
 */
export function parseQuantity(text: string, unit: Unit, bare = 1): Parsed {
  const input = typed(text);
  const like = EXAMPLE[unit] ? ` Write it like ${EXAMPLE[unit]}.` : '';
  if (input === '') return bad(`Empty: a number is needed.${like}`);
  if (input.length > 60) return bad(`Too long to be a number.${like}`);
  if (/^[+-]?(?:0,\d+|\d+,\d{1,2})(?![\d,])/.test(input))
    return bad(`“${input}” mixes up comma and point: write ${input.replace(',', '.')}.`);
  const amount = unit === 'USD' ? input.replace(/^(?:\$|USD)\s*|\s*(?:\$|USD)$/gi, '') : input;
  const read = factor(amount, unit) ?? product(amount, unit) ?? powerOfTwo(amount, unit);
  if (!read || !Number.isFinite(read.value))
    return bad(`“${input}” is not a number this field can read.${like}`);
  const scale = !read.bare ? 1 : unit !== 'ratio' ? bare : read.value > 1 ? 0.01 : 1;
  // 57% is 0.57, although 57 times 0.01 is a little more in binary.
  return { ok: true, value: Number((read.value * scale).toPrecision(15)) };
}
