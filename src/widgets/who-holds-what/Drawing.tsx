import type { Moment, Sending } from '#estimator';
import { formatQuantity } from '#format';
import { percent } from '#charts';
import { KINDS, type Kind } from './kinds.ts';

/** Pixels of height for a byte of a parameter, so that areas are bytes. */
const BYTE = 3;
const GAP = 2;
/** Above every layer: its name, and what is sent for it. */
const HEAD = 34;
const LAYER = HEAD + KINDS.reduce((sum, { bytes }) => sum + bytes * BYTE + GAP, 0);
/** Share of a column's pitch that is left free behind it. */
const FREE = 0.2;

/** A place in a rank's column, 0 to 1, as a share of the picture; the last column ends with it. */
const placeIn = (rank: number, ranks: number, inside: number): number =>
  (rank + (1 - FREE) * inside) / (ranks - FREE);

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

/** Where a collective starts and ends in a column: at the rank's own shard, or over all of it. */
const ENDS: Readonly<Record<Sending['op'], { readonly from: 'own' | 'all'; readonly to: 'own' | 'all' }>> = {
  'all-gather': { from: 'own', to: 'all' },
  'reduce-scatter': { from: 'all', to: 'own' },
  'all-reduce': { from: 'all', to: 'all' },
};

interface RingProps {
  readonly op: Sending['op'];
  readonly y: number;
  readonly ranks: number;
  readonly color: string;
  readonly label: string;
}

/** A wire above a layer that joins all ranks: a dot where a rank puts something on it, an arrow where it takes some off. */
function Ring({ op, y, ranks, color, label }: RingProps) {
  const { from, to } = ENDS[op];
  // Over all of the column it stands away from the shard, where one end is there, or from the other end.
  const inside = (rank: number, end: 'own' | 'all', beside: number): number => {
    if (end === 'own') return (rank + 0.5) / ranks;
    return from === to ? beside : rank < ranks / 2 ? 0.7 : 0.3;
  };
  const places = Array.from({ length: ranks }, (_, rank) => ({
    dot: placeIn(rank, ranks, inside(rank, from, 0.35)),
    arrow: placeIn(rank, ranks, inside(rank, to, 0.65)),
  }));
  const all = places.flatMap(({ dot, arrow }) => [dot, arrow]);
  return (
    <g className="hold-ring" style={{ stroke: color, fill: color }}>
      <line x1={percent(Math.min(...all))} x2={percent(Math.max(...all))} y1={y} y2={y} />
      {places.map(({ dot, arrow }, rank) => (
        <g key={rank}>
          <line x1={percent(dot)} x2={percent(dot)} y1={y} y2={y + 10} />
          <circle cx={percent(dot)} cy={y + 8} r="3" />
          <svg x={percent(arrow)} y={y} overflow="visible">
            <path d="M0 0V10M-3.5 6L0 10.5L3.5 6" />
          </svg>
        </g>
      ))}
      <text x="100%" y={y - 7} textAnchor="end">
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
          <text className="hold-layer" data-active={layer === i || undefined} x="0" y={i * LAYER + 15}>
            {`Layer ${i + 1}`}
          </text>
          {sending && active(i) && (
            <Ring op={sending.op} y={(tops[i] ?? 0) - 13} ranks={ranks} color={moved.color} label={text} />
          )}
          {Array.from({ length: ranks }, (_, rank) => (
            <svg
              key={rank}
              x={percent(placeIn(rank, ranks, 0))}
              y={tops[i]}
              width={percent((1 - FREE) / (ranks - FREE))}
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
          x={percent(placeIn(rank, ranks, 0.5))}
          y={held.length * LAYER + 12}
          textAnchor="middle"
        >
          {ranks > 4 ? rank + 1 : `GPU ${rank + 1}`}
        </text>
      ))}
    </svg>
  );
}
