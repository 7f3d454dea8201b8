import type { Moment } from '#estimator';
import { formatQuantity } from '#format';
import { percent } from '#charts';
import { KINDS, type Kind } from './kinds.ts';

/** Pixels of height for a byte of a parameter, so that areas are bytes. */
const BYTE = 3;
const GAP = 2;
/** Above every layer: its name, and what is sent for it. */
const HEAD = 26;
const LAYER = HEAD + KINDS.reduce((sum, { bytes }) => sum + bytes * BYTE + GAP, 0);
/** Share of a column's pitch that is left free beside it. */
const FREE = 0.2;

/** What is held, as shares of the width: solid where it is final, faint where only the rank's own sequences are in it. */
function fillsOf(
  extent: string,
  rank: number,
  ranks: number,
): readonly { x: number; width: number; faint: boolean }[] {
  const own = { x: rank / ranks, width: 1 / ranks, faint: false };
  const all = { x: 0, width: 1 };
  switch (extent) {
    case 'whole':
    case 'summed':
      return [{ ...all, faint: false }];
    case 'local':
      return [{ ...all, faint: true }];
    case 'part-summed':
      return [{ ...all, faint: true }, own];
    case 'shard':
      return [own];
    default:
      return [];
  }
}

function Bar({
  kind,
  extent,
  y,
  rank,
  ranks,
}: {
  readonly kind: Kind;
  readonly extent: string;
  readonly y: number;
  readonly rank: number;
  readonly ranks: number;
}) {
  const height = kind.bytes * BYTE;
  return (
    <>
      <rect className="hold-room" width="100%" y={y} height={height} />
      {fillsOf(extent, rank, ranks).map((fill) => (
        <rect
          key={fill.x + fill.width}
          x={percent(fill.x)}
          width={percent(fill.width)}
          y={y}
          height={height}
          style={{ fill: kind.color, fillOpacity: fill.faint ? 0.4 : 1 }}
        />
      ))}
    </>
  );
}

/** A ring through all ranks above a layer: one stroke from each to the next, and back. */
function Ring({
  y,
  ranks,
  color,
  label,
}: {
  readonly y: number;
  readonly ranks: number;
  readonly color: string;
  readonly label: string;
}) {
  const centre = (rank: number): number => (rank + 0.5 - FREE / 2) / ranks;
  const ends = [centre(0), centre(ranks - 1)] as const;
  return (
    <g className="hold-ring" style={{ stroke: color, fill: color }}>
      <line x1={percent(ends[0])} x2={percent(ends[1])} y1={y} y2={y} />
      {Array.from({ length: ranks }, (_, rank) => (
        <svg key={rank} x={percent(centre(rank))} y={y} overflow="visible">
          <path d="M0 0V9M-3.5 5L0 9.5L3.5 5" />
          <circle r="2.5" />
        </svg>
      ))}
      <text x="100%" dx={-4} y={y - 6} textAnchor="end">
        {label}
      </text>
    </g>
  );
}

/** Every GPU as a column, every layer as a row: what of weights, gradients and optimizer state it holds, area for bytes. */
export function Drawing({
  moment,
  ranks,
  label,
}: {
  readonly moment: Moment;
  readonly ranks: number;
  readonly label: string;
}) {
  const { held, sending, layer, kind } = moment;
  const moved = sending?.op === 'all-gather' ? KINDS[0] : KINDS[1];
  const active = (i: number): boolean => layer === i || (layer === null && kind === 'gather');
  const text = sending
    ? `${sending.op}: each sends ${formatQuantity({ value: sending.sent / (layer === null ? held.length : 1), unit: 'B' })}`
    : '';
  const tops = held.map((_, i) => i * LAYER + HEAD);
  return (
    <svg className="chart hold" width="100%" height={held.length * LAYER + 20} role="img" aria-label={label}>
      {held.map((holding, i) => (
        <g key={i}>
          <text className="hold-layer" data-active={layer === i || undefined} x="0" y={i * LAYER + 13}>
            {`Layer ${i + 1}`}
          </text>
          {sending && active(i) && (
            <Ring y={(tops[i] ?? 0) - 11} ranks={ranks} color={moved.color} label={text} />
          )}
          {Array.from({ length: ranks }, (_, rank) => (
            <svg
              key={rank}
              x={percent(rank / ranks)}
              y={tops[i]}
              width={percent((1 - FREE) / ranks)}
              height={LAYER}
              overflow="visible"
            >
              {KINDS.map((row, k) => (
                <Bar
                  key={row.name}
                  kind={row}
                  extent={holding[row.name]}
                  rank={rank}
                  ranks={ranks}
                  y={KINDS.slice(0, k).reduce((sum, { bytes }) => sum + bytes * BYTE + GAP, 0)}
                />
              ))}
            </svg>
          ))}
        </g>
      ))}
      {Array.from({ length: ranks }, (_, rank) => (
        <text
          key={rank}
          x={percent((rank + 0.5 - FREE / 2) / ranks)}
          y={held.length * LAYER + 12}
          textAnchor="middle"
        >
          {ranks > 4 ? rank + 1 : `GPU ${rank + 1}`}
        </text>
      ))}
    </svg>
  );
}
