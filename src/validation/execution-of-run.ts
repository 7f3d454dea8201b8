/** How a run was executed, where its source leaves it open: habits of the framework family, each noted. */
import { peakRate, type Format, type Gpu, type Recompute } from '#estimator';
import type {
  AttentionKernel,
  FrameworkFamily,
  KernelChoice,
  PipelineSchedule,
  TrainingPrecision,
  TrainingScenario,
} from '#estimator';
import type { Filled } from './filled.ts';
import type { MeasuredRun } from './measured-run.ts';

const PRECISIONS: readonly (readonly [RegExp, TrainingPrecision])[] = [
  [/nvfp4|fp4/i, 'nvfp4'],
  [/mxfp8/i, 'mxfp8'],
  [/fp8|float8|e4m3/i, 'fp8'],
  [/bf16|bfloat16/i, 'bf16'],
  [/fp16|float16|half/i, 'fp16'],
  [/fp32|float32|tf32/i, 'fp32'],
];

type Precision =
  { readonly ok: true; readonly value: TrainingPrecision } | { readonly ok: false; readonly reason: string };

/** The format of the matrix products, or the reason why it is not known or the GPU lacks it. */
export function precisionOfRun({ execution }: MeasuredRun, gpu: Gpu, filled: Filled): Precision {
  const { precision } = execution;
  const named = precision && PRECISIONS.find(([test]) => test.test(precision))?.[1];
  if (precision && !named) return { ok: false, reason: `"${precision}" is not a number format known here` };
  const value = filled.or<TrainingPrecision>('precision', named || undefined, () =>
    gpu.peak.bf16 ? ['bf16', 'the usual 16-bit format of the GPU'] : ['fp16', 'the GPU has no bf16'],
  );
  const peak = peakRate(gpu, formatOf(value));
  return peak.ok
    ? { ok: true, value }
    : { ok: false, reason: peak.issues[0]?.message ?? 'the GPU lacks the format' };
}

/** What `precision` runs in, as a column of the GPU's peaks. */
export const formatOf = (precision: TrainingPrecision): Format =>
  precision === 'mxfp8' ? 'fp8' : precision === 'nvfp4' ? 'fp4' : precision;

const RECOMPUTES: Readonly<Record<FrameworkFamily, Recompute>> = {
  'megatron-2021': 'full',
  'megatron-2022': 'full',
  'megatron-core': 'none',
  fsdp: 'none',
  deepspeed: 'full',
  nanotron: 'none',
};

type Recomputation = Pick<TrainingScenario, 'recompute' | 'recomputeLayers'>;

/** torchtitan's "selective layer": every other layer is recomputed in full. */
const EVERY_OTHER_LAYER = /activation checkpointing: selective layer|every other layer (is )?checkpointed$/i;
/** The share of layers that is recomputed in full, such as fms-fsdp's "selective AC 1/3". */
const SHARE_OF_LAYERS = /selective (?:AC|activation checkpointing)\D{0,20}(\d+)\s*\/\s*(\d+)/i;

/** The paper's runs keep all activations, scores among them. */
const ZERO_BUBBLE = /zero.?bubble/i;

export function recomputeOfRun(
  { execution, notes }: MeasuredRun,
  family: FrameworkFamily,
  stageLayers: number,
  filled: Filled,
): Recomputation | string {
  const said = execution.recompute?.toLowerCase();
  if (said !== undefined && said !== 'none' && said !== 'selective' && said !== 'full')
    return `"${execution.recompute}" is not a way to recompute known here`;
  if (said === undefined && ZERO_BUBBLE.test(execution.framework ?? '')) {
    filled.note('recompute', 'none: the paper counts the activations of 34sbh + 5as²b (Qi 2023, table 1)');
    return { recompute: 'none' };
  }
  const share = SHARE_OF_LAYERS.exec(notes);
  if (said === 'selective' && (share || EVERY_OTHER_LAYER.test(notes))) {
    const part = share ? Number(share[1]) / Number(share[2]) : 1 / 2;
    return { recompute: 'full', recomputeLayers: Math.min(stageLayers, Math.round(part * stageLayers)) };
  }
  return {
    recompute: filled.or<Recompute>('recompute', said, () => [
      RECOMPUTES[family],
      `the habit of the ${family} family`,
    ]),
  };
}

const SCHEDULES: readonly (readonly [RegExp, PipelineSchedule])[] = [
  [/zb-?1p|zb-?h1/i, 'zb-h1'],
  [/zb-?2p|zb-?h2/i, 'zb-h2'],
  [/zb-?v/i, 'zb-v'],
  [/dualpipe/i, 'dualpipe'],
  [/gpipe/i, 'gpipe'],
  [/1f1b-i|interleaved 1f1b/i, 'interleaved'],
];

