import { modelFlops } from '../flops/model-flops.ts';
import { fullestBytes } from '../memory/memory-per-gpu.ts';
import { memoryRates, type MemoryRates } from '../memory/memory-rates.ts';
import { remembered } from '../remembered.ts';
import { breakdownTotal, composeStep } from '../step/compose.ts';
import { stepCosts, type StepCosts } from '../step/costs.ts';
import { gemmFormat, machineOf } from '../step/machine.ts';
import { scopeOf } from '../step/scope.ts';
import { planOf } from '../step/training-step.ts';
import { checkScenario } from '../training/check-scenario.ts';
import type { Cluster, Parallelism, TrainingPrecision, TrainingScenario } from '../training/types.ts';
import type { Model, Recompute } from '../types.ts';
import type { Bytes, FlopPerSecond, Seconds } from '../units.ts';

/** A model, a batch and a kind of cluster: how many GPUs is what varies. */
export interface ShardOrSplitQuestion {
  readonly model: Model;
  readonly cluster: Omit<Cluster, 'gpus'>;
  readonly globalBatch: number;
  readonly precision: TrainingPrecision;
  /**
   * DeepSpeed's ZeRO-3 and Megatron-LM as Narayanan 2021 compared them, everything recomputed; or FSDP with gathers hidden
   * behind the layers, and Megatron Core with interleaved stages, sequence parallelism and the distributed optimizer,
   * FlashAttention in both.
   */
  readonly software: '2021' | 'now';
}

/** One way to run the step on so many GPUs. */
export interface Way {
  readonly scenario: TrainingScenario;
  readonly seconds: Seconds;
  /** Dense peak of one GPU in the format of its matrix products, and the share of it that counted work takes. */
  readonly peak: FlopPerSecond;
  readonly mfu: number;
  /** Of one GPU on its worst stage. */
  readonly memory: Bytes;
  /** Whether that is in the GPU. A way that does not fit is given all the same: it is what one would do. */
  readonly fits: boolean;
}

const ALONE: Parallelism = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualPipeline: 1,
  contextParallel: 1,
  expertParallel: 1,
  expertTensorParallel: 1,
  sequenceParallel: false,
  zeroStage: 0,
};

/** Tensor parallelism is for the GPUs of a server, of which there are eight. */
const TENSORS = [1, 2, 4, 8] as const;

interface Choice {
  readonly parallelism: Parallelism;
  readonly replicas: number;
  readonly microBatch: number;
  readonly recompute: Recompute;
  readonly framework: TrainingScenario['framework'];
}

/** The whole scenario of a choice: the batch is the multiple of replicas and micro-batch that is nearest to the asked one. */
function scenarioOf(question: ShardOrSplitQuestion, choice: Choice): TrainingScenario {
  const { model, cluster, globalBatch, precision, software } = question;
  const { replicas, microBatch, recompute, framework } = choice;
  const { tensorParallel, pipelineParallel } = choice.parallelism;
  const passes = Math.max(1, Math.round(globalBatch / (replicas * microBatch)));
  const interleaves = choice.parallelism.virtualPipeline > 1 && passes >= pipelineParallel;
  const parallelism = interleaves ? choice.parallelism : { ...choice.parallelism, virtualPipeline: 1 };
  return {
    model,
    cluster: { ...cluster, gpus: replicas * tensorParallel * pipelineParallel },
    parallelism,
    microBatch,
    globalBatch: replicas * microBatch * passes,
    precision,
    recompute,
    schedule: interleaves ? 'interleaved' : '1f1b',
    framework,
    fusedAttention: software === 'now',
  };
}

/** What a question's numbers of GPUs have in common. */
interface Known {
  /** What memory depends on besides the pipeline and the number of GPUs. */
  readonly rates: Map<string, MemoryRates>;
  /** Seconds of a layer and of the ends: groups inside a server do not see how many servers there are. */
  readonly costs: Map<string, StepCosts>;
  /** Whether the model can be split so: GPUs and batch divide by the way they are chosen. */
  readonly legal: Map<string, boolean>;
}

