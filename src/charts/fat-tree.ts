/** A fat tree to draw: one plane of it. */
export interface Tree {
  readonly nodes: number;
  readonly portsPerNode: number;
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  readonly pods: number;
  /** Nodes that a leaf takes: all of one rail's, or whole ones. */
  readonly nodesPerLeaf: number;
  /** Port i of a node goes to leaf i of its group. */
  readonly rails: boolean;
}

/** Width of the drawing's own grid. */
export const GRID = 1000;

/** Middle of item `i` of `count` that share the width. */
export const middle = (i: number, count: number): number => Math.round(((i + 0.5) / count) * GRID);

/** Leaves that the first node's ports reach: one for each port by rail, else the first. */
export const firstLeaves = ({ portsPerNode, leaves, rails }: Tree): readonly number[] =>
  Array.from({ length: rails ? Math.min(portsPerNode, leaves) : 1 }, (_, i) => i);

/** Where the items of one of `parts` equal groups of a row begin and end, on the grid. */
export const span = (part: number, parts: number): readonly [number, number] => [
  Math.round((part / parts) * GRID),
  Math.round(((part + 1) / parts) * GRID),
];

/** Straight lines between two rows, as one path. */
export const lines = (pairs: readonly (readonly [number, number])[], from: number, to: number): string =>
  pairs.map(([a, b]) => `M${a} ${from}L${b} ${to}`).join('');

/** Every pair of one item of a row with each of a list in another. */
export const fan = (
  ones: readonly number[],
  count: number,
  others: readonly number[],
  otherCount: number,
): readonly (readonly [number, number])[] =>
  ones.flatMap((a) => others.map((b) => [middle(a, count), middle(b, otherCount)] as const));

/** Spines above the first leaf: those of the first pod. */
export const firstSpines = ({ spines, pods }: Tree): readonly number[] =>
  Array.from({ length: Math.round(spines / pods) }, (_, i) => i);

/** Cores above the first spine. */
export function firstCores({ cores, spines, pods }: Tree): readonly number[] {
  const perPod = Math.round(spines / pods);
  return Array.from({ length: cores === 0 ? 0 : Math.max(1, Math.round(cores / perPod)) }, (_, i) => i);
}
