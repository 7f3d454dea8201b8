import type { MemoryTimeline, PhaseName } from '#estimator';

/** A stretch of time and the share of the picture that it takes. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

/** Share of the picture that the part left out takes. */
const CUT = 0.05;

/** Where the last backward pass ends: behind it replicas, optimizer and host follow. */
const passesEnd = ({ phases, seconds }: MemoryTimeline): number =>
  phases.find(({ name }) => name === 'replicas' || name === 'optimizer' || name === 'host')?.from ?? seconds;

/**
 * The time axis in pieces: even where all passes are drawn. Else each piece takes a share in proportion to the square root
 * of its length, so that single passes can be seen beside a long warm-up, and the part left out takes little.
 */
function piecesOf(timeline: MemoryTimeline): readonly Piece[] {
  const { cut, phases, seconds } = timeline;
  if (!cut) return [{ from: 0, to: seconds, left: 0, right: 1 }];
  const steady = phases.find(({ name }) => name === 'steady')?.from ?? 0;
  const ends = [0, steady, cut.from, cut.to, passesEnd(timeline), seconds];
  const spans = ends.slice(1).map((to, i) => ({ from: ends[i] ?? 0, to }));
  const length = ({ from, to }: { from: number; to: number }): number =>
    from === cut.from ? 0 : Math.sqrt(Math.max(0, to - from));
  const all = spans.reduce((sum, span) => sum + length(span), 0);
  let left = 0;
  return spans.map((span) => {
    const right = left + (span.from === cut.from ? CUT : ((1 - CUT) * length(span)) / all);
    const piece = { ...span, left, right };
    left = right;
    return piece;
  });
}

/** A moment's place in the picture, 0 to 1. */
export function placesOf(timeline: MemoryTimeline): (time: number) => number {
  const pieces = piecesOf(timeline);
  return (time) => {
    const piece = pieces.find(({ to }) => time <= to) ?? pieces.at(-1);
    if (!piece) return 0;
    const share = piece.to > piece.from ? (time - piece.from) / (piece.to - piece.from) : 0;
    return Math.min(1, Math.max(0, piece.left + share * (piece.right - piece.left)));
  };
}

const WORDS: Readonly<Record<PhaseName, string>> = {
  fill: 'waits',
  'warm-up': 'forward only',
  steady: 'forward, backward in turn',
  'cool-down': 'backward only',
  drain: 'waits',
  replicas: 'update',
  optimizer: 'update',
  host: 'update',
};

export interface Band {
  readonly label: string;
  readonly left: number;
  readonly right: number;
}

/** The phases as bands along the foot; what belongs to the update is one. */
export function bandsOf(timeline: MemoryTimeline): readonly Band[] {
  const at = placesOf(timeline);
  const bands: Band[] = [];
  for (const { name, from, to } of timeline.phases) {
    const label = WORDS[name];
    const before = bands.at(-1);
    const band = { label, left: at(from), right: at(to) };
    if (before?.label === label) bands[bands.length - 1] = { ...before, right: band.right };
    else bands.push(band);
  }
  return bands;
}
