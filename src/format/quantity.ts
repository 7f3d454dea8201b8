/**
 * The only place where a number gets a prefix, a power of ten or a thousands separator.
 * Everywhere else quantities are plain numbers in SI base units.
 */

/** The base unit a value is in. `ratio` is shown as a percentage, `count`, `size` and `real` as bare numbers. */
export type Unit =
  | 's'
  | 'FLOP'
  | 'FLOP/s'
  | 'FLOP/token'
  | 'FLOP/byte'
  | 'B'
  | 'B/s'
  | 'W'
  | 'Hz'
  | 'J'
  | 'GPU'
  | 'GPU·s'
  | 'token'
  | 'token/s'
  | 'ratio'
  | 'count'
  | 'size'
  | 'real'
  | 'factor'
  | 'year'
  | 'USD';

/** How to show it, where the default for the unit does not say what the sentence needs. */
export type Shown =
  | 'days'
  | 'hours'
  | 'minutes'
  | 'seconds'
  | 'GiB'
  | 'GB'
  | 'TB'
  | 'PFLOP/s-days'
  | 'GPU-hours'
  | 'number'
  | 'binary';

export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
  /** Significant digits; 3 unless the text needs more. */
  readonly digits?: number;
  readonly as?: Shown;
}

const NNBSP = '\u202f';
// Made once: a new formatter costs more than everything else that a number is shown with.
const formats = new Map<number, Intl.NumberFormat>();
const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

// A proper minus sign; and what rounds to nothing has none.
const signed = (text: string): string => text.replace(/^-(?=0$)/, '').replace('-', '−');

/** `22.8`, `1,024`, `561,000`: a number with a given count of significant digits. */
export function significant(value: number, digits = 3): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat('en', { maximumSignificantDigits: digits });
    formats.set(digits, format);
  }
  return signed(format.format(value));
}

/** `1,024`: a whole number in full. */
export function whole(value: number): string {
  return signed(integers.format(value));
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `3.15 × 10²³` */
export function scientific(value: number, digits = 3): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (d) => SUPERSCRIPT[Number(d)] ?? d);
  return `${significant(Number(mantissa), digits)}${NNBSP}×${NNBSP}10${power}`;
}

const PREFIXES = [
  [1e18, 'E'],
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
] as const;

// Rounding first keeps 999.9 GB from being shown as "1,000 GB".
function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function prefixed(value: number, unit: string, digits: number): string {
  const size = rounded(Math.abs(value), digits);
  if (size >= 1e22 || (size > 0 && size < 1e-3)) return `${scientific(value, digits)} ${unit}`;
  const [scale, prefix] = PREFIXES.find(([s]) => size >= s) ?? [1, ''];
  return `${significant(value / scale, digits)} ${prefix}${unit}`;
}

const SHORT = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
] as const;

/** `175B`, `300B`, `1.5T`, `51,200`: the way the field writes parameters and tokens. */
export function short(value: number, digits = 3): string {
  const size = rounded(Math.abs(value), digits);
  if (size >= 1e18) return scientific(value, digits);
  const found = SHORT.find(([s]) => size >= s);
  return found
    ? `${significant(value / found[0], digits)}${found[1]}`
    : significant(value, Math.max(digits, 6));
}

