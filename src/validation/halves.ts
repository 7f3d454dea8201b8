/** Two halves of the runs, told apart by id alone: constants are set on one and judged on the other. */

export type Half = 'fit' | 'held-out';

/** 32-bit FNV-1a, finished as in MurmurHash3 so that the lowest bit depends on every character. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** The half a run belongs to: the same on every machine, and whichever other runs there are. */
export const halfOf = (id: string): Half => (hash(id) % 2 === 0 ? 'fit' : 'held-out');
