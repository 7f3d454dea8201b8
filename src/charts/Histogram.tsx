import { barOf, BARS, type Bin } from './bins.ts';
import { percent } from './scale.ts';

interface Props {
  readonly label: string;
  readonly bins: readonly Bin[];
  /** Bins within this of zero are drawn in full colour. */
  readonly good: number;
  readonly format: (value: number) => string;
  /** Written at the two ends of the axis: what a negative and a positive error mean. */
  readonly ends: readonly [string, string];
}

const FOOT = BARS.top + BARS.height;
/** An axis label stands at every so many bins. */
const EVERY = 4;
const SLACK = 1e-9;

/** A signed error's histogram; a script changes `y` and `height` of the bars, which are marked with `data-bin`. */
export function Histogram({ label, bins, good, format, ends }: Props) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const width = 1 / bins.length;
  return (
    <svg className="chart histogram" width="100%" height={FOOT + 42} role="img" aria-label={label}>
      <text x="0" y="10" data-most="">
        {`tallest: ${most} runs`}
      </text>
      {bins.map(({ from, to, count }, i) => (
        <rect
          key={from}
          data-bin={i}
          data-good={(from >= -good - SLACK && to <= good + SLACK) || undefined}
          x={percent(i * width + width * 0.06)}
          width={percent(width * 0.88)}
          {...barOf(count, most)}
        />
      ))}
      <line className="histogram-foot" x1="0" x2="100%" y1={FOOT} y2={FOOT} />
      <line className="histogram-zero" x1="50%" x2="50%" y1={BARS.top - 6} y2={FOOT + 4} />
      {bins.slice(1).flatMap(({ from }, i) =>
        (i - (bins.length - 2) / 2) % EVERY === 0
          ? [
              <text key={from} x={percent((i + 1) * width)} y={FOOT + 17} textAnchor="middle">
                {format(from)}
              </text>,
            ]
          : [],
      )}
      <text className="chart-axis" x="0" y={FOOT + 36}>
        {ends[0]}
      </text>
      <text className="chart-axis" x="100%" y={FOOT + 36} textAnchor="end">
        {ends[1]}
      </text>
    </svg>
  );
}
