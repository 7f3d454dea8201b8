import { Plot, type Axis, type PlotLine, type PlotMark } from '#charts';
import { formatQuantity, whole } from '#format';
import type { Way } from '#estimator';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { SPAN, stretchesOf } from './curves.ts';
import { zeroOrTensorSpec } from './spec.ts';
import type { DuelView } from './view.ts';

const SHARDED = 'var(--c-dp)';
const SPLIT = 'var(--c-tp)';

const X: Axis = {
  label: 'GPUs',
  scale: 'log',
  domain: SPAN,
  ticks: [8, 64, 512, 4096],
  format: whole,
};

/** From nothing to a round share above all that is drawn. */
function axisOf(shares: readonly number[]): Axis {
  const top = Math.max(0.5, Math.ceil(Math.max(...shares) * 10 + 0.3) / 10);
  return {
    label: 'MFU',
    scale: 'linear',
    domain: [0, top],
    ticks: Array.from({ length: Math.floor(top * 10 + 1e-9) + 1 }, (_, i) => i / 10),
    format: (value) => formatQuantity({ value, unit: 'ratio' }),
  };
}

const linesOf = (name: string, color: string, ways: readonly (Way | null)[]): PlotLine[] =>
  stretchesOf(ways).map(({ fits, points }, i) => ({
    label: `${name} ${i}`,
    color,
    style: fits ? ('strong' as const) : ('dashed' as const),
    points,
  }));

const percent = (value: number): string => formatQuantity({ value, unit: 'ratio' });

/** MFU of both ways over the number of GPUs, dashed where memory would not suffice, with the published runs as rings. */
function Result({ view }: ResultProps<DuelView>) {
  const { pairs, mine, measured } = view;
  const y = axisOf([
    ...pairs.flatMap(({ sharded, split }) => [sharded?.mfu ?? 0, split?.mfu ?? 0]),
    ...measured.map(({ mfu }) => mfu),
  ]);
  const lines = [
    ...linesOf(
      'sharded',
      SHARDED,
      pairs.map(({ sharded }) => sharded),
    ),
    ...linesOf(
      'split',
      SPLIT,
      pairs.map(({ split }) => split),
    ),
  ];
  const own = (way: Way | null, color: string, below: boolean): PlotMark[] =>
    way ? [{ x: mine.gpus, y: way.mfu, color, strong: true, below, name: percent(way.mfu) }] : [];
  const splitAbove = (mine.split?.mfu ?? 0) >= (mine.sharded?.mfu ?? 0);
  // Where names stand on the left of their marks the curve falls from above them.
  const falling = mine.gpus > 2400;
  const marks: PlotMark[] = [
    ...measured.map(({ run, mfu }) => ({
      x: run.gpus,
      y: mfu,
      color: run.sharded ? SHARDED : SPLIT,
      hollow: true,
    })),
    ...own(mine.sharded, SHARDED, splitAbove),
    ...own(mine.split, SPLIT, falling || !splitAbove),
  ];
  const name = measured[0] ? formatQuantity({ value: measured[0].run.parameters, unit: 'size' }) : '';
  return (
    <>
      <Plot
        label={sentenceText(view)}
        x={X}
        y={y}
        lines={lines}
        marks={marks}
        height={320}
        legend={[
          { label: 'tensor and pipeline', color: SPLIT },
          { label: 'ZeRO-3', color: SHARDED },
          { label: 'would not fit', color: 'var(--ink-2)', dashed: true },
          { label: `measured, ${name} on A100`, color: 'var(--ink)', ring: true },
        ]}
      />
      <p className="cell-caution cell-note">{view.note}</p>
    </>
  );
}

export default island(zeroOrTensorSpec, Result);
