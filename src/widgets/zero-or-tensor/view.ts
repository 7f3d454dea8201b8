import {
  busFactor,
  countParameters,
  failed,
  microBatchesOf,
  modelFlops,
  ok,
  shardedCrossings,
  type Outcome,
  type ShardOrSplitQuestion,
  type Way,
} from '#estimator';
import { formatQuantity, significant, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import type { ShownEquation, Span, TableCell, View } from '../frame/types.ts';
import { machineOf, nameOf, precisionOf, shapeOf } from '../step/question.ts';
import { pairAt, pairsOf, type Pair } from './curves.ts';
import { errorsOf, measuredRuns, nearestRuns, type Measured } from './measured.ts';

export interface DuelView extends View {
  readonly pairs: readonly Pair[];
  readonly mine: Pair;
  readonly measured: readonly Measured[];
  /** What the two ways are at the reader's number of GPUs: always something, so that nothing moves. */
  readonly note: string;
}

const time = (value: number): Quantity => ({ value, unit: 's' });
const ratio = (value: number, digits = 3): Quantity => ({ value, unit: 'ratio', digits });
const gpus = (value: number): Quantity => ({ value, unit: 'GPU' });
const show = formatQuantity;

function questionOf(page: Scenario): ShardOrSplitQuestion | null {
  const { values, cluster, execution } = page;
  const shape = shapeOf(values);
  if (!shape) return null;
  const { gpus: _, ...machine } = machineOf(values.gpu, cluster.gpus);
  return {
    model: { ...shape, sequence: values.sequence },
    cluster: { ...machine, networkBandwidth: values.linkRate },
    globalBatch: execution.globalBatch,
    precision: precisionOf(page),
    software: values.duelSoftware,
  };
}

/** How a way splits the model, in words. */
function splitOf({ scenario }: Way): string {
  const { tensorParallel: t, pipelineParallel: p } = scenario.parallelism;
  if (t * p === 1) return 'plain data parallelism, which is all it takes,';
  return p === 1 ? `tensor parallelism in ${t}` : `tensor parallelism in ${t} and ${p} stages`;
}

/** Sequences a second: what two ways with slightly different batches have in common. */
const rateOf = ({ scenario, seconds }: Way): number => scenario.globalBatch / seconds;

const limits = (way: Way): string => (way.fits ? '' : ' (it would not fit)');

function comparison(sharded: Way, split: Way): Span[] {
  const ahead =
    rateOf(split) / split.scenario.cluster.gpus / (rateOf(sharded) / sharded.scenario.cluster.gpus);
  const alike =
    split.scenario.globalBatch === sharded.scenario.globalBatch &&
    split.scenario.cluster.gpus === sharded.scenario.cluster.gpus;
  const factor = show({ value: Math.max(ahead, 1 / ahead), unit: 'factor', digits: 2 });
  const each = alike ? '' : ' by tokens per GPU';
  const faster = ahead >= 1 ? `, ${factor} as fast${each}` : `; ZeRO-3 is ${factor} as fast${each}`;
  return [
    { text: `ZeRO-3 takes ${show(time(sharded.seconds))} a step${limits(sharded)} at ` },
    { text: show(ratio(sharded.mfu)), strong: true },
    { text: ` MFU; ${splitOf(split)} takes ${show(time(split.seconds))}${limits(split)} at ` },
    { text: `${show(ratio(split.mfu))}${faster}`, strong: true },
    { text: '. ' },
  ];
}

function only(way: Way, name: string, why: string): Span[] {
  return [
    { text: `${why}; ${name} takes ${show(time(way.seconds))} a step${limits(way)} at ` },
    { text: `${show(ratio(way.mfu))} MFU`, strong: true },
    { text: '. ' },
  ];
}

/** What the estimate is known to be off by: the published runs are all of 2021. */
function trustOf(software: ShardOrSplitQuestion['software']): string {
  const { median, worst } = errorsOf();
  const runs = measuredRuns().length;
  return software === '2021'
    ? `On the ${runs} published runs, of 175B and 530B, the estimate is off by ${show(ratio(median, 2))} in the median, ${show(ratio(worst, 2))} at worst.`
    : `The ${runs} published runs are of 2021: none compares the two as software is now.`;
}

function sentenceOf(
  { gpus: count, sharded, split }: Pair,
  short: string,
  { globalBatch: batch, software }: ShardOrSplitQuestion,
): Span[] {
  const start = `On ${show(gpus(count))} ${short}, `;
  const middle =
    sharded && split
      ? comparison(sharded, split)
      : split
        ? only(
            split,
            splitOf(split),
            `ZeRO-3 has no sequence for each GPU in a batch of ${significant(batch, 9)}`,
          )
        : // The view refuses where neither runs.
          only(sharded as Way, 'ZeRO-3', 'tensor and pipeline parallelism cannot run');
  return [{ text: start }, ...middle, { text: trustOf(software) }];
}

const planOf = ({ scenario }: Way): string => {
  const { tensorParallel: t, pipelineParallel: p, virtualPipeline: v } = scenario.parallelism;
  const stages = p > 1 ? `, ${p} stages${v > 1 ? ` in ${v} chunks` : ''}` : '';
  return `tensor ${t}${stages}, micro-batch ${scenario.microBatch}, batch ${significant(scenario.globalBatch, 9)} on ${significant(scenario.cluster.gpus, 9)} GPUs`;
};

function noteOf({ sharded, split }: Pair, measured: readonly Measured[]): string {
  const batches = [...new Set(measured.map(({ run }) => significant(run.globalBatch, 9)))].join(' and ');
  return [
    sharded
      ? `ZeRO-3: micro-batch ${sharded.scenario.microBatch}, batch ${significant(sharded.scenario.globalBatch, 9)}.`
      : 'ZeRO-3: none.',
    split ? `The other: ${planOf(split)}.` : 'The other: none.',
    `Rings: measured on A100 with batches of ${batches} (${measured[0]?.run.label}).`,
  ].join(' ');
}

const NONE = 'none';

const cells = (way: Way | null): readonly TableCell[] =>
  way ? [time(way.seconds), ratio(way.mfu), way.fits ? 'fits' : 'does not fit'] : [NONE, NONE, NONE];

function tableOf(pairs: readonly Pair[], name: string, batch: number): View['table'] {
  return {
    caption: `${name}, batch ${significant(batch, 9)}: both ways by the rule, then every published run beside the estimate of the same step`,
    columns: [
      { label: 'Run' },
      { label: 'GPUs' },
      { label: 'ZeRO-3: step', unit: 's' },
      { label: 'MFU', unit: 'share' },
      { label: 'Memory' },
      { label: 'Split: step', unit: 's' },
      { label: 'MFU', unit: 'share' },
      { label: 'Memory' },
      { label: 'Estimate of the step', unit: 's' },
      { label: 'Its error', unit: 'share' },
      { label: 'Printed, recomputation counted', unit: 'FLOP/s' },
    ],
    rows: [
      ...pairs.map(({ gpus: count, sharded, split }) => [
        'yours',
        gpus(count),
        ...cells(sharded),
        ...cells(split),
        NONE,
        NONE,
        NONE,
      ]),
      ...measuredRuns().map(({ run, mfu, predictedSeconds, error }) => {
        const own: readonly TableCell[] = [time(run.seconds), ratio(mfu), 'ran'];
        const other: readonly TableCell[] = [NONE, NONE, NONE];
        return [
          `${run.label}, ${run.where}`,
          gpus(run.gpus),
          ...(run.sharded ? [...own, ...other] : [...other, ...own]),
          time(predictedSeconds),
          ratio(error),
          { value: run.hardwareRate, unit: 'FLOP/s' } as const,
        ];
      }),
    ],
  };
}

/** What each GPU sends for ZeRO-3 in a step, or would with one sequence each; and what the other way makes of the peak. */
function equationsOf(pair: Pair, question: ShardOrSplitQuestion): ShownEquation[] {
  const way = pair.split ?? pair.sharded;
  return [trafficOf(pair, question), ...(way ? [mfuOf(way)] : [])];
}

/** What ZeRO-3 sends, or would with one sequence on each GPU. */
function trafficOf({ gpus: ranks, sharded }: Pair, question: ShardOrSplitQuestion): ShownEquation {
  const { precision, software } = question;
  const framework = software === '2021' ? 'deepspeed' : 'fsdp';
  const passes = sharded ? microBatchesOf(sharded.scenario) : 1;
  const { weight, times } = shardedCrossings({ framework, precision }, passes);
  const stored = countParameters(question.model).total;
  return {
    id: 'zero-traffic',
    numbers: {
      crossings: significant(times, 9),
      bytesOnWire: `${weight} B`,
      storedParameters: formatQuantity({ value: stored, unit: 'size', digits: 4 }),
      ranks: significant(ranks, 9),
      sentBytes: formatQuantity({
        value: times * weight * stored * busFactor('reduce-scatter', ranks),
        unit: 'B',
        digits: 4,
      }),
    },
  };
}

function mfuOf({ scenario, seconds, mfu, peak }: Way): ShownEquation {
  const { model, globalBatch, cluster } = scenario;
  const flopsPerToken = modelFlops(model).total;
  const tokensPerSecond = (globalBatch * model.sequence) / seconds;
  return {
    id: 'mfu',
    numbers: {
      flopsPerToken: formatQuantity({ value: flopsPerToken, unit: 'FLOP/token', digits: 4 }),
      tokensPerSecond: formatQuantity({ value: tokensPerSecond, unit: 'token/s', digits: 4 }),
      gpus: formatQuantity(gpus(cluster.gpus)),
      peak: formatQuantity({ value: peak, unit: 'FLOP/s', digits: 4 }),
      mfu: formatQuantity(ratio(mfu)),
    },
  };
}

function codeOf(question: ShardOrSplitQuestion, { gpus: count, split }: Pair): string {
  const call = split ? 'splitWay' : 'shardedWay';
  return [
    `import { ${call} } from './src/estimator/index.ts';`,
    '',
    `const question = ${JSON.stringify(question, null, 2)};`,
    `console.log(${call}(question, ${count}));`,
  ].join('\n');
}

/** Both ways to run the reader's step, over all numbers of GPUs, with what was measured of either. */
export function view(page: Scenario): Outcome<DuelView> {
  const question = questionOf(page);
  if (!question)
    return failed({ code: 'missing', path: 'model', message: 'A step needs a model whose shape is known.' });
  const { cluster, execution } = page;
  const mine = pairAt(question, cluster.gpus);
  if (!mine.sharded && !mine.split)
    return failed({
      code: 'inconsistent',
      path: 'gpus',
      message: `Neither way runs on ${show(gpus(cluster.gpus))} with a batch of ${significant(execution.globalBatch, 9)}: there are more replicas than sequences.`,
    });
  const pairs = pairsOf(question);
  const measured = nearestRuns(countParameters(question.model).total);
  return ok({
    pairs,
    mine,
    measured,
    sentence: sentenceOf(mine, cluster.gpu.short, question),
    note: noteOf(mine, measured),
    equations: equationsOf(mine, question),
    code: codeOf(question, mine),
    table: tableOf(pairs, `${nameOf(page)} on ${cluster.gpu.name}`, execution.globalBatch),
  });
}
