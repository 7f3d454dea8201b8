import { efficiencySpread } from '#catalog/efficiency.ts';
import type { BriefRun } from '#catalog/packed-runs.ts';
import { publishedRuns } from '#catalog/published-runs.ts';
import { gpus } from '#catalog';
import { modelFlops, sixNd, tokensPerSecondAt, type Outcome } from '#estimator';
import { formatQuantity, short, type Quantity } from '#format';
import { formatName, type Scenario, type Values } from '#scenario';
import type { View } from '../frame/types.ts';

export interface RunsView extends View {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly group: number;
    readonly label: string;
  }[];
  readonly along: Values['along'];
  readonly mine: { readonly x: number; readonly y: number; readonly label: string };
}

/** Colour groups of the chart, in the order of their hues. */
export const GENERATIONS = ['Volta', 'Ampere', 'Hopper', 'Blackwell'] as const;

/** Neighbours listed below the chart. */
const NEIGHBOURS = 8;

const percent = (value: number): Quantity => ({ value, unit: 'ratio' });

/** A refresh of a generation belongs to it. */
const generation = (architecture: string): string => architecture.replace(/ Ultra$/, '');

// GH200 is a Hopper chip on a board that the catalogue does not list.
const generationOf = (family: string): string =>
  generation(
    gpus.find((gpu) => gpu.short === family)?.architecture ?? (family.startsWith('GH') ? 'Hopper' : ''),
  );

const along = (run: BriefRun, axis: Values['along']): number | null =>
  axis === 'year' ? run.year : axis === 'gpus' ? run.gpus : run.parameters;

function describe(run: BriefRun): string {
  const where = run.gpus ? `${formatQuantity({ value: run.gpus, unit: 'GPU' })} ${run.family}` : run.family;
  return `${run.modelName} on ${where}, ${formatName(run.precision)}: ${formatQuantity(percent(run.mfu))} (${run.label})`;
}

interface Dot {
  readonly run: BriefRun;
  readonly generation: string;
  readonly label: string;
}

/** The runs with what no scenario changes: written once, because a slider asks for them sixty times a second. */
const dots: readonly Dot[] = publishedRuns.map((run) => ({
  run,
  generation: generationOf(run.family),
  label: describe(run),
}));

/** How unlike two runs are: factors of ten in size and in cluster, a step for another generation or format. */
function distance({ run, generation: own }: Dot, { model, cluster, execution }: Scenario): number {
  const size = Math.abs(Math.log10(run.parameters / model.parameters));
  const scale = run.gpus === null ? 1 : Math.abs(Math.log10(run.gpus / cluster.gpus));
  const other = own === generation(cluster.gpu.architecture) ? 0 : 3;
  const width = (format: string): string => (format === 'fp16' ? 'bf16' : format);
  return size + scale / 2 + other + (width(run.precision) === width(execution.precision) ? 0 : 2);
}

/** Every published run as a dot, the reader's scenario among them, and the runs most like it. */
export function view(scenario: Scenario): Outcome<RunsView> {
  const { values, model, cluster, execution, data } = scenario;
  const shown = dots.filter(({ generation }) => values.only === 'all' || generation === values.only);
  const points = shown.flatMap(({ run, generation, label }) => {
    const x = along(run, values.along);
    const group = (GENERATIONS as readonly string[]).indexOf(generation);
    return x === null || group < 0 ? [] : [{ x, y: run.mfu, group, label }];
  });
  const spread = efficiencySpread(publishedRuns, {
    family: cluster.gpu.short,
    precision: execution.precision,
    parameters: model.parameters,
  });
  const near = shown
    .map((dot) => ({ run: dot.run, away: distance(dot, scenario) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, NEIGHBOURS);
  const mfu = formatQuantity(percent(execution.efficiency));
  const flopsPerToken = model.shape ? modelFlops(model.shape).total : sixNd(model.parameters, 1);
  const rate = tokensPerSecondAt(execution.efficiency, {
    peak: execution.peak,
    gpus: cluster.gpus,
    flopsPerToken,
  });
  const position = !spread
    ? null
    : execution.efficiency > spread.p90
      ? 'above nine in ten'
      : execution.efficiency > spread.p75
        ? 'in the best quarter'
        : execution.efficiency >= spread.p25
          ? 'in the middle half'
          : execution.efficiency >= spread.p10
            ? 'in the lowest quarter'
            : 'below nine in ten';
  return {
    ok: true,
    value: {
      points,
      along: values.along,
      mine: {
        x: values.along === 'year' ? values.year : values.along === 'gpus' ? cluster.gpus : model.parameters,
        y: execution.efficiency,
        label: `yours, ${mfu}`,
      },
      sentence: spread
        ? [
            { text: `${mfu} on ${cluster.gpu.short} would be ` },
            { text: `${position}`, strong: true },
            {
              text: ` of ${spread.count} published runs like it (${spread.families.join(', ')}): half of them lie between `,
            },
            {
              text: `${formatQuantity(percent(spread.p25))} and ${formatQuantity(percent(spread.p75))}`,
              strong: true,
            },
            { text: '.' },
          ]
        : [
            { text: `Fewer than eight published runs are like this one, so nothing can be said about ` },
            { text: mfu, strong: true },
            { text: '.' },
          ],
      equations: [
        {
          id: 'mfu',
          numbers: {
            flopsPerToken: formatQuantity({ value: flopsPerToken, unit: 'FLOP/token', digits: 4 }),
            tokensPerSecond: formatQuantity({ value: rate, unit: 'token/s', digits: 4 }),
            gpus: formatQuantity({ value: cluster.gpus, unit: 'GPU' }),
            peak: formatQuantity({ value: execution.peak, unit: 'FLOP/s', digits: 4 }),
            mfu: formatQuantity(percent(execution.efficiency)),
          },
        },
      ],
      code: [
        `import { tokensPerSecondAt } from './src/estimator/index.ts';`,
        '',
        `// ${mfu} of peak, as tokens per second of the whole job`,
        `const answer = tokensPerSecondAt(${execution.efficiency}, {`,
        `  peak: ${execution.peak},`,
        `  gpus: ${cluster.gpus},`,
        `  flopsPerToken: ${flopsPerToken},`,
        `});`,
        `console.log(answer); // ${data.tokens} tokens take ${data.tokens} / answer seconds`,
      ].join('\n'),
      table: {
        caption: 'Published runs nearest to yours in generation, format, size and cluster',
        columns: [
          { label: 'Model' },
          { label: 'GPUs' },
          { label: 'Format' },
          { label: 'Year' },
          { label: 'MFU', unit: 'share' },
          { label: 'Source' },
        ],
        rows: near.map(({ run }) => [
          `${run.modelName} (${short(run.parameters)})`,
          run.gpus ? `${formatQuantity({ value: run.gpus, unit: 'GPU' })} ${run.family}` : run.family,
          formatName(run.precision),
          String(run.year),
          percent(run.mfu),
          run.label,
        ]),
      },
    },
  };
}
