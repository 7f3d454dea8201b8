/** The divisors of a whole number, least first; none of a fraction. */
export function divisorsOf(whole: number): readonly number[] {
  if (!Number.isInteger(whole)) return [];
  const below: number[] = [];
  const above: number[] = [];
  for (let small = 1; small * small <= whole; small++) {
    if (whole % small !== 0) continue;
    below.push(small);
    if (small * small < whole) above.unshift(whole / small);
  }
  return [...below, ...above];
}

/** The multiples of a number nearest to a value, below (when there is one above 0) and above it. */
export function nearestMultiples(factor: number, value: number): readonly number[] {
  const below = Math.floor(value / factor) * factor;
  return below > 0 ? [below, below + factor] : [factor];
}

/** Of some candidates those nearest to a value that are legal: one below, one above, where there are such. */
export function nearestLegal(
  candidates: readonly number[],
  value: number,
  legal: (candidate: number) => boolean,
): readonly number[] {
  const sorted = [...candidates].sort((a, b) => a - b);
  const below = sorted.findLast((candidate) => candidate < value && legal(candidate));
  const above = sorted.find((candidate) => candidate > value && legal(candidate));
  return [below, above].filter((found) => found !== undefined);
}
