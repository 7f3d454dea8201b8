/** The validated runs as points of the picture and rows of the tables. For build time only. */
import { countParameters, type Gpu } from '#estimator';
import { formatOf } from '#validation/execution-of-run.ts';
import type { ValidatedRun } from '#validation/validate-run.ts';
import { cellQuery } from './cell-link.ts';
import type { Point } from './point.ts';
import { report, runById, sourceName } from './report.ts';

const FRAMEWORKS: Readonly<Record<ValidatedRun['scenario']['framework'], string>> = {
  'megatron-2021': 'Megatron 2021',
  'megatron-2022': 'Megatron 2022',
  'megatron-core': 'Megatron Core, NeMo',
  fsdp: 'FSDP',
  deepspeed: 'DeepSpeed',
  nanotron: 'nanotron',
};

const SIZES: readonly (readonly [number, string])[] = [
  [3e9, 'below 3B'],
  [20e9, '3B to 20B'],
  [100e9, '20B to 100B'],
  [Infinity, 'above 100B'],
];

/** "TP 8, PP 16, EP 8": the degrees that are not 1. */
function splitOf({ parallelism }: ValidatedRun['scenario']): string {
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel, zeroStage } = parallelism;
  const degrees = [
    ['TP', tensorParallel],
    ['PP', pipelineParallel],
    ['CP', contextParallel],
    ['EP', expertParallel],
  ] as const;
  const named = degrees.filter(([, degree]) => degree > 1).map(([name, degree]) => `${name} ${degree}`);
  return [...named, ...(zeroStage === 3 ? ['ZeRO 3'] : [])].join(', ');
}

/** A refresh of a generation belongs to it. */
export const generationOf = ({ architecture }: Gpu): string => architecture.replace(/ Ultra$/, '');

/** Enough digits to draw, to compare and to read. */
const brief = (value: number): number => Number(value.toPrecision(5));

/** A point that still knows which run it is: for the build, and for the CSV. */
export interface NamedPoint extends Point {
  readonly id: string;
}

function pointOf(run: ValidatedRun): readonly NamedPoint[] {
  const { id, labels, scenario, headline, mfu, filled } = run;
  const { gpu, gpus } = scenario.cluster;
  const peak = gpu.peak[formatOf(scenario.precision)];
  if (!headline || !mfu || !peak) return [];
  const { quantity, measured, predicted } = headline;
  // Every headline but the step time is proportional to speed.
  const faster = quantity === 'stepTimeS' ? measured / predicted : predicted / measured;
  const parameters = countParameters(scenario.model).total;
  const { name } = gpu;
  return [
    {
      id,
      source: sourceName(labels.source),
      where: runById(id).source.where,
      tier: labels.tier,
      gpu: name,
      generation: generationOf(gpu),
      framework: FRAMEWORKS[scenario.framework],
      precision: scenario.precision.toUpperCase(),
      size: SIZES.find(([limit]) => parameters < limit)?.[1] ?? '',
      model: labels.model,
      gpus,
      split: splitOf(scenario),
      quantity,
      measured: brief(measured),
      predicted: brief(predicted),
      x: brief(mfu * peak),
      y: brief(mfu * peak * faster),
      ...cellQuery(run),
      filled: filled.length,
    },
  ];
}

/** Every run that has a time or a rate. */
export const points: readonly NamedPoint[] = report.runs.flatMap(pointOf);
