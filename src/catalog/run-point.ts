/**
 * A published run on one scale: its MFU from its throughput, its shape and the dense peak, whatever convention its
 * source printed. MFU and HFU are never mixed: a figure that counts recomputation is not used.
 */
import { countParameters, modelFlops, type Model } from '#estimator';
import type { RunPoint, RunPrecision } from './efficiency.ts';
import type { Run } from './run-file.ts';
import type { GpuRecord, ModelRecord } from './index.ts';

/** Names of GPUs in the sources, as catalogue ids and families. Variants divide by the peak of the full SXM part. */
const GPUS: Readonly<Record<string, { readonly id: string; readonly family: string }>> = {
  'V100-32GB-SXM': { id: 'v100-sxm2-32gb', family: 'V100' },
  'A100-40GB-SXM': { id: 'a100-sxm4-40gb', family: 'A100' },
  'A100-80GB-SXM': { id: 'a100-sxm4-80gb', family: 'A100' },
  'H100-80GB-SXM': { id: 'h100-sxm5-80gb', family: 'H100' },
  'H100-95GB (94/95 GB variant)': { id: 'h100-sxm5-80gb', family: 'H100' },
  'H100-96GB-SXM (HBM2e, 500W)': { id: 'h100-sxm5-80gb', family: 'H100' },
  'GH200-96GB': { id: 'h100-sxm5-80gb', family: 'GH200' },
  'H800-80GB-SXM': { id: 'h800-sxm5-80gb', family: 'H800' },
  'H200-141GB-SXM': { id: 'h200-sxm5-141gb', family: 'H200' },
  B200: { id: 'b200-sxm-180gb', family: 'B200' },
  GB200: { id: 'gb200-nvl72-186gb', family: 'GB200' },
  B300: { id: 'b300-sxm-270gb', family: 'B300' },
  GB300: { id: 'gb300-nvl72-279gb', family: 'GB300' },
};

/** Shapes with parts that a run's row cannot hold (latent attention, windows, shared experts): taken from the catalogue. */
const CATALOGUED: Readonly<Record<string, string>> = {
  'DeepSeek-V3': 'deepseek-v3',
  'Kimi-K2': 'kimi-k2',
  'GPT-OSS-120B': 'gpt-oss-120b',
  'Qwen2-57B-A14B': 'qwen2-57b-a14b',
};

/** Megatron's padded GPT-2 vocabulary, for the few sources that do not say theirs; worth about 1% of the FLOPs at 10B. */
const USUAL_VOCABULARY = 51_200;

/** Rows that do not say their format ran in 16 bits, where FP16 and BF16 have one peak. */
const PRECISION: Readonly<Record<string, RunPrecision>> = {
  fp16: 'fp16',
  bf16: 'bf16',
  fp8: 'fp8',
  mxfp8: 'fp8',
  nvfp4: 'fp4',
};

/** The catalogue that runs are read against. */
export interface RunCatalog {
  readonly gpus: readonly GpuRecord[];
  readonly models: readonly ModelRecord[];
}

/** The run's model, or null when its source gives too little of the shape. */
export function runShape(run: Run, models: readonly ModelRecord[]): Model | null {
  const { layers, hidden, heads, ffn, seqLen, experts, topK, expertFfn, ...rest } = run.model;
  const catalogued = models.find(({ id }) => id === CATALOGUED[run.model.name]);
  if (catalogued && seqLen) return { ...catalogued.shape, sequence: seqLen };
  if (!layers || !hidden || !heads || !ffn || !seqLen) return null;
  const moe =
    experts && topK && expertFfn
      ? {
          moe: {
            experts,
            topK,
            expertFfn,
            sharedExperts: rest.sharedExperts ?? 0,
            sharedFfn: expertFfn,
            denseLayers: 0,
            routerBias: false,
          },
        }
      : {};
  return {
    layers,
    hidden,
    heads,
    ffn,
    sequence: seqLen,
    kvHeads: rest.kvHeads ?? heads,
    headDim: rest.headDim ?? hidden / heads,
    vocab: rest.vocab ?? USUAL_VOCABULARY,
    gatedMlp: rest.gatedMlp ?? false,
    tiedEmbeddings: rest.tiedEmbeddings ?? true,
    norm: 'rmsnorm',
    positions: 'rotary',
    bias: { qkv: false, attentionOutput: false, mlp: false },
    qkNorm: false,
    ...moe,
  };
}

