import { Layers, type Layer } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { networkWasteSpec } from './spec.ts';
import type { WasteView } from './view.ts';
import { SPAN } from './waste.ts';

const PARTS = [
  ['work', 'counted work, at peak', 'var(--c-model)'],
  ['node', 'the rest of the GPU’s own time', 'var(--c-idle)'],
  ['layers', 'waiting: layers split over nodes', 'var(--c-extra)'],
  ['sends', 'waiting: sends between stages', 'var(--c-pp)'],
  ['replicas', 'waiting: gradients and weights', 'var(--c-lost)'],
] as const;

const percent = (value: number): string => formatQuantity({ value, unit: 'ratio' });

/** The step as a whole, carved by bandwidth: what is work, what the node needs, what is waited for. */
function Result({ view, initial, onMove }: ResultProps<WasteView>) {
  const layers: Layer[] = PARTS.map(([key, label, color]) => ({
    label,
    color,
    values: view.points.map((point) => point[key]),
    amount: percent(view.now[key]),
  })).filter(({ values, label }) => label !== PARTS[2][1] || values.some((value) => value > 0.0005));
  const { bandwidth } = view.now;
  return (
    <>
      <Layers
        label={sentenceText(view)}
        x={view.points.map((point) => point.bandwidth)}
        domain={SPAN}
        layers={layers}
        ticks={[0.1e9, 1e9, 10e9, 100e9]}
        format={(value) => formatQuantity({ value, unit: 'B/s' })}
        axis="network for each GPU, one direction"
        marks={view.marks.map(({ label, bandwidth: at }) => ({ label, at }))}
        now={{ at: bandwidth, label: percent(view.now.waited), changed: bandwidth !== initial.now.bandwidth }}
        onMove={(value) => onMove({ linkRate: Number(value.toPrecision(2)) })}
      />
      <p className="cell-caution cell-note">{view.note}</p>
    </>
  );
}

export default island(networkWasteSpec, Result);
