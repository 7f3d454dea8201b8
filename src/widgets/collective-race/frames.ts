import type { AlgorithmTime, CollectiveOp } from '#estimator';

/** GPUs, and pieces of the buffer, in the drawn steps: few enough to follow, enough to show the pattern. */
export const DRAWN = 4;

/** How much of each piece each GPU holds after a step, 0 to 1: `frame[gpu][piece]`. */
export type Frame = readonly (readonly number[])[];

const range = Array.from({ length: DRAWN }, (_, i) => i);
const mod = (n: number): number => ((n % DRAWN) + DRAWN) % DRAWN;
const grid = (cell: (gpu: number, piece: number) => number): Frame =>
  range.map((gpu) => range.map((piece) => cell(gpu, piece)));

/** Every GPU with its own share of every piece; and every GPU with its own piece alone. */
const shares = grid(() => 1 / DRAWN);
const own = grid((gpu, piece) => (gpu === piece ? 1 : 0));
const everything = grid(() => 1);

/** All states from a start, each from the one before. */
const play = (start: Frame, steps: number, next: (before: Frame, step: number) => Frame): Frame[] =>
  Array.from({ length: steps }).reduce<Frame[]>(
    (frames, _, step) => [...frames, next(frames.at(-1) ?? start, step)],
    [start],
  );

/** Each step, every GPU hands to its right what it has just added up. */
const reduceScatterRing = play(shares, DRAWN - 1, (before, step) =>
  grid((gpu, piece) =>
    mod(gpu - 1 - step) === piece
      ? (before[gpu]?.[piece] ?? 0) + (before[mod(gpu - 1)]?.[piece] ?? 0)
      : (before[gpu]?.[piece] ?? 0),
  ),
);
/** Piece that a GPU has whole after the lap that adds up. */
const wholeOf = (gpu: number): number => mod(gpu + 1);
const lap = (start: Frame, pieceAt: (gpu: number, step: number) => number): Frame[] =>
  play(start, DRAWN - 1, (before, step) =>
    grid((gpu, piece) => (piece === pieceAt(gpu, step) ? 1 : (before[gpu]?.[piece] ?? 0))),
  );
const gatherAfterReduce = lap(reduceScatterRing.at(-1) ?? shares, (gpu, step) =>
  wholeOf(gpu - 1 - step),
).slice(1);
const gatherRing = lap(own, (gpu, step) => mod(gpu - 1 - step));

/** Two servers of two GPUs: 0 and 1, 2 and 3. Pieces are split over the two of a server. */
const half = (gpu: number, piece: number): boolean => gpu % 2 === piece % 2;
const twoLevels: Frame[] = [
  shares,
  grid((gpu, piece) => (half(gpu, piece) ? 0.5 : 0.25)),
  grid((gpu, piece) => (half(gpu, piece) ? 1 : 0.25)),
  everything,
];

/** A binary tree: sums go up to GPU 0 in two steps, the result comes down in two. */
const tree: Frame[] = [
  shares,
  grid((gpu) => (gpu % 2 === 0 ? 0.5 : 0.25)),
  grid((gpu) => (gpu === 0 ? 1 : gpu === 2 ? 0.5 : 0.25)),
  grid((gpu) => (gpu % 2 === 0 ? 1 : 0.25)),
  everything,
];
const fromRoot = (reached: number): Frame => grid((gpu) => (gpu < reached ? 1 : 0));

const FRAMES: Readonly<Partial<Record<`${CollectiveOp} ${AlgorithmTime['algorithm']}`, readonly Frame[]>>> = {
  'all-reduce ring': [...reduceScatterRing, ...gatherAfterReduce],
  'all-reduce tree': tree,
  'all-reduce in-switch': [shares, everything],
  'all-reduce hierarchical': twoLevels,
  'reduce-scatter ring': reduceScatterRing,
  'reduce-scatter hierarchical': [
    shares,
    grid((gpu, piece) => (half(gpu, piece) ? 0.5 : 0.25)),
    grid((gpu, piece) => (gpu === piece ? 1 : half(gpu, piece) ? 0.5 : 0.25)),
  ],
  'all-gather ring': gatherRing,
  'all-gather hierarchical': [own, grid((gpu, piece) => (half(gpu, piece) ? 1 : 0)), everything],
  'broadcast ring': Array.from({ length: 2 * DRAWN - 1 }, (_, step) =>
    grid((gpu, piece) => (gpu === 0 || gpu + piece <= step ? 1 : 0)),
  ),
  'broadcast tree': [fromRoot(1), grid((gpu) => (gpu % 2 === 0 ? 1 : 0)), fromRoot(DRAWN)],
  'all-to-all pairwise': lap(own, (gpu, step) => mod(gpu - 1 - step)),
  'send-receive pairwise': [fromRoot(1), fromRoot(2)],
};

/** The steps of an algorithm on four GPUs, its start first. Two levels are two servers of two. */
export const framesOf = (op: CollectiveOp, algorithm: AlgorithmTime['algorithm']): readonly Frame[] =>
  FRAMES[`${op} ${algorithm}`] ?? [];
