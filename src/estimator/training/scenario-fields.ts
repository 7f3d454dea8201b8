import { checkNumbers, type NumberRule } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import type { AttentionKernel, FrameworkFamily, PipelineSchedule, TrainingPrecision } from './types.ts';
import type { Recompute } from '../types.ts';

const count = (min: number, max: number): NumberRule => ({ min, max, integer: true });
const rate: NumberRule = { min: 1, max: 1e15 };

/** Generous limits: above any machine, low enough that no product overflows. */
const CLUSTER = {
  gpus: count(1, 1e7),
  gpusPerNode: count(1, 1024),
  nvlinkDomain: count(1, 1e4),
  networkBandwidth: rate,
  pcieBandwidth: rate,
} as const satisfies Record<string, NumberRule>;

const CLUSTER_OPTIONAL = { networkLatency: { min: 0, max: 1 } } as const satisfies Record<string, NumberRule>;

const GPU = {
  memory: rate,
  memoryBandwidth: rate,
  nvlinkBandwidth: { min: 0, max: 1e15 },
  power: { min: 1, max: 1e5 },
  sms: count(1, 1e5),
  clock: { min: 1e6, max: 1e11 },
} as const satisfies Record<string, NumberRule>;

const PEAK: NumberRule = { min: 1, max: 1e18 };

const degree = count(1, 1e6);
const PARALLELISM = {
  tensorParallel: degree,
  pipelineParallel: degree,
  virtualPipeline: count(1, 1e4),
  contextParallel: degree,
  expertParallel: degree,
  expertTensorParallel: degree,
  zeroStage: count(0, 3),
} as const satisfies Record<string, NumberRule>;

const microBatch = count(1, 1e6);

/** What each degree that a planner varies may be, by itself. */
export const DEGREES = { ...PARALLELISM, microBatch };

const SCENARIO = { microBatch, globalBatch: count(1, 1e9) } as const;

/** What one of the fields that others have to divide may hold. */
export const SPLIT_RULES = { ...PARALLELISM, gpus: CLUSTER.gpus, globalBatch: SCENARIO.globalBatch } as const;

/** Every member of a union, by name: a forgotten one does not compile. */
const all = <T extends string>(members: Readonly<Record<T, true>>): readonly unknown[] =>
  Object.keys(members);

const CHOICES = {
  precision: all<TrainingPrecision>({
    fp32: true,
    fp16: true,
    bf16: true,
    fp8: true,
    mxfp8: true,
    nvfp4: true,
  }),
  recompute: all<Recompute>({ none: true, selective: true, full: true }),
  schedule: all<PipelineSchedule>({
    gpipe: true,
    '1f1b': true,
    interleaved: true,
    'zb-h1': true,
    'zb-h2': true,
    'zb-v': true,
    dualpipe: true,
  }),
  framework: all<FrameworkFamily>({
    'megatron-2021': true,
    'megatron-2022': true,
    'megatron-core': true,
    fsdp: true,
    deepspeed: true,
    nanotron: true,
  }),
  fusedAttention: [true, false],
} as const;

const OPTIONAL = { gradientFormat: ['fp32', '16-bit'] } as const;

const KERNELS = {
  attention: all<AttentionKernel>({
    unfused: true,
    'fused-softmax': true,
    'flash-1': true,
    'flash-2': true,
    'flash-3': true,
  }),
  fusedNorm: [true, false],
  fusedLoss: [true, false],
  compiled: [true, false],
  gatheredLogits: [true, false],
  tensorParallelOverlap: [true, false],
  expertParallelOverlap: [true, false],
  wholeGraph: [true, false],
} as const;

type Unchecked = Readonly<Record<string, unknown>>;
type Choices = Readonly<Record<string, readonly unknown[]>>;

export const isRecord = (value: unknown): value is Unchecked => typeof value === 'object' && value !== null;

export const missing = (path: string): Issue => ({ code: 'missing', path, message: `${path} is needed.` });

function choiceIssues(choices: Choices, group: Unchecked, prefix = ''): Issue[] {
  return Object.entries(choices)
    .filter(([key, offered]) => !offered.includes(group[key]))
    .map(([key, offered]) => ({
      code: 'unknown-choice',
      path: prefix + key,
      message: `${prefix + key} must be one of ${offered.join(', ')}.`,
    }));
}

/** The entries of those fields that are there. */
const present = <T>(rules: Readonly<Record<string, T>>, group: Unchecked): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(rules).filter(([key]) => group[key] !== undefined));

function gpuIssues(gpu: Unchecked, peak: Unchecked): Issue[] {
  const rules = Object.fromEntries(Object.keys(peak).map((format) => [format, PEAK]));
  const peaks = checkNumbers(rules, present(peak, peak));
  return [
    ...['name', 'architecture'].filter((key) => typeof gpu[key] !== 'string').map(missing),
    ...checkNumbers(GPU, gpu),
    ...peaks.map((issue) => ({ ...issue, path: `peak.${issue.path}` })),
  ];
}

function kernelIssues({ kernels }: Unchecked): Issue[] {
  if (kernels === undefined) return [];
  return isRecord(kernels)
    ? choiceIssues(present(KERNELS, kernels), kernels, 'kernels.')
    : [
        {
          code: 'unknown-choice',
          path: 'kernels',
          message: 'kernels must be a group of choices, or left out.',
        },
      ];
}

/** Every field of a scenario by itself, the model's apart: no number, out of range, or none of the choices. */
export function fieldIssues(scenario: Unchecked): Issue[] {
  const { cluster, parallelism } = scenario;
  if (!isRecord(cluster) || !isRecord(cluster.gpu) || !isRecord(cluster.gpu.peak))
    return [missing('cluster')];
  if (!isRecord(parallelism)) return [missing('parallelism')];
  return [
    ...checkNumbers({ ...CLUSTER, ...present(CLUSTER_OPTIONAL, cluster) }, cluster),
    ...gpuIssues(cluster.gpu, cluster.gpu.peak),
    ...checkNumbers(PARALLELISM, parallelism),
    ...choiceIssues({ sequenceParallel: [true, false] }, parallelism),
    ...checkNumbers({ ...SCENARIO, ...present({ recomputeLayers: count(0, 1e5) }, scenario) }, scenario),
    ...choiceIssues({ ...CHOICES, ...present(OPTIONAL, scenario) }, scenario),
    ...kernelIssues(scenario),
  ];
}
