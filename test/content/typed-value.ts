const MAGNITUDE: Readonly<Record<string, number>> = {
  k: 1e3, K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40,
  tera: 1e12, peta: 1e15,
}; // prettier-ignore

const UNIT: Readonly<Record<string, number>> = {
  '%': 0.01, s: 1, ms: 1e-3, second: 1, minute: 60, min: 60, hour: 3600, h: 3600, day: 86_400, week: 604_800,
  FLOP: 1, 'FLOP/s': 1, GPU: 1, card: 1, node: 1, token: 1, parameter: 1, layer: 1, B: 1, 'B/s': 1, byte: 1, bit: 1 / 8,
  'b/s': 1 / 8, W: 1, '': 1,
}; // prettier-ignore

/** The value of a typed number in base units: `312 TFLOP/s` is 312e12, `300 billion` is 300e9, `24 days` is 2,073,600. */
export function valueOf(text: string): number {
  const match = /^[~≈$]?(-?\d+(?:,\d{3})*(?:\.\d+)?)[\s-]*(.*)$/.exec(text);
  if (!match) return Number.NaN;
  const [, digits = '', word = ''] = match;
  const number = Number(digits.replaceAll(',', ''));
  const plain = word.replace(/s$/, '');
  for (const unit of [word, plain]) if (unit in UNIT && unit !== 'B') return number * (UNIT[unit] ?? 1);
  if (word in MAGNITUDE) return number * (MAGNITUDE[word] ?? 1);
  for (const [prefix, factor] of Object.entries(MAGNITUDE)) {
    const unit = word.startsWith(prefix)
      ? UNIT[word.slice(prefix.length).replace(/(?<!\/)s$/, '')]
      : undefined;
    if (unit !== undefined) return number * factor * unit;
  }
  return Number.NaN;
}
