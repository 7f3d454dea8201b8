/**
 * The divisors of a count nearest to a value, below and above it.
 * @param most largest that is allowed
 */
export function nearestDivisors(whole: number, value: number, most = Infinity): readonly number[] {
  let below = 1;
  let above = Infinity;
  for (let small = 1; small * small <= whole; small++) {
    if (whole % small !== 0) continue;
    for (const divisor of [small, whole / small]) {
      if (divisor > most) continue;
      if (divisor <= value && divisor > below) below = divisor;
      if (divisor > value && divisor < above) above = divisor;
    }
  }
  return above === Infinity ? [below] : [below, above];
}

/** The multiples of a number nearest to a value, below (when there is one above 0) and above it. */
export function nearestMultiples(factor: number, value: number): readonly number[] {
  const below = Math.floor(value / factor) * factor;
  return below > 0 ? [below, below + factor] : [factor];
}
