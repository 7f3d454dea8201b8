import { Tanks } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { useMounted } from '../frame/useMounted.ts';
import { memoryTankSpec } from './spec.ts';
import { KINDS } from './stages.ts';
import type { TankView } from './view.ts';

const COLORS: Readonly<Record<(typeof KINDS)[number]['id'], string>> = {
  weights: 'var(--c-weights)',
  gradients: 'var(--c-gradients)',
  optimizer: 'var(--c-optimizer)',
  buffers: 'var(--s6)',
  activations: 'var(--c-activations)',
  moment: 'color-mix(in srgb, var(--c-activations) 50%, var(--panel))',
  overhead: 'var(--c-idle)',
};

const gib = (value: number): string => formatQuantity({ value, unit: 'B', as: 'GiB' });

/** The fullest GPU and all stages as tanks under the card's line, the same by stage of ZeRO, and a way to make it fit. */
function Result({ view, onMove }: ResultProps<TankView>) {
  const mounted = useMounted();
  const { stages, fullest, fix } = view;
  const full = stages[fullest];
  return (
    <>
      <Tanks
        label={sentenceText(view)}
        kinds={KINDS.map(({ id, label }, i) => ({
          label,
          color: COLORS[id],
          amount: gib(full?.parts[i] ?? 0),
        }))}
        tanks={stages}
        fullest={fullest}
        amount={gib(full?.total ?? 0)}
        capacity={view.capacity}
        limit={view.limit}
        titles={['Fullest GPU', 'Every pipeline stage', 'The fullest GPU by stage of ZeRO']}
        rows={view.cases.map((row) => ({
          ...row,
          key: String(row.zero),
          name: `ZeRO ${row.zero}`,
          amount: gib(row.total),
          aside: row.sends,
        }))}
        onPick={(stepZero) => onMove({ stepZero: String(stepZero) as '0' })}
      />
      <p className="cell-caution cell-note">{view.note}</p>
      <div className="tank-fix">
        {view.fits && view.verdict}
        {!view.fits && !fix && 'No change of two settings, or of more GPUs, makes it fit.'}
        {fix && mounted && (
          <button type="button" onClick={() => onMove(fix.changes)}>
            Make it fit: {fix.text}
          </button>
        )}
        {fix && !mounted && <>The smallest change that makes it fit: {fix.text}.</>}
      </div>
    </>
  );
}

export default island(memoryTankSpec, Result);
