import { z } from 'astro/zod';

/** Where a value comes from: keys of content/bibliography, or `derived` for arithmetic shown in `where`. */
const source = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const provenance = {
  source,
  /** The place in the source: table, section, page, file and line; or the arithmetic of a derived value. */
  where: z.string().min(1),
  /** False when no source that was read states it: carried over, computed back, or contested. */
  confirmed: z.literal(false).optional(),
  note: z.string().min(1).optional(),
};

/** A value with the place that it was read in, for the schemas of other records too. */
export const fact = <T extends z.ZodType>(value: T) => z.strictObject({ value, ...provenance });
export const text = fact(z.string().min(1));
const flag = fact(z.boolean());
export const positive = fact(z.number().positive());
export const count = fact(z.number().int().positive());
export const atLeastZero = fact(z.number().nonnegative());

/** A number (or word, or yes/no) with the place that it was read in. */
export interface Fact<T = number> {
  readonly value: T;
  readonly source: string | readonly string[];
  readonly where: string;
  readonly confirmed?: false | undefined;
  readonly note?: string | undefined;
}

const rates = z.strictObject({
  fp64: positive.optional(),
  fp32: positive.optional(),
  tf32: positive.optional(),
  fp16: positive.optional(),
  bf16: positive.optional(),
  fp8: positive.optional(),
  fp6: positive.optional(),
  fp4: positive.optional(),
  int8: positive.optional(),
});

/** One GPU, SI base units: FLOP/s, bytes, bytes/s in one direction, watts, hertz. */
export const gpuRecord = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string(),
  /** What people say: "A800". */
  short: z.string(),
  /** True while its maker calls the figures preliminary. */
  preliminary: z.literal(true).optional(),
  architecture: text,
  year: count,
  /** Dense matrix-multiply peak by format: Tensor Cores where the GPU has them. */
  peak: rates,
  /** Rate of ordinary arithmetic, outside Tensor Cores. */
  vector: rates,
  /** Paper speed-up of 2:4 structured sparsity; 1 for none. */
  sparsity: positive,
  /** Formats whose paper factor differs from `sparsity`. */
  sparsityByFormat: z.partialRecord(z.enum(['fp4']), positive).optional(),
  /** Bytes that a program can address, as the driver reports them. */
  memory: count,
  /** Bytes as sold, read as decimal gigabytes. */
  memorySold: positive,
  memoryType: text,
  memoryBandwidth: positive,
  /** All NVLinks together, one direction; 0 without NVLink. */
  nvlinkBandwidth: atLeastZero,
  nvlinkGeneration: count.optional(),
  nvlinkLinks: count.optional(),
  pcieGeneration: count,
  power: positive,
  sms: count,
  /** Highest clock. */
  clock: positive,
  /** The clock behind the Tensor Core peaks, where it is another one. */
  tensorClock: positive.optional(),
  tensorCoreGeneration: count.optional(),
  l2: positive.optional(),
  chip: text,
  formFactor: text,
  process: text,
  transistors: positive.optional(),
  dieMm2: positive.optional(),
  notes: z.array(z.string()),
});

const experts = z.strictObject({
  experts: count,
  topK: count,
  expertFfn: count,
  sharedExperts: atLeastZero,
  sharedFfn: atLeastZero,
  denseLayers: atLeastZero,
  routerBias: flag,
  sharedGate: flag.optional(),
});

const latentAttention = z.strictObject({
  queryRank: fact(z.number().int().positive().nullable()),
  kvRank: count,
  nopeDim: count,
  ropeDim: count,
  valueDim: count,
});

/** The shape of a model, field for field the estimator's `Model`. */
export const shapeRecord = z.strictObject({
  layers: count,
  hidden: count,
  heads: count,
  kvHeads: count,
  headDim: count,
  ffn: count,
  vocab: count,
  sequence: count,
  gatedMlp: flag,
  tiedEmbeddings: flag,
  norm: fact(z.enum(['layernorm', 'rmsnorm', 'unweighted'])),
  normsPerLayer: count.optional(),
  embeddingNorm: flag.optional(),
  positions: fact(z.enum(['learned', 'rotary', 'none'])),
  positionRows: count.optional(),
  bias: z.strictObject({ qkv: flag, attentionOutput: flag, mlp: flag }),
  outputBias: flag.optional(),
  qkNorm: flag,
  qkNormSpan: fact(z.enum(['head', 'all-heads'])).optional(),
  attentionSinks: flag.optional(),
  window: z.strictObject({ tokens: count, layers: count }).optional(),
  moe: experts.optional(),
  mla: latentAttention.optional(),
});

/** One model: its shape, the size its paper prints, and the exact count where one was published. */
export const modelRecord = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string(),
  family: z.string(),
  year: count,
  /** The size as its paper prints it. */
  parameters: positive,
  /** A published count to the last parameter (or as many digits as were printed), of this very shape. */
  published: fact(z.number().positive())
    .extend({
      /** Relative rounding of the printed figure; 0 when it is exact. */
      rounding: z.number().nonnegative(),
    })
    .optional(),
  /** Active parameters a token, as printed. */
  active: positive.optional(),
  tokens: positive.optional(),
  shape: shapeRecord,
  notes: z.array(z.string()),
});

/** One kind of server, or of rack where NVLink joins servers. SI base units: bytes/s in one direction. */
export const nodeRecord = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string(),
  /** What people say: "DGX H100". */
  short: z.string(),
  year: count,
  /** Id of the GPU in content/data/gpus. */
  gpu: text,
  gpusPerNode: count,
  /** GPUs on one NVLink fabric: a server's, a rack's, 1 without NVLink. */
  nvlinkDomain: count,
  nvswitchGeneration: count.optional(),
  /** Switch chips in the domain. */
  nvswitches: count.optional(),
  /** Boards over which GPUs and switches are spread; 1 unless said. */
  baseboards: count.optional(),
  /** What the NICs give one GPU. */
  networkBandwidth: positive,
  /** What a step over the network takes beyond one over InfiniBand or RoCE. */
  networkLatency: positive.optional(),
  network: text,
  /** Host link of one GPU. */
  pcieBandwidth: positive,
  notes: z.array(z.string()),
});

/** A GPU with its sources. */
export type GpuRecord = z.infer<typeof gpuRecord>;

/** A server with its sources. */
export type SourcedNode = z.infer<typeof nodeRecord>;

/** A model with its sources. */
export type SourcedModel = z.infer<typeof modelRecord>;

/** Checks one file against a schema. Throws naming the file and the fields that do not fit. */
export function parse<T>(schema: z.ZodType<T>, file: string, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new Error(`${file}\n${z.prettifyError(result.error)}`);
}

/** Checks a GPU's file. Throws naming the file and the fields that do not fit. */
export const parseGpu = (file: string, json: unknown): GpuRecord => parse(gpuRecord, file, json);

/** Checks a model's file. Throws naming the file and the fields that do not fit. */
export const parseModel = (file: string, json: unknown): SourcedModel => parse(modelRecord, file, json);

/** Checks a server's file. Throws naming the file and the fields that do not fit. */
export const parseNode = (file: string, json: unknown): SourcedNode => parse(nodeRecord, file, json);
