import { gpuById, gpus, type GpuRecord } from '#catalog';
import { fastestFormat, ridgePoint, type Outcome } from '#estimator';
import { formatQuantity, significant, type Quantity } from '#format';
import { formatName, type Scenario } from '#scenario';
import type { View } from '../frame/types.ts';
import { CARD_FIGURES, ridgeFormat, type CardFigure } from './figures.ts';

export interface ExplorerDot {
  readonly year: number;
  readonly value: number;
  readonly name: string;
  /** The first or the second of the two cards, or neither. */
  readonly of: 'first' | 'second' | null;
  /** Whether its name is written: the best of its generation, and the two cards. */
  readonly named: boolean;
  /** Whether its maker calls the figures preliminary. */
  readonly preliminary: boolean;
}

export interface ExplorerView extends View {
  readonly first: { readonly name: string; readonly short: string };
  readonly second: { readonly name: string; readonly short: string };
  readonly charted: string;
  readonly unit: Quantity['unit'];
  readonly perWatt: boolean;
  readonly dots: readonly ExplorerDot[];
  readonly ratios: readonly {
    readonly label: string;
    readonly ratio: number | null;
    readonly text: string;
  }[];
  readonly ridge: number;
}

/** Less power is no loss, nor is a lower ridge; the fastest format stands in the list under its own name. */
const NO_LOSS: readonly string[] = ['power', 'ridge', 'fastest'];

const times = (value: number): string => formatQuantity({ value, unit: 'factor' });

function valueOf(figure: CardFigure, gpu: GpuRecord, perWatt: boolean): number | null {
  const value = figure.of(gpu);
  return value === null || !perWatt || !figure.perWatt ? value : value / gpu.power;
}

function shown(figure: CardFigure, value: number | null, perWatt: boolean): string {
  if (value === null) return 'none';
  const text = formatQuantity({ value, unit: figure.unit, digits: 4 });
  return perWatt && figure.perWatt ? `${text} a watt` : text;
}

/** Every card that has the figure; the best of each architecture by name. */
function dotsOf(figure: CardFigure, first: GpuRecord, second: GpuRecord, perWatt: boolean): ExplorerDot[] {
  const all = gpus.flatMap((gpu) => {
    const value = valueOf(figure, gpu, perWatt);
    return value === null ? [] : [{ gpu, value }];
  });
  const best = new Map<string, { gpu: GpuRecord; value: number }>();
  for (const dot of all) {
    const known = best.get(dot.gpu.architecture);
    // Of cards that are alike the first: an export version is no new best.
    if (!known || dot.value > known.value * 1.01) best.set(dot.gpu.architecture, dot);
  }
  return all.map(({ gpu, value }) => {
    const of = gpu.id === first.id ? 'first' : gpu.id === second.id ? 'second' : null;
    const pair = gpu.short === first.short || gpu.short === second.short;
    return {
      year: gpu.year,
      value,
      name: gpu.short,
      of,
      named: of !== null || (best.get(gpu.architecture)?.gpu.id === gpu.id && !pair),
      preliminary: gpu.preliminary ?? false,
    };
  });
}