const known = new WeakMap<ShardOrSplitQuestion, Known>();

function knownOf(question: ShardOrSplitQuestion): Known {
  const found = known.get(question) ?? { rates: new Map(), costs: new Map(), legal: new Map() };
  known.set(question, found);
  return found;
}

function ratesOf(question: ShardOrSplitQuestion, scenario: TrainingScenario): MemoryRates {
  const { microBatch, recompute, framework, parallelism } = scenario;
  const key = `${framework} ${recompute} ${microBatch} ${parallelism.tensorParallel}`;
  return remembered(knownOf(question).rates, key, () => memoryRates(scenario));
}

/** Seconds of the step: those of `trainingStep`, with the layer's worked out once for all numbers of GPUs. */
function secondsOf(question: ShardOrSplitQuestion, scenario: TrainingScenario): Seconds {
  const { microBatch, framework, parallelism, cluster, precision } = scenario;
  const piped = parallelism.pipelineParallel > 1;
  const key = `${framework} ${microBatch} ${parallelism.tensorParallel} ${piped}`;
  const costs = remembered(knownOf(question).costs, key, () => stepCosts(scopeOf(scenario)));
  const scope = { ...costs.scope, machine: machineOf(cluster, precision) };
  return breakdownTotal(composeStep({ ...costs, scope }, planOf(scenario)));
}

function isLegal(question: ShardOrSplitQuestion, scenario: TrainingScenario): boolean {
  const { framework, parallelism } = scenario;
  const { tensorParallel, pipelineParallel, virtualPipeline } = parallelism;
  const key = `${framework} ${tensorParallel} ${pipelineParallel} ${virtualPipeline}`;
  return remembered(knownOf(question).legal, key, () => checkScenario(scenario).length === 0);
}

const memoryOf = (question: ShardOrSplitQuestion, scenario: TrainingScenario): Bytes =>
  fullestBytes(ratesOf(question, scenario), scenario);

const fits = (question: ShardOrSplitQuestion, scenario: TrainingScenario): boolean =>
  memoryOf(question, scenario) <= scenario.cluster.gpu.memory;

function wayOf(question: ShardOrSplitQuestion, scenario: TrainingScenario): Way | null {
  if (!isLegal(question, scenario)) return null;
  const { model, cluster, globalBatch, precision } = scenario;
  const seconds = secondsOf(question, scenario);
  const memory = memoryOf(question, scenario);
  // A legal scenario has a format that its GPU has.
  const peak = cluster.gpu.peak[gemmFormat(cluster.gpu, precision)] as number;
  const flops = modelFlops(model, { tokens: globalBatch * model.sequence }).total;
  return {
    scenario,
    seconds,
    peak,
    mfu: flops / (seconds * cluster.gpus * peak),
    memory,
    fits: memory <= cluster.gpu.memory,
  };
}

/** The choice with the largest micro-batch, a power of two, that fits and that the batch has for every replica; else 1. */
function largestMicroBatch(question: ShardOrSplitQuestion, choice: Choice): TrainingScenario {
  let best = scenarioOf(question, choice);
  const most = question.globalBatch / choice.replicas;
  for (let microBatch = 2; microBatch <= most; microBatch *= 2) {
    const larger = scenarioOf(question, { ...choice, microBatch });
    if (!fits(question, larger)) break;
    best = larger;
  }
  return best;
}

/**
 * ZeRO-3 on so many GPUs: every one a replica, the largest micro-batch that fits, because each micro-batch gathers all
 * weights twice. Under FSDP of full recomputation and of the selective kind whichever is faster and fits.
 * @returns null where there are more GPUs than sequences in the batch, or where the model cannot run so
 * @source Narayanan 2021, section 5.2: one micro-batch a step, as large as the batch gives each GPU
 */
