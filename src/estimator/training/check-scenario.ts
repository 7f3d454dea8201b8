import { checkModel } from '../check-model.ts';
import { checkNumbers, type NumberRule } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import { peakRate } from '../peak.ts';
import { gemmFormat } from '../step/machine.ts';
import type { Model } from '../types.ts';
import { nearestDivisors, nearestMultiples } from './nearest.ts';
import { dataParallelOf, type Cluster, type Parallelism, type TrainingScenario } from './types.ts';

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
    ...checkNumbers({ microBatch: count(1, 1e6), globalBatch: count(1, 1e9) }, scenario),
    ...(scenario.recomputeLayers === undefined
      ? []
      : checkNumbers({ recomputeLayers: count(0, 1e5) }, scenario)),
    ...choiceIssues(scenario),
  ];
}

const inconsistent = (path: string, limit: number, message: string): Issue => ({
  code: 'inconsistent',
  path,
  message,
  limit,
});

/** `value` of `path` must divide each of the named counts. */
function mustDivide(path: string, value: number, whole: number, of: string, most = Infinity): Issue[] {
  if (whole % value === 0) return [];
  const legal = nearestDivisors(whole, value, most);
  return [
    inconsistent(
      path,
      legal[0] ?? 1,
      `${path} must divide the ${whole} ${of} evenly: ${legal.join(' or ')}, not ${value}.`,
    ),
  ];
}

/** Layouts that do not divide evenly, which a framework allows because it balances stages by itself. */
const UNEVEN: ReadonlySet<TrainingScenario['framework']> = new Set([
  'megatron-core',
  'fsdp',
  'deepspeed',
  'nanotron',
]);

function stageIssues({ model, parallelism, framework, schedule }: TrainingScenario): Issue[] {
  const { pipelineParallel, virtualPipeline } = parallelism;
  const { layers } = model;
  const slots = pipelineParallel * virtualPipeline;
  if (pipelineParallel === 1 && virtualPipeline > 1)
    return [
      inconsistent('virtualPipeline', 1, 'Chunks interleave pipeline stages: with one stage there is 1.'),
    ];
  if (virtualPipeline > 1 && schedule !== 'interleaved')
    return [
      inconsistent(
        'virtualPipeline',
        1,
        `The ${schedule} schedule has 1 chunk a stage; several need the interleaved one.`,
      ),
    ];
  if (schedule === 'dualpipe' && pipelineParallel % 2 === 1 && pipelineParallel > 1)
    return [
      inconsistent(
        'pipelineParallel',
        pipelineParallel + 1,
        'DualPipe folds the pipeline: it needs an even number of stages.',
      ),
    ];
  if (slots > layers) {
    const path = pipelineParallel > layers ? 'pipelineParallel' : 'virtualPipeline';
    const limit = path === 'pipelineParallel' ? layers : Math.floor(layers / pipelineParallel);
    return [
      inconsistent(
        path,
        limit,
        `${layers} layers fill at most ${layers} chunks of stages: ${path} can be ${limit} at most.`,
      ),
    ];
  }
  // Llama 3's 126 layers on 16 stages: embedding and logits take a layer's place at either end, or one of them does.
  const even = [0, 1, 2].some((ends) => (layers + ends) % slots === 0);
  if (even || UNEVEN.has(framework)) return [];
  return mustDivide(
    'pipelineParallel',
    pipelineParallel,
    layers,
    `layers${virtualPipeline > 1 ? ` in ${virtualPipeline} chunks` : ''}`,
    layers,
  );
}

function tensorIssues(model: Model, parallelism: Parallelism): Issue[] {
  const { tensorParallel, contextParallel, sequenceParallel } = parallelism;
  const { heads, kvHeads, ffn, sequence, mla } = model;
  const issues = mustDivide('tensorParallel', tensorParallel, heads, 'attention heads');
  if (issues.length > 0) return issues;
  if (!mla && kvHeads % tensorParallel !== 0 && tensorParallel % kvHeads !== 0)
    issues.push(...mustDivide('tensorParallel', tensorParallel, kvHeads, 'heads of keys and values'));
  if (ffn > 0) issues.push(...mustDivide('tensorParallel', tensorParallel, ffn, 'rows of the MLP'));
  issues.push(...mustDivide('contextParallel', contextParallel, sequence, 'tokens of a sequence'));
  if (sequenceParallel && issues.length === 0)
    issues.push(
      ...mustDivide(
        'tensorParallel',
        tensorParallel,
        sequence / contextParallel,
        "tokens of a rank's sequence",
      ),
    );
  return issues;
}

