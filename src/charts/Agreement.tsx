import { AGREEMENT_GRID, drawAgreement, type AgreementPoint } from './agree.ts';
import { Legend } from './Legend.tsx';
import { percent } from './scale.ts';

interface Props {
  readonly label: string;
  readonly points: readonly AgreementPoint[];
  readonly groups: readonly { readonly label: string; readonly color: string }[];
  /** Bands around the diagonal, widest first: 0.2 for predictions within 20%. */
  readonly tolerances: readonly number[];
  readonly x: string;
  readonly y: string;
  readonly format: (value: number) => string;
}

/**
 * Predicted against measured on two equal logarithmic axes, a dot a run, with the diagonal and bands around it. Square,
 * whatever the width; text keeps its size. What a script needs to draw it again is marked with `data-`.
 */
export function Agreement({ label, points, groups, tolerances, x, y, format }: Props) {
  const { ticks, bands, dots } = drawAgreement(points, groups.length, tolerances);
  return (
    <div className="agreement">
      <Legend entries={groups} />
      <p className="agreement-y">{y}</p>
      <div className="agreement-plot">
        <svg className="chart" width="100%" height="100%" role="img" aria-label={label}>
          <svg
            viewBox={`0 0 ${AGREEMENT_GRID} ${AGREEMENT_GRID}`}
            preserveAspectRatio="none"
            width="100%"
            height="100%"
          >
            {bands.map((d, i) => (
              <path key={tolerances[i]} className="agreement-band" data-band={i} d={d} />
            ))}
            <path
              className="agreement-diagonal"
              d={`M0 ${AGREEMENT_GRID}L${AGREEMENT_GRID} 0`}
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          <rect className="chart-ground" width="100%" height="100%" />
          <g data-ticks="">
            {ticks.map(({ value, place }) => (
              <g key={value} className="chart-tick">
                <text x="-8" y={percent(1 - place)} textAnchor="end" dominantBaseline="central">
                  {format(value)}
                </text>
                <text x={percent(place)} y="100%" dy={17} textAnchor="middle">
                  {format(value)}
                </text>
              </g>
            ))}
          </g>
          <svg
            viewBox={`0 0 ${AGREEMENT_GRID} ${AGREEMENT_GRID}`}
            preserveAspectRatio="none"
            width="100%"
            height="100%"
            overflow="visible"
          >
            {groups.map((group, i) => (
              <path
                key={group.label}
                className="chart-dots"
                data-dots={i}
                d={dots[i]}
                vectorEffect="non-scaling-stroke"
                style={{ stroke: group.color }}
              />
            ))}
          </svg>
        </svg>
      </div>
      <p className="agreement-x">{x}</p>
    </div>
  );
}
