import { checkModel } from '../check-model.ts';
import { checkNumbers, type NumberRule } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import { peakRate } from '../peak.ts';
import { gemmFormat } from '../step/machine.ts';
import { batchIssues, expertIssues, splitIssues, stageIssues, tensorIssues } from './layout-issues.ts';
import { dataParallelOf, type Cluster, type TrainingScenario } from './types.ts';

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

const GPU = {
  memory: rate,
  memoryBandwidth: rate,
  nvlinkBandwidth: { min: 0, max: 1e15 },
  power: { min: 1, max: 1e5 },
  sms: count(1, 1e5),
  clock: { min: 1e6, max: 1e11 },
} as const satisfies Record<string, NumberRule>;

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

const CHOICES = {
  precision: ['fp32', 'fp16', 'bf16', 'fp8', 'mxfp8', 'nvfp4'],
  recompute: ['none', 'selective', 'full'],
  schedule: ['gpipe', '1f1b', 'interleaved', 'zb-h1', 'zb-h2', 'zb-v', 'dualpipe'],
  framework: ['megatron-2021', 'megatron-2022', 'megatron-core', 'fsdp', 'deepspeed', 'nanotron'],
} as const;

type Unchecked = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unchecked => typeof value === 'object' && value !== null;

const group = (path: string): Issue => ({ code: 'missing', path, message: `${path} is needed.` });

function choiceIssues(scenario: Unchecked): Issue[] {
  return Object.entries(CHOICES)
    .filter(([key, offered]) => !(offered as readonly unknown[]).includes(scenario[key]))
    .map(([path, offered]) => ({
      code: 'unknown-choice',
      path,
      message: `${path} must be one of ${offered.join(', ')}.`,
    }));
}

/** Every number by itself. */
function numberIssues(scenario: Unchecked): Issue[] {
  const { cluster, parallelism } = scenario;
  if (!isRecord(cluster) || !isRecord(cluster.gpu) || !isRecord(cluster.gpu.peak)) return [group('cluster')];
  if (!isRecord(parallelism)) return [group('parallelism')];
  return [
    ...checkNumbers(CLUSTER, cluster),
    ...checkNumbers(GPU, cluster.gpu),
    ...checkNumbers(PARALLELISM, parallelism),
    ...checkNumbers({ microBatch, globalBatch: count(1, 1e9) }, scenario),
    ...(scenario.recomputeLayers === undefined
      ? []
      : checkNumbers({ recomputeLayers: count(0, 1e5) }, scenario)),
    ...choiceIssues(scenario),
  ];
}

/** What contradicts what, once every number is legal by itself. */
function contradictions(scenario: TrainingScenario): Issue[] {
  const { model, cluster, parallelism } = scenario;
  const ways = parallelism.tensorParallel * parallelism.pipelineParallel * parallelism.contextParallel;
  const issues = [...tensorIssues(model, parallelism), ...stageIssues(scenario)];
  const split = splitIssues(cluster.gpus, ways);
  if (split.length > 0) return [...issues, ...split];
  const ranks = cluster.gpus / parallelism.pipelineParallel;
  return [
    ...issues,
    ...expertIssues(model, parallelism, ranks),
    ...batchIssues(scenario.globalBatch, scenario.microBatch, dataParallelOf(scenario)),
  ];
}

function machineIssues({ cluster, precision }: Pick<TrainingScenario, 'cluster' | 'precision'>): Issue[] {
  const { gpu, nvlinkDomain }: Cluster = cluster;
  if (nvlinkDomain > 1 && gpu.nvlinkBandwidth === 0)
    return [
      {
        code: 'inconsistent',
        path: 'nvlinkDomain',
        message: `${gpu.name} has no NVLink to join ${nvlinkDomain} GPUs: nvlinkDomain is 1.`,
        limit: 1,
      },
    ];
  const peak = peakRate(gpu, gemmFormat(gpu, precision));
  return peak.ok ? [] : [...peak.issues];
}

/** What is wrong with a scenario's values one by one: no numbers, out of range, a format the GPU lacks. */
export function valueIssues(scenario: TrainingScenario): readonly Issue[] {
  const raw: unknown = scenario;
  if (!isRecord(raw)) return [group('scenario')];
  const issues = [...checkModel(scenario.model), ...numberIssues(raw)];
  return issues.length > 0 ? issues : machineIssues(scenario);
}

/**
 * Everything that makes a training scenario impossible, each at its field with the nearest legal values: sizes that are
 * no numbers or out of range, degrees that do not divide, a format the GPU lacks. Memory is not among it: see
 * `checkMemory`. Accepts values of unknown origin and never throws.
 * @returns issues with paths such as `tensorParallel`; empty when the scenario can run
 * @source Megatron-LM, arguments.py (divisibility); Llama 3 2024, section 3.3.2 (uneven stages)
 */
export function checkScenario(scenario: TrainingScenario): Issue[] {
  const issues = valueIssues(scenario);
  return issues.length > 0 ? [...issues] : contradictions(scenario);
}