/** Tokens a second and GPU, from the rate itself or from step time and batch; null when neither is given. */
export function runThroughput({ measured, execution, hardware, model }: Run): number | null {
  if (measured.tokensPerSecPerGpu) return measured.tokensPerSecPerGpu;
  const tokens = (execution.globalBatch ?? 0) * (model.seqLen ?? 0);
  return measured.stepTimeS && hardware.gpus && tokens ? tokens / (measured.stepTimeS * hardware.gpus) : null;
}

/** The MFU that the source prints, or its model FLOP/s over the peak; null when what it prints counts recomputation. */
function reportedMfu({ measured }: Run, peak: number): number | null {
  if (measured.mfu) return measured.mfu;
  const counted = measured.tflopsConvention ?? '';
  return measured.tflopsPerGpu && /model/i.test(counted) ? (measured.tflopsPerGpu * 1e12) / peak : null;
}

/** The run on the common scale, or null when it has no MFU (out of memory, or only HFU with an unknown shape). */
export function runPoint(run: Run, { gpus, models }: RunCatalog, label: string): RunPoint | null {
  const gpu = GPUS[run.hardware.gpu];
  const record = gpus.find(({ id }) => id === gpu?.id);
  const precision = PRECISION[run.execution.precision ?? 'bf16'];
  const peak = precision && record?.peak[precision];
  const peak16 = record?.peak.bf16 ?? record?.peak.fp16;
  if (run.measured.oom || !gpu || !precision || !peak || !peak16) return null;
  const shape = runShape(run, models);
  const rate = runThroughput(run);
  const of = (flops: number): number => ((rate ?? 0) * flops) / peak;
  const computed = shape && rate;
  const mfu = computed ? of(modelFlops(shape).total) : reportedMfu(run, peak);
  const parameters = run.model.paramsB ? run.model.paramsB * 1e9 : shape && countParameters(shape).total;
  if (!mfu || !parameters) return null;
  return {
    id: run.id,
    sourceKey: run.source.reference,
    label,
    year: run.source.year,
    modelName: run.model.name,
    parameters,
    gpu: gpu.id,
    family: gpu.family,
    gpus: run.hardware.gpus ?? null,
    precision,
    framework: run.execution.framework ?? null,
    mfu,
    mfuCausal: computed ? of(modelFlops(shape, { causal: true }).total) : mfu,
    mfuBf16: (mfu * peak) / peak16,
    basis: computed ? 'computed' : 'reported',
    tier: run.tier,
  };
}

/**
 * The runs worth a dot each: of every (source, model, GPU, format) the best, and the best on the largest cluster.
 * Left out: sweeps of tier C, of which only averages over whole trainings stay, and models cut down to a few layers.
 */
export function chartRuns(
  runs: readonly { readonly run: Run; readonly point: RunPoint }[],
): readonly RunPoint[] {
  const groups = new Map<string, RunPoint[]>();
  for (const { run, point } of runs) {
    if (point.tier === 'C' && run.group !== 'gpu-hours') continue;
    if (/proxy/.test(point.modelName)) continue;
    const key = [point.sourceKey, point.modelName, point.gpu, point.precision].join('|');
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const kept = [...groups.values()].flatMap((group) => {
    const [best, ...rest] = [...group].sort((a, b) => b.mfu - a.mfu);
    const largest = Math.max(...group.map(({ gpus }) => gpus ?? 0));
    const atScale = (best?.gpus ?? 0) === largest ? undefined : rest.find(({ gpus }) => gpus === largest);
    return [best, atScale].filter((point) => point !== undefined);
  });
  return kept.sort((a, b) => a.year - b.year || a.id.localeCompare(b.id));
}
