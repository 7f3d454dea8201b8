import { Bar, type BarPart } from '#charts';
import { formatQuantity, significant } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { timeToTrainSpec } from './spec.ts';
import type { TimePart, TimeView } from './view.ts';

const COLOR: Readonly<Record<TimePart['id'], string>> = {
  sixNd: 'var(--c-model)',
  extra: 'var(--c-extra)',
  lost: 'var(--c-lost)',
};

const time = (value: number): string => formatQuantity({ value, unit: 's' });

/** The axis counts in the largest unit that gives round ticks. */
function axisUnit(seconds: number): readonly [number, string] {
  if (seconds > 20 * 365.25 * 86_400) return [365.25 * 86_400, 'year'];
  if (seconds > 2 * 86_400) return [86_400, 'day'];
  if (seconds > 2 * 3600) return [3600, 'hour'];
  if (seconds > 120) return [60, 'minute'];
  return [1, 'second'];
}

/** The time carved into what 6ND sees, what it leaves out, and what failures take. */
function Result({ view, initial }: ResultProps<TimeView>) {
  const [unit, name] = axisUnit(view.seconds);
  const parts: BarPart[] = view.parts.map((part, i) => ({
    label: part.label,
    value: part.seconds,
    color: COLOR[part.id],
    // In the unit of the whole, so that the parts can be added by eye.
    amount: i === 0 ? time(part.seconds) : `+${significant(part.seconds / unit, 2)} ${name}s`,
  }));
  const moved = Math.abs(view.seconds / initial.seconds - 1) > 1e-6 && initial.seconds < 20 * view.seconds;
  return (
    <>
      <Bar
        label={sentenceText(view)}
        parts={parts}
        total={time(view.seconds)}
        ghost={moved ? initial.seconds : undefined}
        range={view.range ?? undefined}
        tick={(value) => significant(value, 4)}
        origin={`${name} 0`}
        unit={unit}
      />
      {view.range && (
        <p className="cell-caution">
          From {time(view.range.low)} to {time(view.range.high)} {view.range.label}.
        </p>
      )}
    </>
  );
}

export default island(timeToTrainSpec, Result);
