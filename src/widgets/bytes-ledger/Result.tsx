import { Legend, Stacks } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { bytesLedgerSpec } from './spec.ts';
import type { LedgerView } from './view.ts';

const KINDS = [
  { label: 'weights', color: 'var(--c-weights)' },
  { label: 'gradients', color: 'var(--c-gradients)' },
  { label: 'master weights', color: 'color-mix(in srgb, var(--c-optimizer) 55%, var(--panel))' },
  { label: 'moments', color: 'var(--c-optimizer)' },
  { label: 'copies', color: 'var(--s6)' },
] as const;

const gib = (value: number): string => formatQuantity({ value, unit: 'B', as: 'GiB' });

/** Every recipe as a bar of what it holds, up to the card's line where that is near. */
function Result({ view, onMove }: ResultProps<LedgerView>) {
  const { rows, capacity, note } = view;
  const most = Math.max(...rows.map(({ total }) => total));
  return (
    <>
      <Legend entries={KINDS} />
      <Stacks
        label={sentenceText(view)}
        colors={KINDS.map(({ color }) => color)}
        limit={capacity}
        reach={most * 1.02}
        rows={rows.map(({ id, total, ...row }) => ({
          ...row,
          key: id,
          total,
          amount: '',
          aside: gib(total),
        }))}
        onPick={(row) => {
          const id = rows[row]?.id;
          if (id !== undefined) onMove({ ledgerRow: id });
        }}
      />
      <p className="cell-caution cell-note">{note}</p>
    </>
  );
}

export default island(bytesLedgerSpec, Result);