function expertIssues(
  { moe }: Model,
  { expertParallel, expertTensorParallel }: Parallelism,
  ranks: number,
): Issue[] {
  if (!moe) {
    return expertParallel * expertTensorParallel === 1
      ? []
      : [
          inconsistent(
            expertParallel > 1 ? 'expertParallel' : 'expertTensorParallel',
            1,
            'A model without experts has none to split: both degrees are 1.',
          ),
        ];
  }
  const issues = [
    ...mustDivide('expertParallel', expertParallel, moe.experts, 'experts'),
    ...mustDivide('expertTensorParallel', expertTensorParallel, moe.expertFfn, 'rows of an expert'),
  ];
  if (issues.length > 0) return issues;
  return mustDivide(
    'expertParallel',
    expertParallel,
    ranks / expertTensorParallel,
    'ranks of a stage (data x context x tensor / expertTensorParallel)',
  );
}

function batchIssues(scenario: TrainingScenario, data: number): Issue[] {
  const { globalBatch, microBatch } = scenario;
  const slice = data * microBatch;
  if (globalBatch % slice === 0) return [];
  const legal = nearestMultiples(slice, globalBatch);
  return [
    inconsistent(
      'globalBatch',
      legal[0] ?? slice,
      `globalBatch must be a multiple of ${data} data-parallel ranks x ${microBatch} sequences: ${legal.join(' or ')}, not ${globalBatch}.`,
    ),
  ];
}

/** What contradicts what, once every number is legal by itself. */
function contradictions(scenario: TrainingScenario): Issue[] {
  const { model, cluster, parallelism } = scenario;
  const ways = parallelism.tensorParallel * parallelism.pipelineParallel * parallelism.contextParallel;
  const issues = [...tensorIssues(model, parallelism), ...stageIssues(scenario)];
  if (cluster.gpus % ways !== 0) {
    const legal = nearestMultiples(ways, cluster.gpus);
    issues.push(
      inconsistent(
        'gpus',
        legal[0] ?? ways,
        `gpus must be a multiple of tensor x pipeline x context parallelism (${ways}): ${legal.join(' or ')}, not ${cluster.gpus}.`,
      ),
    );
    return issues;
  }
  const ranks = cluster.gpus / parallelism.pipelineParallel;
  return [
    ...issues,
    ...expertIssues(model, parallelism, ranks),
    ...batchIssues(scenario, dataParallelOf(scenario)),
  ];
}

function machineIssues({ cluster, precision }: Pick<TrainingScenario, 'cluster' | 'precision'>): Issue[] {
  const { gpu }: Cluster = cluster;
  const peak = peakRate(gpu, gemmFormat(gpu, precision));
  return peak.ok ? [] : [...peak.issues];
}

/**
 * Everything that makes a training scenario impossible, each at its field with the nearest legal values: sizes that are
 * no numbers or out of range, degrees that do not divide, a format the GPU lacks. Memory is not among it: see
 * `checkMemory`. Accepts values of unknown origin and never throws.
 * @returns issues with paths such as `tensorParallel`; empty when the scenario can run
 * @source Megatron-LM, arguments.py (divisibility); Llama 3 2024, section 3.3.2 (uneven stages)
 */
export function checkScenario(scenario: TrainingScenario): Issue[] {
  const raw: unknown = scenario;
  if (!isRecord(raw)) return [group('scenario')];
  const issues = [...checkModel(scenario.model), ...numberIssues(raw)];
  if (issues.length > 0) return issues;
  const machine = machineIssues(scenario);
  return machine.length > 0 ? machine : contradictions(scenario);
}
