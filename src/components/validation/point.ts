/** A validated run as the page shows it: its words, and both of its numbers on one scale. Safe for a browser. */
import { toColumns, toRows, type Columns } from './columns.ts';

/** Fields of a point, in the order of its columns. */
const KEYS = [
  'source',
  'where',
  'tier',
  'gpu',
  'generation',
  'framework',
  'precision',
  'size',
  'model',
  'gpus',
  'split',
  'quantity',
  'measured',
  'predicted',
  'x',
  'y',
  'shape',
  'rest',
  'filled',
] as const;

type Key = (typeof KEYS)[number];
type Amount = 'gpus' | 'measured' | 'predicted' | 'x' | 'y' | 'filled';

/**
 * `measured` and `predicted` are in the unit of the runs file; `x` and `y` are the same run measured and predicted in
 * model FLOP/s of one GPU by the exact count, so that every run has a place in one picture. `shape` and `rest` make the
 * link that opens the run in a cell; `filled` counts the fields that a rule filled.
 */
export type Point = { readonly [K in Key]: K extends Amount ? number : string };

export type PackedPoints = Columns<Key>;

export const packPoints = (points: readonly Point[]): PackedPoints => toColumns<Key>(points, KEYS);
export const unpackPoints = (packed: PackedPoints): readonly Point[] => toRows(packed) as unknown as Point[];

/** Predicted over measured, less one, of the quantity that the source prints. */
export const errorOf = ({ measured, predicted }: Point): number => predicted / measured - 1;

/** Predicted over measured speed, less one: above zero where the estimate is too fast, whatever the source prints. */
export const speedErrorOf = ({ x, y }: Point): number => y / x - 1;

/** Generations in the order of their hues, as in the cell of published runs. */
const HUES: readonly (readonly [string, string])[] = [
  ['Volta', 'var(--s6)'],
  ['Ampere', 'var(--s1)'],
  ['Hopper', 'var(--s2)'],
  ['Blackwell', 'var(--s3)'],
];
/** Any other generation. */
const OTHER = ['other', 'var(--s4)'] as const;

interface OfGeneration {
  readonly generation: string;
}

const hueOf = ({ generation }: OfGeneration): string =>
  HUES.some(([name]) => name === generation) ? generation : OTHER[0];

/** The colour groups of a picture: the generations that some of its runs ran on. */
export const generationsOf = (all: readonly OfGeneration[]) =>
  [...HUES, OTHER]
    .filter(([name]) => all.some((one) => hueOf(one) === name))
    .map(([label, color]) => ({ label, color }));

/** Bands of the picture, widest first. */
export const TOLERANCES = [0.2, 0.1] as const;
/** Bins of the histogram. */
export const BIN = { width: 0.05, reach: 0.5, good: 0.1 } as const;

interface Placed extends OfGeneration {
  readonly x: number;
  readonly y: number;
}

/** Runs as dots of a picture with these colour groups. */
export const dotsOf = (placed: readonly Placed[], groups: readonly { readonly label: string }[]) =>
  placed.map((one) => ({ x: one.x, y: one.y, group: groups.findIndex(({ label }) => label === hueOf(one)) }));