/** Two cards side by side, and one of their figures over the years among all the others. */
export function view({ values }: Scenario): Outcome<ExplorerView> {
  const first = gpuById(values.cardA);
  const second = gpuById(values.cardB);
  const perWatt = values.chartedPer === 'watt';
  const figure = CARD_FIGURES.find(({ id }) => id === values.charted) ?? CARD_FIGURES[0]!;
  const rows = CARD_FIGURES.map((each) => {
    const a = valueOf(each, first, perWatt);
    const b = valueOf(each, second, perWatt);
    const ratio = a === null || b === null ? null : b / a;
    return { figure: each, a, b, ratio };
  });
  const format = ridgeFormat(second);
  const ridge = ridgePoint(second, format);
  if (!ridge.ok) return ridge;
  const lost = rows.filter(
    ({ ratio, figure: { id } }) => ratio !== null && ratio < 0.995 && !NO_LOSS.includes(id),
  );
  const gone = rows.filter(({ a, b }) => a !== null && b === null);
  const cautions = [
    ...(lost.length > 0 && second.year >= first.year
      ? [
          `What ${second.short} has less of than ${first.short}: ${lost.map(({ figure: { label }, ratio }) => `${label} (${times(ratio ?? 0)})`).join(', ')}.`,
        ]
      : []),
    ...(gone.length > 0
      ? [`${second.short} has no ${gone.map(({ figure: { label } }) => label).join(', no ')}.`]
      : []),
  ];
  return {
    ok: true,
    value: {
      first: { name: first.name, short: first.short },
      second: { name: second.name, short: second.short },
      charted: `${figure.label}${perWatt && figure.perWatt ? ', a watt' : ''}`,
      unit: figure.unit,
      perWatt: perWatt && figure.perWatt,
      dots: dotsOf(figure, first, second, perWatt),
      ratios: rows.map(({ figure: { label }, a, b, ratio }) => ({
        label,
        ratio,
        text: ratio === null ? (b === null ? (a === null ? 'neither has it' : 'gone') : 'new') : times(ratio),
      })),
      ridge: ridge.value,
      sentence: sentenceOf(figure, first, second, rows, perWatt),
      cautions,
      equations: [
        {
          id: 'ridge',
          numbers: {
            cardPeak: formatQuantity({ value: second.peak[format] ?? 0, unit: 'FLOP/s', digits: 4 }),
            bandwidth: formatQuantity({ value: second.memoryBandwidth, unit: 'B/s', digits: 4 }),
            ridge: formatQuantity({ value: ridge.value, unit: 'FLOP/byte' }),
          },
        },
      ],
      code: [
        `import { ridgePoint } from './src/estimator/index.ts';`,
        '',
        `// The ridge point of the second card`,
        `const gpu = ${JSON.stringify({ name: second.name, peak: second.peak, memoryBandwidth: second.memoryBandwidth })};`,
        `const answer = ridgePoint(gpu, '${format}');`,
        `console.log(answer.ok ? answer.value : answer.issues);`,
      ].join('\n'),
      table: {
        caption: `${first.name} (${first.year}) and ${second.name} (${second.year})`,
        columns: [
          { label: 'Figure' },
          { label: first.short },
          { label: `${second.short} ` },
          { label: 'Ratio', unit: 'factor' },
        ],
        rows: rows.map(
          ({ figure: each, a, b, ratio }) =>
            [
              each.label,
              shown(each, a, perWatt),
              shown(each, b, perWatt),
              ratio === null ? '' : ({ value: ratio, unit: 'factor' } as const),
            ] as const,
        ),
      },
    },
  };
}

interface ComparedFigure {
  readonly figure: CardFigure;
  readonly ratio: number | null;
}

const strong = (text: string) => ({ text, strong: true as const });

/** Where the charted figure is the same on both cards, what else is not. */
function differenceOf(rows: readonly ComparedFigure[]): string {
  const away = ({ ratio }: ComparedFigure): number => Math.abs(Math.log(ratio ?? 1));
  const most = rows.reduce((a, b) => (away(b) > away(a) ? b : a));
  return away(most) < 0.005
    ? '; nothing that is compared here differs.'
    : `; what differs most is ${most.figure.label}, ${times(most.ratio ?? 1)}.`;
}

function sentenceOf(
  figure: CardFigure,
  first: GpuRecord,
  second: GpuRecord,
  rows: readonly ComparedFigure[],
  perWatt: boolean,
) {
  const ratioOf = (id: string): number => rows.find((row) => row.figure.id === id)?.ratio ?? 1;
  const ratio = rows.find((row) => row.figure.id === figure.id)?.ratio ?? null;
  const years = second.year - first.year;
  const what = `${figure.label}${perWatt && figure.perWatt ? ' a watt' : ''}`;
  const formats =
    figure.id === 'fastest'
      ? ` (${formatName(fastestFormat(second))} against ${formatName(fastestFormat(first))})`
      : '';
  const also = ['bandwidth', 'power']
    .filter((id) => id !== figure.id)
    .map((id) => `${times(ratioOf(id))} the ${id}`)
    .join(' and ');
  if (ratio === null)
    return [
      { text: `One of the two has no ${what}: ` },
      strong(`${second.short} has ${also} of ${first.short}`),
      { text: '.' },
    ];
  if (Math.abs(ratio - 1) < 0.005)
    return [
      { text: `${second.name} has ` },
      strong(`the same ${what}`),
      { text: ` as ${first.name}${differenceOf(rows)}` },
    ];
  const yearly =
    years > 1 ? `, which is ${significant(ratio ** (1 / years), 2)}× a year for ${years} years` : '';
  return [
    { text: `${second.name} has ` },
    strong(`${times(ratio)} the ${what} of ${first.name}`),
    { text: `${formats}${yearly}; ${also}.` },
  ];
}
