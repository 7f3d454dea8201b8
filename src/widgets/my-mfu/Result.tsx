import { Bar } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { myMfuSpec } from './spec.ts';
import type { MfuView } from './view.ts';

const percent = (value: number): string => formatQuantity({ value, unit: 'ratio' });

/** The dense peak as one bar, with what the model got, what was computed twice and what was lost carved off. */
function Result({ view, initial }: ResultProps<MfuView>) {
  const again = Math.max(0, view.hfu - view.mfu);
  const rest = Math.max(0, 1 - view.mfu - again);
  return (
    <Bar
      label={sentenceText(view)}
      parts={[
        { label: 'MFU', value: view.mfu, color: 'var(--c-model)', amount: percent(view.mfu) },
        ...(again > 0
          ? [
              {
                label: 'recomputed',
                value: again,
                color: 'var(--c-extra)',
                amount: `+${formatQuantity({ value: again, unit: 'ratio', digits: 2 })}`,
              },
            ]
          : []),
        {
          label: 'waiting, or not counted',
          value: rest,
          color: 'var(--c-idle)',
          amount: percent(rest),
        },
      ]}
      total="dense peak"
      ghost={view.mfu === initial.mfu ? undefined : initial.mfu}
      tick={(value) => percent(value)}
      origin="0%"
      unit={1}
      max={1}
    />
  );
}

export default island(myMfuSpec, Result);
