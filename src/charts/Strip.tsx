import { linear, percent } from './scale.ts';

interface Props {
  readonly label: string;
  /** The 10th, 25th, 50th, 75th and 90th percentile of signed values. */
  readonly percentiles: readonly [number, number, number, number, number];
  /** Where the strip ends on both sides of zero. */
  readonly reach: number;
}

/** Signed errors on one line of a table: the median, the middle half as a bar, eight in ten as a line, zero in the middle. */
export function Strip({ label, percentiles, reach }: Props) {
  const place = linear(-reach, reach);
  const [p10, p25, p50, p75, p90] = percentiles.map(place) as [number, number, number, number, number];
  return (
    <svg className="strip" width="100%" height="16" role="img" aria-label={label}>
      <line className="strip-zero" x1="50%" x2="50%" y1="0" y2="16" />
      <line className="strip-reach" x1={percent(p10)} x2={percent(p90)} y1="8" y2="8" />
      <rect className="strip-half" x={percent(p25)} width={percent(p75 - p25)} y="4" height="8" />
      <line className="strip-middle" x1={percent(p50)} x2={percent(p50)} y1="2" y2="14" />
    </svg>
  );
}
