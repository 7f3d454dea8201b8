/** A validation as text for a terminal, and as the JSON that scripts read. */
import { comparisonsOf, type Validation, type ValidationSummary } from '#validation/validation.ts';
import { summariseBy, type ErrorSummary } from '#validation/statistics.ts';
import type { RunLabels, ValidatedRun } from '#validation/validate-run.ts';
import { table } from './table.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const orNone = (share: number | null): string => (share === null ? 'none' : percent(share));
const signed = (share: number): string => (share < 0 ? '' : '+') + percent(share);
const figure = (value: number): string => String(Number(value.toPrecision(4)));

const SUMMARY_HEAD = ['count', 'median', 'mean', 'p90', 'worst'];
const summaryCells = ({ count, median, mean, p90, worst }: ErrorSummary): string[] => [
  String(count),
  ...[median, mean, p90, worst].map(percent),
];

function summaryTable(title: string, summaries: Readonly<Record<string, ErrorSummary | null>>): string {
  const rows = Object.entries(summaries).flatMap(([name, summary]) =>
    summary ? [[name.slice(0, 60), ...summaryCells(summary)]] : [],
  );
  return rows.length === 0 ? `${title}: nothing to compare` : table([[title, ...SUMMARY_HEAD], ...rows]);
}

function runLines(runs: readonly ValidatedRun[]): string {
  const rows = runs.flatMap(({ headline, memory }) =>
    [headline, memory].flatMap((one) =>
      one ? [[one.id, one.quantity, figure(one.measured), figure(one.predicted), signed(one.error)]] : [],
    ),
  );
  return table([['run', 'quantity', 'measured', 'predicted', 'error'], ...rows]);
}

const filledLines = (runs: readonly ValidatedRun[]): readonly string[] =>
  runs.flatMap(({ id, filled }) => (filled.length > 0 ? [`  ${id}: ${filled.join('; ')}`] : []));

function planLines({ feasibility, ranking, constantMfu }: ValidationSummary): readonly string[] {
  const { fitted, outOfMemory, rightOfFitted, rightOfOutOfMemory, balancedAccuracy } = feasibility;
  return [
    `Feasibility: ${orNone(rightOfFitted)} of ${fitted} that fitted, ${orNone(rightOfOutOfMemory)} of ${outOfMemory} out of memory predicted right; balanced accuracy ${orNone(balancedAccuracy)}.`,
    `Ranking: in ${orNone(ranking.nearBest)} of ${ranking.questions} sweeps the plan predicted best is within 10% of the measured best; it loses ${orNone(ranking.meanLoss)} on average.`,
    ...(constantMfu
      ? [
          `One constant MFU per GPU and format, on the held-out half: median ${percent(constantMfu.median)}, p90 ${percent(constantMfu.p90)}.`,
        ]
      : []),
  ];
}

/** What the summary may also be collected by. */
export const BY = ['gpu', 'framework', 'precision', 'model', 'tier'] as const satisfies (keyof RunLabels)[];
export type By = (typeof BY)[number];

export function textReport({ runs, skipped, summary }: Validation, by: readonly By[]): string {
  const headlines = comparisonsOf(runs, 'headline');
  const filled = filledLines(runs);
  const outOfMemory = runs.filter(({ feasibility }) => !feasibility.fitted);
  const sections = [
    runLines(runs),
    ...(outOfMemory.length > 0
      ? [
          [
            'Out of memory, as measured:',
            ...outOfMemory.map(
              ({ id, feasibility }) =>
                `  ${id}: predicted ${feasibility.predictedFits ? 'to fit' : 'out of memory'}`,
            ),
          ].join('\n'),
        ]
      : []),
    ...(filled.length > 0 ? [['Filled, because the source does not say:', ...filled].join('\n')] : []),
    ...(skipped.length > 0
      ? [['Skipped:', ...skipped.map(({ id, reason }) => `  ${id}: ${reason}`)].join('\n')]
      : []),
    summaryTable('Time, absolute error', { overall: summary.overall }),
    summaryTable('by source', summary.bySource),
    summaryTable('by tier', summary.byTier),
    summaryTable('by half', summary.byHalf),
    ...by
      .filter((key) => key !== 'tier')
      .map((key) =>
        summaryTable(
          `by ${key}`,
          summariseBy(headlines, ({ labels }) => labels[key]),
        ),
      ),
    summaryTable('Memory, absolute error', { overall: summary.memory.overall, ...summary.memory.bySource }),
    planLines(summary).join('\n'),
    `${headlines.length} times and ${comparisonsOf(runs, 'memory').length} memories compared, ${skipped.length} runs skipped.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** `runs` has a row for each quantity compared; `filled` is there where a rule filled a field of the run. */
export function jsonReport({ runs, skipped, summary }: Validation): string {
  const rows = runs.flatMap(({ headline, memory, filled }) =>
    [headline, memory].flatMap((one) => (one ? [filled.length > 0 ? { ...one, filled } : one] : [])),
  );
  const outOfMemory = runs
    .filter(({ feasibility }) => !feasibility.fitted)
    .map(({ id, feasibility }) => ({ id, predictedFits: feasibility.predictedFits }));
  return `${JSON.stringify({ runs: rows, outOfMemory, skipped, summary }, null, 2)}\n`;
}
