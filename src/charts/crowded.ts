/** A name beside a mark: where it is anchored, in shares of the width and in pixels, and on which side it stands. */
export interface PlacedName {
  readonly left: number;
  readonly top: number;
  readonly text: string;
  readonly end: boolean;
  /** One that is read first and gives way to none. */
  readonly strong: boolean;
}

/** Pixels of a character, on average, and of a line; a little more than they take. */
const CHARACTER = 6.8;
const LINE = 12;
/** From a mark to its name. */
const GAP = 9;

interface Box {
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

function boxOf({ left, top, text, end }: PlacedName, width: number): Box {
  const length = text.length * CHARACTER;
  const at = left * width + (end ? -GAP - length : GAP);
  return { from: at, to: at + length, top };
}

const meet = (a: Box, b: Box): boolean => a.from < b.to && b.from < a.to && Math.abs(a.top - b.top) < LINE;

/**
 * Which names would lie on one another in a plot of that many pixels. Strong ones stay, then the first; the text of a
 * chart keeps its size, so what fits at one width does not at another.
 */
export function crowdedAt(width: number, names: readonly PlacedName[]): ReadonlySet<PlacedName> {
  const kept: Box[] = [];
  const crowded = new Set<PlacedName>();
  const order = [...names.filter(({ strong }) => strong), ...names.filter(({ strong }) => !strong)];
  for (const name of order) {
    const box = boxOf(name, width);
    if (!name.strong && kept.some((other) => meet(box, other))) crowded.add(name);
    else kept.push(box);
  }
  return crowded;
}
