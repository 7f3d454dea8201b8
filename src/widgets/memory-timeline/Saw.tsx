import { percent, rounded } from '#charts';
import { GIB, type MemoryTimeline } from '#estimator';
import { formatQuantity, whole } from '#format';
import { bandsOf, placesOf } from './axis.ts';
import { LAYERS, stackOf } from './layers.ts';

const HEIGHT = 300;
/** Share of the picture that a letter takes, in a cell of a chapter and on a phone. */
const LETTER = 0.011;
const LETTER_ON_PHONE = 0.027;
const GRID = 1000;

/** Round places on the axis of memory: powers of two GiB, four to eight of them. */
function ticksTo(top: number): number[] {
  const step = 2 ** Math.ceil(Math.log2(top / GIB / 7)) * GIB;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
}

interface Props {
  readonly label: string;
  readonly timeline: MemoryTimeline;
  readonly capacity: number;
  readonly changed: boolean;
}

/** What one GPU holds through one step, stacked by kind, with the card's capacity as a line and the peak marked. */
export function Saw({ label, timeline, capacity, changed }: Props) {
  const { moments, cut, peakAt, stage, seconds } = timeline;
  const at = placesOf(timeline);
  // A card that is mostly empty would leave a low saw: then its capacity lies above the picture.
  const near = stage.total > 0.5 * capacity;
  const top = near ? 1.08 * Math.max(capacity, stage.total) : 1.25 * stage.total;
  const y = (bytes: number): number => Math.round(HEIGHT * (1 - bytes / top) * 10) / 10;
  const xs = moments.map(({ time }) => Math.round(at(time) * GRID));
  const rows = stackOf(timeline);
  const area = (lower: readonly number[], upper: readonly number[]): string => {
    const there = upper.map((value, i) => `${xs[i]} ${y(value)}`);
    const back = lower.map((value, i) => `${xs[i]} ${y(value)}`).reverse();
    // Passes shorter than a pixel fall on one place; a page need not carry it twice.
    const points = [...there, ...back].filter((point, i, all) => point !== all[i - 1]);
    return `M${points.join('L')}Z`;
  };
  const peak = at(peakAt);
  const right = peak > 0.6;
  const amount = (value: number): string => formatQuantity({ value, unit: 'B', as: 'GiB' });
  const times = cut ? [0, cut.from, seconds] : [0, seconds];
  return (
    <svg className="chart saw" width="100%" height={HEIGHT + 60} role="img" aria-label={label}>
      <rect className="chart-ground" width="100%" height={HEIGHT} />
      {ticksTo(top).map((value) => (
        <g key={value} className="chart-tick">
          <line x1="0" x2="100%" y1={y(value)} y2={y(value)} />
          <text x="-8" y={y(value)} textAnchor="end" dominantBaseline="central">
            {value === 0 ? '0' : whole(value / GIB)}
          </text>
        </g>
      ))}
      <text className="chart-axis" x="6" y="14">
        GiB
      </text>
      <svg viewBox={`0 0 ${GRID} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height={HEIGHT}>
        {rows.map(({ lower, upper }, i) =>
          typeof upper === 'number' ? (
            <rect
              key={LAYERS[i]?.label}
              width={GRID}
              y={y(upper)}
              height={rounded(Math.max(0, y(lower as number) - y(upper)))}
              style={{ fill: LAYERS[i]?.color }}
            />
          ) : (
            <path
              key={LAYERS[i]?.label}
              d={area(lower as readonly number[], upper)}
              style={{ fill: LAYERS[i]?.color }}
            />
          ),
        )}
      </svg>
      {cut && (
        <rect
          className="saw-cut"
          x={percent(at(cut.from))}
          width={percent(at(cut.to) - at(cut.from))}
          height={HEIGHT}
        />
      )}
      {near && <line className="saw-capacity" x1="0" x2="100%" y1={y(capacity)} y2={y(capacity)} />}
      <text className="saw-name" x="100%" dx="-6" y={near ? y(capacity) - 6 : 14} textAnchor="end">
        {near ? `the card has ${amount(capacity)}` : `↑ the card has ${amount(capacity)}`}
      </text>
      <g className="chart-mine" data-changed={changed || undefined}>
        <circle cx={percent(peak)} cy={y(stage.total)} r={5} />
        <text
          x={percent(peak)}
          y={y(stage.total)}
          dx={right ? -10 : 10}
          dy={stage.total < capacity && stage.total > 0.9 * capacity ? 20 : -8}
          textAnchor={right ? 'end' : 'start'}
        >
          {`peak ${amount(stage.total)}`}
        </text>
      </g>
      {bandsOf(timeline).map(({ label: name, left, right: end }, i) => (
        <g
          key={i}
          className="saw-band"
          data-narrow={end - left < name.length * LETTER_ON_PHONE || undefined}
          data-thin={end - left < name.length * LETTER || undefined}
        >
          <line x1={percent(left)} x2={percent(end)} y1={HEIGHT + 8} y2={HEIGHT + 8} />
          <text x={percent((left + end) / 2)} y={HEIGHT + 22} textAnchor="middle">
            {name}
          </text>
        </g>
      ))}
      {times.map((value) => (
        <text
          key={value}
          x={percent(at(value))}
          y={HEIGHT + 42}
          textAnchor={value === 0 ? 'start' : value === seconds ? 'end' : 'middle'}
        >
          {value === 0 ? '0 s' : formatQuantity({ value, unit: 's' })}
        </text>
      ))}
    </svg>
  );
}