/** `0.125`, `65,504`, `5.96 × 10⁻⁸`: a number for itself, large and small ones as powers of ten. */
function real(value: number, digits: number): string {
  const size = rounded(Math.abs(value), digits);
  return size !== 0 && (size >= 1e6 || size < 1e-4) ? scientific(value, digits) : significant(value, digits);
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const YEAR = 365.25 * DAY;

function inUnit(value: number, seconds: number, name: string, digits: number): string {
  const text = significant(value / seconds, digits);
  return `${text} ${text === '1' ? name : `${name}s`}`;
}

function duration(value: number, digits: number): string {
  const size = rounded(Math.abs(value), digits);
  if (size >= 1e6 * YEAR) return `${scientific(value / YEAR, digits)} years`;
  if (size >= 10 * YEAR) return inUnit(value, YEAR, 'year', digits);
  if (size >= 2 * DAY) return inUnit(value, DAY, 'day', digits);
  if (size >= 2 * HOUR) return inUnit(value, HOUR, 'hour', digits);
  if (size >= 2 * MINUTE) return inUnit(value, MINUTE, 'minute', digits);
  if (size >= 1 || size === 0) return `${significant(value, digits)} s`;
  if (size >= 1e-3) return `${significant(value * 1e3, digits)} ms`;
  if (size >= 1e-6) return `${significant(value * 1e6, digits)} µs`;
  if (size >= 1e-9) return `${significant(value * 1e9, digits)} ns`;
  return `${scientific(value, digits)} s`;
}

/** `256 MiB`: how messages and buffers are sized. */
function binary(value: number, digits: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
  return `${significant(value / 1024 ** power, digits)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
}

function shownAs(value: number, as: Shown, digits: number): string {
  switch (as) {
    case 'days':
      return inUnit(value, DAY, 'day', digits);
    case 'hours':
      return inUnit(value, HOUR, 'hour', digits);
    case 'minutes':
      return inUnit(value, MINUTE, 'minute', digits);
    case 'seconds':
      return `${significant(value, digits)} s`;
    case 'GiB':
      return `${significant(value / 2 ** 30, digits)} GiB`;
    case 'GB':
      return `${significant(value / 1e9, digits)} GB`;
    case 'TB':
      return `${significant(value / 1e12, digits)} TB`;
    case 'PFLOP/s-days':
      return `${significant(value / 1e15 / DAY, digits)} PFLOP/s-days`;
    case 'GPU-hours':
      return `${significant(value / HOUR, digits)} GPU-hours`;
    case 'number':
      return significant(value, digits);
    case 'binary':
      return binary(value, digits);
  }
}

/** A quantity as the reader sees it: `22.8 days`, `3.15 × 10²³ FLOP`, `312 TFLOP/s`, `48.7%`. */
export function formatQuantity({ value, unit, digits = 3, as }: Quantity): string {
  if (as) return shownAs(value, as, digits);
  switch (unit) {
    case 's':
      return duration(value, digits);
    case 'FLOP':
      return rounded(value, digits) >= 1e15
        ? `${scientific(value, digits)} FLOP`
        : prefixed(value, 'FLOP', digits);
    case 'FLOP/token':
      return prefixed(value, 'FLOP/token', digits);
    case 'FLOP/s':
      return prefixed(value, 'FLOP/s', digits);
    case 'FLOP/byte':
      return `${significant(value, digits)} FLOP/byte`;
    case 'B':
      return prefixed(value, 'B', digits);
    case 'B/s':
      return prefixed(value, 'B/s', digits);
    case 'W':
      return prefixed(value, 'W', digits);
    case 'Hz':
      return prefixed(value, 'Hz', digits);
    case 'J':
      // Electricity is billed in watt-hours; a joule means little to the reader of a bill.
      return prefixed(value / HOUR, 'Wh', digits);
    case 'GPU·s':
      return shownAs(value, 'GPU-hours', digits);
    case 'token/s':
      return `${rounded(value, digits) < 1e6 ? significant(value, digits) : short(value, digits)} tokens/s`;
    case 'ratio':
      return `${significant(value * 100, digits)}%`;
    case 'factor':
      return `${significant(value, digits)}×`;
    case 'year':
      return String(Math.round(value));
    case 'USD':
      return rounded(Math.abs(value), digits) < 1e6
        ? `$${significant(value, 6)}`
        : `$${short(value, digits)}`;
    case 'GPU':
    case 'count':
      return Math.abs(value) >= 1e15 ? scientific(value, digits) : whole(value);
    case 'real':
      return real(value, digits);
    case 'token':
    case 'size':
      return short(value, digits);
  }
}

/** A text such as `3.15 × 10²³ FLOP` cut at its exponent; null for one without a power of ten. */
export interface PowerText {
  /** `3.15 × 10` */
  readonly before: string;
  /** `23`, `−8`, in ordinary figures. */
  readonly exponent: string;
  /** ` FLOP` */
  readonly after: string;
}

/** Cuts a written quantity at the exponent of its power of ten, for a page that raises it. */
export function powerText(text: string): PowerText | null {
  const [, before, raised, after] = /^(.*\b10)([⁻⁰¹²³⁴-⁹]+)(.*)$/.exec(text) ?? [];
  if (before === undefined || raised === undefined || after === undefined) return null;
  const exponent = raised
    .replace('⁻', '−')
    .replace(/[⁰¹²³⁴-⁹]/g, (digit) => String(SUPERSCRIPT.indexOf(digit)));
  return { before, exponent, after };
}