export function shardedWay(question: ShardOrSplitQuestion, gpus: number): Way | null {
  if (!Number.isInteger(gpus) || gpus > question.globalBatch) return null;
  const framework = question.software === '2021' ? 'deepspeed' : 'fsdp';
  const modes: readonly Recompute[] = question.software === '2021' ? ['full'] : ['full', 'selective'];
  const ways = modes.flatMap((recompute) => {
    const parallelism: Parallelism = { ...ALONE, zeroStage: 3 };
    const choice: Choice = { parallelism, replicas: gpus, microBatch: 1, recompute, framework };
    const way = wayOf(question, largestMicroBatch(question, choice));
    return way ? [way] : [];
  });
  const better = (a: Way, b: Way): Way => (b.fits && (!a.fits || b.mfu > a.mfu) ? b : a);
  return ways.length > 0 ? ways.reduce(better) : null;
}

/** Tensor-parallel degrees and numbers of stages to try, smallest model-parallel size first. */
function sizesOf({
  model,
  cluster,
}: ShardOrSplitQuestion): readonly (readonly [tensor: number, stages: number])[] {
  const tensors = TENSORS.filter((t) => t <= cluster.nvlinkDomain && model.heads % t === 0);
  const most = tensors.at(-1) as number;
  const stages = Array.from({ length: model.layers - 1 }, (_, i) => i + 2).filter(
    (p) => model.layers % p === 0,
  );
  return [...tensors.map((t) => [t, 1] as const), ...stages.map((p) => [most, p] as const)];
}

/** The step on model-parallel groups of one size, on as many of the GPUs as they divide. */
function splitScenario(
  question: ShardOrSplitQuestion,
  gpus: number,
  [tensorParallel, pipelineParallel]: readonly [number, number],
): TrainingScenario | null {
  const replicas = Math.floor(gpus / (tensorParallel * pipelineParallel));
  if (replicas < 1 || replicas > question.globalBatch) return null;
  const old = question.software === '2021';
  const parallelism: Parallelism = {
    ...ALONE,
    tensorParallel,
    pipelineParallel,
    virtualPipeline: old ? 1 : question.model.layers / pipelineParallel,
    sequenceParallel: !old && tensorParallel > 1,
    zeroStage: old ? 0 : 1,
  };
  const choice: Choice = {
    parallelism: pipelineParallel > 1 ? parallelism : { ...parallelism, virtualPipeline: 1 },
    replicas,
    microBatch: 1,
    recompute: old ? 'full' : 'none',
    framework: old ? 'megatron-2021' : 'megatron-core',
  };
  return pipelineParallel > 1 ? scenarioOf(question, choice) : largestMicroBatch(question, choice);
}

/**
 * Tensor and pipeline parallelism on so many GPUs, by the rule of the paper: the smallest model-parallel size that fits,
 * tensor parallelism up to the GPUs of a server and stages beyond it, and replicas of that. One sequence in a micro-batch
 * where there are stages, which more would keep waiting; the largest that fits where there are none. Of stages that fit,
 * up to twice the fewest, the first whose groups divide the GPUs is taken; where none does, some GPUs stay idle and do not
 * count.
 * @returns null where replicas would be more than sequences, or the model cannot run so
 * @source Narayanan 2021, section 3, takeaways 1 and 2
 */
export function splitWay(question: ShardOrSplitQuestion, gpus: number): Way | null {
  if (!Number.isInteger(gpus)) return null;
  let first: TrainingScenario | null = null;
  let least = Infinity;
  let largest: TrainingScenario | null = null;
  for (const [tensor, stages] of sizesOf(question)) {
    if (stages > 2 * least) break;
    const scenario = splitScenario(question, gpus, [tensor, stages]);
    if (scenario === null) continue;
    largest = scenario;
    if (!fits(question, scenario)) continue;
    first ??= scenario;
    least = Math.min(least, stages);
    if (scenario.cluster.gpus === gpus) return wayOf(question, scenario);
  }
  const chosen = first ?? largest;
  return chosen ? wayOf(question, chosen) : null;
}
