import type { Unit } from './quantity.ts';

/** What a typed text means in base units, or why it means nothing. */
export type Parsed =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

const MULTIPLIER: Readonly<Record<string, number>> = {
  k: 1e3, K: 1e3, M: 1e6, m: 1e6, B: 1e9, b: 1e9, bn: 1e9, G: 1e9, T: 1e12, t: 1e12, P: 1e15, E: 1e18, Z: 1e21,
  thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12,
}; // prettier-ignore

const DURATION: Readonly<Record<string, number>> = {
  ns: 1e-9, us: 1e-6, 'µs': 1e-6, ms: 1e-3, s: 1, sec: 1, second: 1, seconds: 1, min: 60, minute: 60, minutes: 60,
  h: 3600, hr: 3600, hour: 3600, hours: 3600, d: 86400, day: 86400, days: 86400, week: 604800, weeks: 604800,
  month: 2629800, months: 2629800, y: 31557600, year: 31557600, years: 31557600,
}; // prettier-ignore

const WORDS: Readonly<Partial<Record<Unit, RegExp>>> = {
  FLOP: /^(.*?)flops?$/i,
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
  ratio: '50%', GPU: '1,024', size: '175B', count: '1,024', W: '400 W',
}; // prettier-ignore

function mantissa(text: string): number | null {
  const grouped = /^[+-]?\d{1,3}([,\u00a0\u202f '’_]\d{3})+(\.\d+)?$/.test(text)
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

function factor(text: string, unit: Unit): number | null {
  const match =
    /^([+-]?[\d.,\u00a0\u202f '’_]*\d\.?(?:e[+-]?\d+)?(?:\s*[×x*]\s*10\s*\^\s*[+-]?\d+)?)\s*(.*)$/i.exec(
      text,
    );
  if (!match) return null;
  const number = mantissa((match[1] ?? '').trim());
  const scale = scaleOf((match[2] ?? '').trim(), unit);
  return number === null || scale === null ? null : number * scale;
}

/**
 * Reads `175B`, `300e9`, `1,024`, `50%`, `312 TFLOP/s`, `24 days`, `80 GiB` or a product such as `128 x 8`.
 * Returns the value in the base unit. A bare number is already in `bare` (1 for the base unit; 86,400 where
 * a field shows days). Never throws.
 */
export function parseQuantity(text: string, unit: Unit, bare = 1): Parsed {
  const input = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/^[~≈]\s*/, '');
  const like = EXAMPLE[unit] ? ` Write it like ${EXAMPLE[unit]}.` : '';
  if (input === '') return bad(`Empty: a number is needed.${like}`);
  if (input.length > 60) return bad(`Too long to be a number.${like}`);
  if (/^[+-]?\d+,\d{1,2}$/.test(input))
    return bad(`“${input}” mixes up comma and point: write ${input.replace(',', '.')}.`);
  let value = factor(input, unit);
  if (value === null) {
    // "128 x 8": nodes times GPUs, the way clusters are described.
    const factors = input.split(/\s*[×x*]\s*/i);
    if (factors.length > 1 && factors.length < 5) {
      const values = factors.map((part, i) => factor(part, i === factors.length - 1 ? unit : 'count'));
      if (values.every((v) => v !== null)) value = values.reduce<number>((a, b) => a * (b ?? 0), 1);
    }
  }
  if (value === null || !Number.isFinite(value))
    return bad(`“${input}” is not a number this field can read.${like}`);
  const isBare = /^[+-]?[\d.,\s'’_×x*]+(e[+-]?\d+)?$/i.test(input);
  if (unit === 'ratio' && isBare && value > 1) value /= 100;
  return { ok: true, value: isBare && unit !== 'ratio' ? value * bare : value };
}
