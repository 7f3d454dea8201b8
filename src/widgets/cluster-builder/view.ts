import { switches } from '#catalog/fabrics.ts';
import { fabricBill, ok, type BillLine, type Fabric, type FabricSpec, type Outcome } from '#estimator';
import { formatQuantity, significant, whole, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import type { Span, TableCell, View } from '../frame/types.ts';
import { built, nearestDesign, pricesOf, specOf, type Nearest } from './build.ts';

export interface BuilderView extends View {
  readonly spec: FabricSpec;
  readonly fabric: Fabric;
  /** What the drawing says of the reference design. */
  readonly nearest: string;
}

const PARTS: Readonly<Record<BillLine['part'], string>> = {
  switch: 'Switches',
  nic: 'NIC ports',
  optic: 'Optics',
  cable: 'Cables',
};

const count = (value: number): Quantity => ({ value, unit: 'count' });
const rate = (value: number): Quantity => ({ value, unit: 'B/s' });
const money = (value: number): Quantity => ({ value, unit: 'USD' });
const watts = (value: number): Quantity => ({ value, unit: 'W' });
const show = formatQuantity;

const LEVELS = ['', 'one level', 'two levels', 'three levels'];

function switchList({ leaves, spines, cores, levels }: Fabric): string {
  if (levels === 1) return leaves === 1 ? 'one switch' : `${whole(leaves)} switches`;
  const core = cores > 0 ? ` + ${whole(cores)} core` : '';
  return `${whole(leaves)} leaf + ${whole(spines)} spine${core}`;
}

function nearestText({ design, row, same }: Nearest): string {
  const core = row.core > 0 ? ` + ${whole(row.core)} core` : '';
  const what = `${whole(row.leaf)} leaf + ${whole(row.spine)} spine${core}`;
  const rowName = `${design.name}, ${whole(row.nodes)} nodes`;
  return same
    ? `This is the published fabric of ${rowName}: every count is equal.`
    : `The nearest published design is ${rowName}: ${what} with switches of ${design.radix} ports.`;
}

function cautions(spec: FabricSpec, answer: Fabric): string[] {
  const share = significant(100 * answer.bisectionShare);
  return [
    ...(answer.bisectionShare < 1
      ? [
          `Half of the nodes can reach the other half at ${share}% of their rate, whatever the switches above the leaves do.`,
        ]
      : []),
    ...(spec.wiring === 'nodes' && answer.levels > 1
      ? [
          'Wired by node, GPUs of the same place in their nodes meet at the spines, where rails would meet at a leaf.',
        ]
      : []),
  ];
}

const codeOf = (spec: FabricSpec): string =>
  [
    `import { fabric } from './src/estimator/index.ts';`,
    '',
    `const answer = fabric(${JSON.stringify(spec, null, 2)});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');

/** The fabric that the reader describes: its switches, cables and bill, and the published design most like it. */
export function view({ values }: Scenario): Outcome<BuilderView> {
  const outcome = built(values);
  if (!outcome.ok) return outcome;
  const answer = outcome.value;
  const spec = specOf(values);
  const bill = fabricBill(answer, pricesOf(values));
  const nearest = nearestText(nearestDesign(spec, answer));
  const box = switches.find(({ id }) => id === values.fabricSwitch)!;
  const sentence: Span[] = [
    { text: `${whole(spec.nodes)} nodes with ${whole(spec.portsPerNode)} ports each take ` },
    { text: switchList(answer), strong: true },
    {
      text: ` of ${box.name} in ${LEVELS[answer.levels]}, ${show(count(answer.cables.total))} cables and, at the prices entered, ${show(money(bill.price))}; ${show(rate(answer.bisection))} cross the middle.`,
    },
  ];
  const part = (label: string, n: number): readonly TableCell[] => [label, count(n), '', '', '', ''];
  return ok({
    spec,
    fabric: answer,
    nearest,
    sentence,
    cautions: cautions(spec, answer),
    equations: [
      {
        id: 'fabric-bisection',
        numbers: {
          fabricPorts: formatQuantity(count(answer.ports)),
          portBandwidth: formatQuantity(rate(spec.portBandwidth)),
          bisectionShare: formatQuantity({ value: answer.bisectionShare, unit: 'factor', as: 'number' }),
          bisection: formatQuantity(rate(answer.bisection)),
        },
      },
    ],
    code: codeOf(spec),
    table: {
      caption: 'Bill of materials, nodes themselves left out',
      columns: [
        { label: 'Part' },
        { label: 'Count' },
        { label: 'Price', unit: 'USD' },
        { label: 'Cost', unit: 'USD' },
        { label: 'Power', unit: 'W' },
        { label: 'All of them', unit: 'W' },
      ],
      rows: [
        part('Leaf switches', answer.leaves),
        part('Spine switches', answer.spines),
        part('Core switches', answer.cores),
        part('Cables, nodes to leaves', answer.cables.toNodes),
        part('Cables, leaves to spines', answer.cables.leafSpine),
        part('Cables, spines to cores', answer.cables.spineCore),
        ...bill.lines.map((line): readonly TableCell[] => [
          PARTS[line.part],
          count(line.count),
          money(line.price),
          money(line.count * line.price),
          watts(line.power),
          watts(line.count * line.power),
        ]),
        ['Total', '', '', money(bill.price), '', watts(bill.power)],
        ['For each node', '', '', money(bill.price / spec.nodes), '', watts(bill.power / spec.nodes)],
      ],
    },
  });
}
