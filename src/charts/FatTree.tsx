import { useState } from 'react';
import { fan, firstCores, firstLeaves, firstSpines, GRID, lines, span, type Tree } from './fat-tree.ts';

interface Props extends Tree {
  readonly label: string;
  readonly planes: number;
}

const SIZE = 12;
const HEAD = 18;
/** From the top of the first row to the top of the last, however many there are. */
const TALL = 210;
/** More than this many in a row cannot be told apart: they are drawn as one strip. */
const MOST_DRAWN = 160;

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** What of the width is seen: where it begins, as a share, and how many times it is enlarged. */
interface Window {
  readonly start: number;
  readonly zoom: number;
}

/** The items of a row that a window holds, cut ones included: first and last. */
const seen = (count: number, { start, zoom }: Window): readonly [number, number] => [
  Math.floor(start * count),
  Math.min(count, Math.ceil((start + 1 / zoom) * count)) - 1,
];

/** Equal squares over the width, or a strip where they would be too thin to tell apart. */
function Row({
  count,
  y,
  lit,
  window,
}: {
  readonly count: number;
  readonly y: number;
  readonly lit: readonly number[];
  readonly window: Window;
}) {
  if (count > MOST_DRAWN * window.zoom)
    return <rect className="tree-strip" x="0" y={y} width={GRID} height={SIZE} />;
  const cell = GRID / count;
  const width = Math.min(cell * 0.72, 40 / window.zoom);
  const square = (i: number): string =>
    `M${((i + 0.5) * cell - width / 2).toFixed(2)} ${y}h${width.toFixed(2)}v${SIZE}h${(-width).toFixed(2)}z`;
  const [first, last] = seen(count, window);
  const plain = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((i) => !lit.includes(i));
  return (
    <>
      <path className="tree-switch" d={plain.map(square).join('')} />
      <path className="tree-lit" d={lit.map(square).join('')} />
    </>
  );
}

/** A faint band between groups of two rows: every leaf of a pod to every spine of it. */
function Bands({
  parts,
  from,
  to,
  whole,
  zoom,
}: {
  readonly parts: number;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
  readonly zoom: number;
}) {
  const drawn = Math.min(parts, 24 * zoom);
  const band = (part: number): string => {
    const [left, right] = span(part, drawn);
    const [topLeft, topRight] = whole ? [0, GRID] : [left, right];
    const inset = Math.min(6, (right - left) / 8);
    return `M${left + inset} ${from}L${topLeft + inset} ${to}H${topRight - inset}L${right - inset} ${from}z`;
  };
  return <path className="tree-band" d={Array.from({ length: drawn }, (_, i) => band(i)).join('')} />;
}

/** Enlarged until a few dozen nodes fill the width. */
const mostZoom = (nodes: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(nodes / 32)));

/**
 * Cores, spines, leaves and nodes as rows; what the first node's ports can reach is drawn out, the rest is summarised.
 * The reader enlarges the width, which turns strips into single switches, and moves along it.
 */
export function FatTree({ label, planes, ...tree }: Props) {
  const [chosen, setChosen] = useState<Window>({ start: 0, zoom: 1 });
  const { nodes, leaves, spines, cores, pods } = tree;
  const reached = firstLeaves(tree);
  const above = spines > 0 ? firstSpines(tree) : [];
  const top = firstCores(tree);
  const rows = [
    ...(cores > 0 ? [{ name: many(cores, 'core', 'cores'), count: cores, lit: top }] : []),
    ...(spines > 0 ? [{ name: many(spines, 'spine', 'spines'), count: spines, lit: above }] : []),
    { name: many(leaves, 'leaf', 'leaves'), count: leaves, lit: reached },
    { name: many(nodes, 'node', 'nodes'), count: nodes, lit: [0] },
  ];
  const y = (row: number): number => HEAD + Math.round((row * TALL) / (rows.length - 1));
  const at = (fromEnd: number): number => y(rows.length - 1 - fromEnd);
  const [node, leaf, spine, core] = [at(0), at(1), at(2), at(3)];
  const height = at(0) + SIZE + 4;
  const path = [
    lines(fan([0], nodes, reached, leaves), node, leaf + SIZE),
    above.length > 0 ? lines(fan(reached.slice(0, 1), leaves, above, spines), leaf, spine + SIZE) : '',
    top.length > 0 ? lines(fan(above.slice(0, 1), spines, top, cores), spine, core + SIZE) : '',
  ].join('');
  const most = mostZoom(nodes);
  // The fabric may have shrunk since the reader chose.
  const zoom = Math.min(chosen.zoom, most);
  const window = { zoom, start: Math.min(chosen.start, 1 - 1 / zoom) };
  const look = (next: number, start: number): void => {
    setChosen({ zoom: next, start: Math.min(Math.max(0, start), 1 - 1 / next) });
  };
  const [firstNode, lastNode] = seen(nodes, window);
  const buttons = [
    { name: 'Zoom in', off: zoom >= most, press: () => look(zoom * 2, window.start) },
    { name: 'Zoom out', off: zoom === 1, press: () => look(zoom / 2, window.start) },
    { name: 'Left', off: window.start === 0, press: () => look(zoom, window.start - 0.5 / zoom) },
    { name: 'Right', off: window.start >= 1 - 1 / zoom, press: () => look(zoom, window.start + 0.5 / zoom) },
  ];
  return (
    <div className="chart-tree">
      {planes > 1 && <p className="tree-note">One of {planes} equal planes.</p>}
      <svg className="chart" width="100%" height={height} role="img" aria-label={label}>
        <svg
          width="100%"
          height={height}
          viewBox={`${window.start * GRID} 0 ${GRID / zoom} ${height}`}
          preserveAspectRatio="none"
        >
          {spines > 0 && <Bands parts={pods} from={leaf} to={spine + SIZE} whole={false} zoom={zoom} />}
          {cores > 0 && <Bands parts={pods} from={spine} to={core + SIZE} whole zoom={zoom} />}
          <Bands
            parts={Math.max(1, Math.ceil(nodes / tree.nodesPerLeaf))}
            from={node}
            to={leaf + SIZE}
            whole={false}
            zoom={zoom}
          />
          <path className="tree-path" d={path} vectorEffect="non-scaling-stroke" />
          {rows.map(({ name, count, lit }, i) => (
            <Row key={name} count={count} y={y(i)} lit={lit} window={window} />
          ))}
        </svg>
        {rows.map(({ name }, i) => (
          <text key={name} className="tree-name" x="100%" y={y(i) - 6} textAnchor="end">
            {name}
          </text>
        ))}
      </svg>
      <div className="chart-picks needs-script" role="group" aria-label="What of the fabric is drawn">
        {buttons.map(({ name, off, press }) => (
          <button key={name} type="button" aria-disabled={off} onClick={off ? undefined : press}>
            {name}
          </button>
        ))}
        <span className="tree-note" role="status">
          {zoom === 1
            ? `${many(nodes, 'node', 'nodes')}, all of them`
            : `Nodes ${(firstNode + 1).toLocaleString('en')} to ${(lastNode + 1).toLocaleString('en')} of ${nodes.toLocaleString('en')}`}
        </span>
      </div>
    </div>
  );
}
