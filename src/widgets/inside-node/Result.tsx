import type { PointerEvent } from 'react';
import { Rows } from '#charts';
import { whole } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import type { Place } from './layout.ts';
import { insideNodeSpec } from './spec.ts';
import type { NodeView } from './view.ts';

const KEY: Readonly<Record<Place['kind'], string>> = {
  gpu: 'GPU',
  nvswitch: 'NVSwitch',
  'pcie-switch': 'PCIe switch',
  cpu: 'processor',
};

function Chip({ place, role }: { readonly place: Place; readonly role: string | undefined }) {
  const { x, y, size, kind, label, id } = place;
  const width = kind === 'cpu' ? 40 : size;
  return (
    <svg x={`${x}%`} y={y} overflow="visible" data-chip={id}>
      <rect
        className="node-chip"
        data-kind={kind}
        data-role={role}
        x={-width / 2}
        y={-size / 2}
        width={width}
        height={size}
        rx={kind === 'nvswitch' ? size / 2 : 3}
      />
      {label && (
        <text className="node-chip-label" data-role={role} textAnchor="middle" dominantBaseline="central">
          {label}
        </text>
      )}
    </svg>
  );
}

/** The node as chips and wires, the ways between the two chosen GPUs on top, and the collective's time below. */
function Result({ view, onMove }: ResultProps<NodeView>) {
  const { drawing, from, to } = view;
  const kinds = [...new Set(drawing.places.map(({ kind }) => kind))];
  const roleOf = ({ id }: Place): string | undefined =>
    id === `gpu${from}` ? 'from' : id === `gpu${to}` ? 'to' : undefined;
  const choose = (event: PointerEvent<SVGSVGElement>): void => {
    const id = (event.target as Element).closest('[data-chip^="gpu"]')?.getAttribute('data-chip');
    const gpu = id?.slice(3);
    if (gpu === undefined || gpu === String(to)) return;
    // The chosen one becomes an end, and the end before it the start.
    if (gpu === String(from)) onMove({ vFrom: String(to), vTo: gpu });
    else onMove({ vTo: gpu });
  };
  return (
    <>
      <ul className="chart-key node-key">
        {kinds.map((kind) => (
          <li key={kind}>
            <span className="node-swatch" data-kind={kind} />
            {KEY[kind]}
          </li>
        ))}
        {view.fabric === 'cube-mesh' && <li>thick lines: two links</li>}
      </ul>
      <div className="node-drawing">
        <svg
          className="chart node"
          width="100%"
          height={drawing.height}
          role="img"
          aria-label={sentenceText(view)}
          onPointerDown={choose}
        >
          {drawing.lines.map((line) => (
            <line
              key={line.key}
              className="node-wire"
              data-wire={line.wire}
              data-chosen={line.chosen || undefined}
              x1={`${line.x[0]}%`}
              x2={`${line.x[1]}%`}
              y1={line.y[0]}
              y2={line.y[1]}
              style={{
                strokeWidth: (view.fabric === 'cube-mesh' ? line.links * 2 - 0.5 : 1) + (line.chosen ? 1 : 0),
              }}
            />
          ))}
          {drawing.places.map((place) => (
            <Chip key={place.id} place={place} role={roleOf(place)} />
          ))}
        </svg>
      </div>
      <p className="node-note">
        {drawing.hidden > 0
          ? `Only the wires of the two are drawn; the other ${whole(drawing.hidden)} run alike.`
          : 'Press a GPU in the drawing to choose it.'}
      </p>
      <Rows
        label={`Time by algorithm: ${view.rows.map((r) => `${r.label} ${r.amount}`).join(', ')}`}
        rows={view.rows}
      />
    </>
  );
}

export default island(insideNodeSpec, Result);
