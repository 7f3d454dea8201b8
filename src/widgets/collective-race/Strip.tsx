import type { Frame } from './frames.ts';

const CELL = 8;
const GAP = 7;

/** The steps of one algorithm as a strip of small pictures: a column a GPU, a row a piece of the buffer. */
export function Strip({
  frames,
  color,
  current,
  label,
}: {
  readonly frames: readonly Frame[];
  readonly color: string;
  /** The step that the race is at; null when it is not running. */
  readonly current: number | null;
  readonly label: string;
}) {
  const side = (frames[0]?.length ?? 0) * CELL;
  const width = frames.length * (side + GAP) - GAP;
  return (
    <svg
      className="race-strip"
      width={width + 4}
      height={side + 4}
      viewBox={`-2 -2 ${width + 4} ${side + 4}`}
      role="img"
      aria-label={label}
    >
      {frames.map((frame, i) => (
        <g key={i} transform={`translate(${i * (side + GAP)} 0)`}>
          {frame.flatMap((pieces, gpu) =>
            pieces.map((share, piece) => (
              <rect
                key={`${gpu} ${piece}`}
                x={gpu * CELL}
                y={piece * CELL}
                width={CELL - 1}
                height={CELL - 1}
                style={{
                  fill: share > 0 ? color : 'var(--c-idle)',
                  fillOpacity: share > 0 ? 0.2 + 0.8 * share ** 2 : 0.3,
                }}
              />
            )),
          )}
          <rect
            className="race-frame"
            data-current={i === current || undefined}
            x={-1.5}
            y={-1.5}
            width={side + 2}
            height={side + 2}
          />
        </g>
      ))}
    </svg>
  );
}
