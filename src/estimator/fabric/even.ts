/**
 * Smallest number of switches of the next level, at least `least`, over which `links` equal uplinks spread evenly.
 * An uneven spread would leave some paths between two leaves narrower than others.
 * @returns a divisor of `links`
 * @source NVIDIA SuperPOD tables: 16 spines where 12 have ports enough (H100, 3 SU), 18 where 16 have (B300, 4 SU)
 */
export function evenSpread(links: number, least: number): number {
  let switches = Math.max(1, Math.ceil(least));
  while (links % switches !== 0) switches++;
  return switches;
}
