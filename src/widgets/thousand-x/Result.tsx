import { Factors, Legend } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { thousandXSpec } from './spec.ts';
import type { FactorId, ThousandView } from './view.ts';

const COLOR: Readonly<Record<FactorId, string>> = {
  format: 'var(--s2)',
  instructions: 'var(--s1)',
  process: 'var(--s3)',
  sms: 'var(--s3)',
  clock: 'var(--s4)',
  sparsity: 'var(--s5)',
  whole: 'var(--s6)',
};

const KEY: readonly (readonly [FactorId, string])[] = [
  ['format', 'number format'],
  ['instructions', 'instructions: work of an SM in a clock'],
  ['process', 'process (NVIDIA); more SMs (ours)'],
  ['clock', 'clock'],
  ['sparsity', '2:4 sparsity'],
  ['whole', 'not taken apart'],
];

const times = (value: number, digits = 4): string => formatQuantity({ value, unit: 'factor', digits });

/** How far a row's bar has come after each of its factors; a little below a decade counts as that decade. */
const runningProducts = ({ parts }: ThousandView['rows'][number]): number[] =>
  parts.map((_, i) => parts.slice(0, i + 1).reduce((product, { factor }) => product * factor, 1.0001));

/** Factors add up on a logarithmic axis, so that products can be compared by length. */
function Result({ view }: ResultProps<ThousandView>) {
  const largest = Math.max(1000, ...view.rows.map(({ total }) => total));
  const high = Math.ceil(Math.log10(largest) + 0.05);
  const low = Math.min(0, Math.floor(Math.log10(Math.min(...view.rows.flatMap(runningProducts)))));
  return (
    <>
      <Legend entries={KEY.map(([id, label]) => ({ label, color: COLOR[id] }))} />
      <Factors
        label={sentenceText(view)}
        rows={view.rows.map(({ label, total, parts }) => ({
          label,
          total: times(total),
          parts: parts.map((part) => ({ ...part, color: COLOR[part.id] })),
        }))}
        ticks={Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))}
        mark={{ value: 1000, label: '1,000×' }}
        format={times}
      />
    </>
  );
}

export default island(thousandXSpec, Result);