/** The order of forward and backward passes: what the framework's name says, else by the number of chunks. */
export function scheduleOfRun({ execution }: MeasuredRun, stages: number, chunks: number): PipelineSchedule {
  const named = SCHEDULES.find(([test]) => test.test(execution.framework ?? ''))?.[1];
  if (stages === 1) return '1f1b';
  if (named && named !== 'interleaved') return named;
  return chunks > 1 ? 'interleaved' : '1f1b';
}

/** From this year on, the attention of every framework here is one fused kernel. */
const FUSED_SINCE = 2023;

export function fusedAttentionOfRun(
  { execution, source }: MeasuredRun,
  family: FrameworkFamily,
  filled: Filled,
): boolean {
  return filled.or('flashAttention', execution.flashAttention, () =>
    !ZERO_BUBBLE.test(execution.framework ?? '') &&
    ((source.year ?? FUSED_SINCE) >= FUSED_SINCE || family === 'megatron-core')
      ? [true, 'usual since 2023']
      : [false, 'not usual before 2023, nor in the zero-bubble paper'],
  );
}

const ATTENTION: readonly (readonly [RegExp, AttentionKernel])[] = [
  [/kernel: torch/i, 'unfused'],
  [/kernel: fused/i, 'fused-softmax'],
  // MPT's ALiBi ran on a Triton kernel of FlashAttention's first version (mosaicml/llm-foundry issue 180).
  [/flash.?attention.?v?(?:-|_)?1|flash-?1|foundry|composer|mosaic/i, 'flash-1'],
  [/flash.?attention.?v?(?:-|_)?2|flash-?2/i, 'flash-2'],
  [/flash.?attention.?v?(?:-|_)?3|flash-?3/i, 'flash-3'],
];

/** Megatron-Bridge's container, such as 26.06.01. */
const CONTAINER = /nemo (\d\d\.\d\d(?:\.\d\d)?)/i;

/**
 * Whether a run's recipe captures the whole iteration in one CUDA graph: those of MXFP8 for models with experts, but for
 * Kimi's, on GB200 and GB300 since 26.06 and on B200 and B300 since 26.06.01.
 * @source Megatron-Bridge v0.4.2, v0.5.0, v0.5.1 and v0.6.0, `cuda_graph_impl` in scripts/performance/configs and
 *   src/megatron/bridge/perf_recipes
 */
function wholeGraphOf({ model, hardware, execution }: MeasuredRun): boolean {
  const version = CONTAINER.exec(execution.framework ?? '')?.[1] ?? '';
  const since = /^GB[23]00/i.test(hardware.gpu ?? '') ? '26.06' : '26.06.01';
  return (
    version >= since &&
    Boolean(model.experts) &&
    /mxfp8/i.test(execution.precision ?? '') &&
    /^G?B[23]00/i.test(hardware.gpu ?? '') &&
    !/kimi/i.test(model.name ?? '')
  );
}

/** What the names of framework and row say about kernels; undefined when they say nothing. */
export function kernelsOfRun(run: MeasuredRun, filled: Filled): KernelChoice | undefined {
  const { id, execution, source } = run;
  const name = execution.framework ?? '';
  const where = `${name} ${source.where ?? ''} ${/^fa2/.test(id) ? id : ''}`;
  const attention = ATTENTION.find(([test]) => test.test(where))?.[1];
  const xla = /jax|pax|maxtext|t5x/i.test(name);
  const wholeGraph = wholeGraphOf(run);
  if (wholeGraph) filled.note('cudaGraph', 'the whole iteration, as the recipes of its container have it');
  const choice: KernelChoice = {
    ...(attention ? { attention } : {}),
    ...(/kernel:/i.test(name)
      ? {
          // Aleph-Alpha/scaling: the output layer gathers its logits, the loss is torch's.
          gatheredLogits: true,
          fusedNorm: /rms kernel/i.test(name),
          compiled: false,
          tensorParallelOverlap: false,
        }
      : {}),
    ...(/compile/i.test(name) || xla ? { compiled: true } : /eager/i.test(name) ? { compiled: false } : {}),
    ...(/async ?tp/i.test(name) ? { tensorParallelOverlap: true } : {}),
    ...(/core|nemo|bridge|mlperf/i.test(name) && (source.year ?? 0) >= 2025 ? { fusedLoss: true } : {}),
    ...(wholeGraph ? { wholeGraph } : {}),
    ...(/vanilla tp/i.test(name) ? { tensorParallelOverlap: false } : {}),
  };
  return Object.keys(choice).length > 0 ? choice : undefined;
}

/** DeepSpeed's BF16 optimizer sums gradients in FP32 (BigScience chronicles). */
export const gradientFormatOfRun = (
  { execution }: MeasuredRun,
  precision: TrainingPrecision,
): Pick<TrainingScenario, 'gradientFormat'> =>
  precision === 'bf16' && /megatron.?deepspeed/i.test(execution.framework ?? '')
    ? { gradientFormat: 'fp32' }
    : {};
