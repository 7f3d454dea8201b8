/** Measured collectives as plain values for the browser, apart from index.ts because few pages need them. */
import type { CollectiveOp } from '#estimator';

interface File {
  readonly bytes: readonly number[];
  readonly curves: readonly {
    readonly gpu: string;
    readonly op: CollectiveOp;
    readonly ranks: number;
    readonly seconds: readonly number[];
  }[];
}

const files = Object.values(
  import.meta.glob<File>('../../content/data/measured/collectives/*.json', {
    eager: true,
    import: 'default',
    query: '?values=bytes,curves',
  }),
);

/** One measurement: the size of a message and what it took. */
export interface CollectivePoint {
  readonly bytes: number;
  readonly seconds: number;
}

/** One collective on so many GPUs of one kind over the size of its message. */
export interface CollectiveCurve {
  /** Id of the GPU. */
  readonly gpu: string;
  readonly op: CollectiveOp;
  readonly ranks: number;
  readonly points: readonly CollectivePoint[];
}

/** Everything measured. */
export const allCurves: readonly CollectiveCurve[] = files.flatMap(({ bytes, curves }) =>
  curves.map(({ gpu, op, ranks, seconds }) => ({
    gpu,
    op,
    ranks,
    points: bytes.map((size, i) => ({ bytes: size, seconds: seconds[i] ?? Number.NaN })),
  })),
);

/** The measured curve of one collective on so many GPUs of one kind; empty when there is none. */
export const measuredCurve = (gpu: string, op: CollectiveOp, ranks: number): readonly CollectivePoint[] =>
  allCurves.find((curve) => curve.gpu === gpu && curve.op === op && curve.ranks === ranks)?.points ?? [];
