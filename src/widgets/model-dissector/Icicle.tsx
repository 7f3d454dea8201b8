import { memo, type KeyboardEvent, type PointerEvent } from 'react';
import { percent } from '#charts';
import { formatQuantity } from '#format';
import { neighbour, type IcicleNode, type Measure } from './icicle.ts';
import { amountOf } from './view.ts';

export const ICICLE_HEIGHT = 400;
/** Where the three columns begin and end, percent. */
const COLUMNS = [
  [0, 22],
  [22.4, 52],
  [52.4, 100],
] as const;
/** Below this a rectangle has no room for its name. */
const LEAST = 14;
/** Below this it is a hair that only blurs its neighbours. */
const SEEN = 0.5;

/** One hue for what a part does, the same in every model. */
export const PART_COLORS: Readonly<Record<IcicleNode['kind'], string>> = {
  group: 'var(--c-idle)',
  table: 'var(--s6)',
  attention: 'var(--s3)',
  scores: 'var(--s2)',
  mlp: 'var(--s1)',
  experts: 'var(--s4)',
  norms: 'var(--s5)',
};

interface Props {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly IcicleNode[];
  readonly measure: Measure;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

const share = (value: number): string =>
  formatQuantity({ value, unit: 'ratio', digits: value < 0.1 ? 2 : 3 });

interface RectangleProps extends Pick<Props, 'measure'> {
  readonly node: IcicleNode;
  readonly chosen: boolean;
  readonly id: string;
}

/** Letters that a column has room for beside another model. */
const ROOM = [10, 14, 99] as const;

/** A rectangle's name and share: in a line where it is low, below each other where it is not, a long name in two. */
function Name({ node: { name, level, share: part }, height }: { node: IcicleNode; height: number }) {
  const [first, rest] = name.length > ROOM[level] ? halvesOf(name) : [name, ''];
  // Without room for both halves the telling one stands: `58 expert`, `scores`.
  const telling = level === 1 && rest ? rest : first;
  const shown = <tspan className="icicle-share">{share(part)}</tspan>;
  if (height < 34)
    return (
      <text x="6" y={height / 2} dominantBaseline="central">
        {`${telling} `}
        {level > 0 && !rest && shown}
      </text>
    );
  const lines = rest && height >= 48 ? [first, rest, shown] : [telling, shown];
  return (
    <text y="15">
      {lines.map((line, i) => (
        <tspan key={i} x="6" dy={i === 0 ? 0 : 14}>
          {line}
          {i < lines.length - 1 && ' '}
        </tspan>
      ))}
    </text>
  );
}

/** `58 expert` and `layers`: a name in two, at its last space. */
function halvesOf(name: string): readonly [string, string] {
  const at = name.lastIndexOf(' ');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}

function Rectangle({ node, chosen, id, measure }: RectangleProps) {
  const [from, to] = COLUMNS[node.level];
  const y = Math.round(node.top * ICICLE_HEIGHT * 10) / 10;
  const height = Math.round(node.share * ICICLE_HEIGHT * 10) / 10;
  return (
    <g
      role="option"
      id={id}
      aria-selected={chosen}
      aria-label={`${node.name} ${share(node.share)}, ${amountOf(node.value, measure)}`}
      className="icicle-node"
      data-node={node.id}
      data-level={node.level}
      data-chosen={chosen || undefined}
    >
      <rect
        x={`${from}%`}
        y={y}
        width={`${to - from}%`}
        height={Math.max(height - 0.75, 0.25)}
        style={{ fill: PART_COLORS[node.kind] }}
      />
      {height >= LEAST && (
        <svg x={`${from}%`} y={y} width={`${to - from}%`} height={height} overflow="hidden">
          <Name node={node} height={height} />
        </svg>
      )}
    </g>
  );
}

/**
 * Three columns of rectangles from the model's input down to its output: kinds of layers, their parts, the tensors.
 * Heights are pixels, so that a name is written where it fits at any width. Arrow keys go from one to the next.
 */
export const Icicle = memo(function Icicle({ id, label, nodes, measure, chosen, onChoose }: Props) {
  const elementId = (node: string): string => `${id}-${node.replaceAll('/', '-')}`;
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    const node = (event.target as Element).closest('[data-node]')?.getAttribute('data-node');
    if (node) onChoose(node);
  };
  const key = (event: KeyboardEvent<SVGSVGElement>): void => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    onChoose(neighbour(nodes, chosen, event.key));
  };
  const has = nodes.some((node) => node.id === chosen);
  return (
    <svg
      className="chart icicle"
      width="100%"
      height={ICICLE_HEIGHT}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={has ? elementId(chosen) : undefined}
      onPointerDown={press}
      onKeyDown={key}
    >
      {nodes
        .filter((node) => node.share * ICICLE_HEIGHT >= SEEN || node.id === chosen)
        .map((node) => (
          <Rectangle
            key={node.id}
            id={elementId(node.id)}
            node={node}
            chosen={node.id === chosen}
            measure={measure}
          />
        ))}
      {nodes.length === 0 && <rect className="icicle-empty" width={percent(1)} height={ICICLE_HEIGHT} />}
    </svg>
  );
});
