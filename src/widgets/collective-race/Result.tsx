import { useEffect, useState } from 'react';
import { Curves, type Axis } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { useMounted } from '../frame/useMounted.ts';
import { framesOf } from './frames.ts';
import { collectiveRaceSpec } from './spec.ts';
import { Strip } from './Strip.tsx';
import type { RaceView } from './view.ts';

const SIZE: Axis = {
  label: 'size of the message',
  scale: 'log',
  domain: [2 ** 10, 2 ** 34],
  ticks: [2 ** 10, 2 ** 15, 2 ** 20, 2 ** 25, 2 ** 30],
  format: (value) => formatQuantity({ value, unit: 'B', as: 'binary' }),
};

/** Round numbers up to `max`, about four of them. */
function ticksTo(max: number): number[] {
  const raw = max / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((n) => n * power >= raw) ?? 10) * power;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step);
}

/** Seconds that the slowest runner is given on the screen. */
const LENGTH = 5;

/** Progress of a race from 0 to 1, and how to start it. Who asks for less motion sees the end at once. */
function useRace(): readonly [number | null, () => void] {
  const [started, setStarted] = useState<number | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  useEffect(() => {
    if (started === null) return;
    let frame = 0;
    const tick = (now: number): void => {
      const share = Math.min(1, (now - started) / 1000 / LENGTH);
      setProgress(share);
      if (share < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [started]);
  const start = (): void => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) setProgress(1);
    else setStarted(performance.now());
  };
  return [progress, start];
}

/** The algorithms' steps as strips that a race runs through, and their bus bandwidth over the size of the message. */
function Result({ view, initial }: ResultProps<RaceView>) {
  const [progress, start] = useRace();
  const mounted = useMounted();
  const slowest = Math.max(...view.runners.map(({ seconds }) => seconds ?? 0));
  const top =
    Math.max(view.ceiling.value, ...view.curves.flatMap(({ points }) => points.map(({ y }) => y))) * 1.2;
  const changed = view.mine.x !== initial.mine.x || view.mine.label !== initial.mine.label;
  return (
    <>
      <Curves
        label={sentenceText(view)}
        curves={view.curves}
        dots={{ label: view.measuredLabel, points: view.measured }}
        x={SIZE}
        y={{
          label: 'bus bandwidth',
          scale: 'linear',
          domain: [0, top],
          ticks: ticksTo(top),
          format: (value) =>
            value === 0 ? '0' : formatQuantity({ value, unit: 'B/s', digits: 2 }).replace('B/s', ''),
        }}
        ceiling={view.ceiling}
        mine={{ ...view.mine, changed }}
      />
      <div className="race">
        {view.runners.map((runner) => {
          const frames = framesOf(view.op, runner.algorithm);
          const share =
            progress === null || runner.seconds === null
              ? null
              : Math.min(1, (progress * slowest) / runner.seconds);
          const current =
            share === null ? null : Math.min(frames.length - 1, Math.floor(share * (frames.length - 1)));
          return (
            <div className="race-lane" key={runner.algorithm} data-out={runner.seconds === null || undefined}>
              <p>
                <b>{runner.name}</b> {runner.amount}
                <span className="race-bar" aria-hidden="true">
                  <i
                    style={{
                      width: `${(100 * (runner.seconds ?? 0) * (share ?? 1)) / slowest}%`,
                      background: runner.color,
                    }}
                  />
                </span>
              </p>
              <Strip
                frames={frames}
                color={runner.color}
                current={current}
                label={`${runner.name} on four GPUs, ${frames.length - 1} steps`}
              />
            </div>
          );
        })}
        <p className="race-say">
          Each grid is one step: a column is a GPU, a row a quarter of the buffer, darker is more of the
          answer.
        </p>
        <p className="race-go">
          {mounted && (
            <button type="button" className="race-start" onClick={start}>
              Run the race
            </button>
          )}
        </p>
      </div>
    </>
  );
}

export default island(collectiveRaceSpec, Result);
