import { Tornado } from '#charts';
import { formatQuantity, significant } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { conventionsSpec } from './spec.ts';
import type { ConventionsView } from './view.ts';

/** One bar a convention, widest first, through the line of the answer as chosen. */
function Result({ view }: ResultProps<ConventionsView>) {
  const format = (value: number): string => {
    if (view.told === 'mfu') return formatQuantity({ value, unit: 'ratio' });
    if (view.told === 'seconds') return formatQuantity({ value, unit: 's', as: 'days' });
    return `${significant(value)} ${view.unit}`;
  };
  return (
    <Tornado
      label={sentenceText(view)}
      rows={view.rows}
      anchor={{ value: view.anchor, label: format(view.anchor) }}
      format={format}
    />
  );
}

export default island(conventionsSpec, Result);
