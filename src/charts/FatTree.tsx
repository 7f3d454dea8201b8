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

/** Equal squares over the width, or a strip where they would be too thin to tell apart. */
function Row({
  count,
  y,
  lit,
}: {
  readonly count: number;
  readonly y: number;
  readonly lit: readonly number[];
}) {
  if (count > MOST_DRAWN) return <rect className="tree-strip" x="0" y={y} width={GRID} height={SIZE} />;
  const cell = GRID / count;
  const width = Math.min(cell * 0.72, 40);
  const square = (i: number): string =>
    `M${((i + 0.5) * cell - width / 2).toFixed(1)} ${y}h${width.toFixed(1)}v${SIZE}h${(-width).toFixed(1)}z`;
  const plain = Array.from({ length: count }, (_, i) => i).filter((i) => !lit.includes(i));
  return (
    <>
      <path className="tree-switch" d={plain.map(square).join('')} />
      <path className="tree-lit" d={lit.map(square).join('')} />
    </>
  );
}

/** A faint band between groups of two rows: every leaf of a pod to every spine of it. */
function Bands({ parts, from, to, whole }: { parts: number; from: number; to: number; whole: boolean }) {
  const drawn = Math.min(parts, 24);
  const band = (part: number): string => {
    const [left, right] = span(part, drawn);
    const [topLeft, topRight] = whole ? [0, GRID] : [left, right];
    const inset = Math.min(6, (right - left) / 8);
    return `M${left + inset} ${from}L${topLeft + inset} ${to}H${topRight - inset}L${right - inset} ${from}z`;
  };
  return <path className="tree-band" d={Array.from({ length: drawn }, (_, i) => band(i)).join('')} />;
}

/** Cores, spines, leaves and nodes as rows; what the first node's ports can reach is drawn out, the rest is summarised. */
export function FatTree({ label, planes, ...tree }: Props) {
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
  return (
    <div className="chart-tree">
      {planes > 1 && <p className="tree-note">One of {planes} equal planes.</p>}
      <svg className="chart" width="100%" height={height} role="img" aria-label={label}>
        <svg
          width="100%"
          height={height}
          viewBox={`0 0 ${GRID} ${height}`}
          preserveAspectRatio="none"
          overflow="visible"
        >
          {spines > 0 && <Bands parts={pods} from={leaf} to={spine + SIZE} whole={false} />}
          {cores > 0 && <Bands parts={pods} from={spine} to={core + SIZE} whole />}
          <Bands
            parts={Math.max(1, Math.ceil(nodes / tree.nodesPerLeaf))}
            from={node}
            to={leaf + SIZE}
            whole={false}
          />
          <path className="tree-path" d={path} vectorEffect="non-scaling-stroke" />
          {rows.map(({ name, count, lit }, i) => (
            <Row key={name} count={count} y={y(i)} lit={lit} />
          ))}
        </svg>
        {rows.map(({ name }, i) => (
          <text key={name} className="tree-name" x="100%" y={y(i) - 6} textAnchor="end">
            {name}
          </text>
        ))}
      </svg>
    </div>
  );
}
