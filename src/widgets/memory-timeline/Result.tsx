import { Legend } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { amountsOf, LAYERS } from './layers.ts';
import { Saw } from './Saw.tsx';
import { memoryTimelineSpec } from './spec.ts';
import type { TimelineView } from './view.ts';

/** The saw-tooth of memory through one step, and what each kind comes to at the peak. */
function Result({ view, initial }: ResultProps<TimelineView>) {
  const { timeline, capacity } = view;
  const amounts = amountsOf(timeline);
  return (
    <>
      <div className="chart-plot">
        <Legend
          entries={LAYERS.map((layer, i) => ({
            ...layer,
            amount: formatQuantity({ value: amounts[i] ?? 0, unit: 'B', as: 'GiB' }),
          })).reverse()}
        />
        <Saw
          label={sentenceText(view)}
          timeline={timeline}
          capacity={capacity}
          changed={timeline.stage.total !== initial.timeline.stage.total}
        />
      </div>
      <p className="cell-caution cell-note">{view.note}</p>
    </>
  );
}

export default island(memoryTimelineSpec, Result);
