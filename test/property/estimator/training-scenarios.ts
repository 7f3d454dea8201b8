/** Training scenarios for laws and fuzzing: legal ones of every kind, legal ones with a few numbers off, and wild ones. */
import fc from 'fast-check';
import type { Gpu, Model, TrainingPrecision, TrainingScenario } from '#estimator';
import { readGpus } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import { hostile } from './arbitraries.ts';

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const power = (most: number) => upTo(most, 0).map((exponent) => 2 ** exponent);

/** The catalogue's GPUs, without what the estimator does not read. */
export const GPUS: readonly Gpu[] = readGpus().map((record) => {
  const gpu = stripSources(record) as unknown as Gpu;
  const { id, name, architecture, year, peak, sparsity, memory, power, sms, clock } = gpu;
  const { memoryBandwidth, nvlinkBandwidth } = gpu;
  const machine = { id, name, architecture, year, peak, sparsity, memory, power, sms, clock };
  return { ...machine, memoryBandwidth, nvlinkBandwidth };
});

const PRECISIONS = {
  fp32: 'fp32',
  fp16: 'fp16',
  bf16: 'bf16',
  fp8: 'fp8',
  mxfp8: 'fp8',
  nvfp4: 'fp4',
} as const;

/** The precisions that a GPU can train in. */
export const precisionsOf = ({ peak }: Gpu): readonly TrainingPrecision[] =>
  (Object.keys(PRECISIONS) as TrainingPrecision[]).filter((precision) => peak[PRECISIONS[precision]]);

const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b));

const choices = fc.record({
  tensorParallel: power(4),
  pipelineParallel: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 16 })),
  chunks: upTo(4),
  contextParallel: power(3),
  expertParallel: power(4),
  expertTensorParallel: power(2),
  sequenceParallel: fc.boolean(),
  zeroStage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  data: upTo(16),
  passes: upTo(40, 2),
  microBatch: upTo(8),
  schedule: fc.constantFrom('gpipe', '1f1b', 'interleaved', 'zb-h1', 'zb-h2', 'zb-v', 'dualpipe'),
  framework: fc.constantFrom(
    'megatron-2021',
    'megatron-2022',
    'megatron-core',
    'fsdp',
    'deepspeed',
    'nanotron',
  ),
  recompute: fc.constantFrom('none', 'selective', 'full'),
  recomputeLayers: fc.option(upTo(8, 0), { nil: undefined }),
  fusedAttention: fc.boolean(),
  gradientFormat: fc.constantFrom(undefined, 'fp32', '16-bit'),
  kernels: fc.option(
    fc.record(
      {
        attention: fc.constantFrom('unfused', 'fused-softmax', 'flash-1', 'flash-2', 'flash-3'),
        fusedNorm: fc.boolean(),
        fusedLoss: fc.boolean(),
        compiled: fc.boolean(),
        gatheredLogits: fc.boolean(),
        tensorParallelOverlap: fc.boolean(),
        expertParallelOverlap: fc.boolean(),
        wholeGraph: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  ),
  gpu: fc.constantFrom(...GPUS),
  precision: upTo(10, 0),
  node: fc.constantFrom(1, 4, 8, 16),
  rack: fc.constantFrom(1, 2, 8, 72),
  network: fc.integer({ min: 1e9, max: 2e11 }),
});

const shapes = fc.record({
  layers: upTo(8),
  short: upTo(2, 0),
  hidden: upTo(200),
  headsPerGroup: upTo(8),
  groups: upTo(8),
  manyGroups: fc.boolean(),
  headDim: fc.constantFrom(16, 64, 96, 128, 160),
  ffn: upTo(400),
  vocab: upTo(200_000, 2),
  tokens: upTo(512),
  gatedMlp: fc.boolean(),
  tiedEmbeddings: fc.boolean(),
  norm: fc.constantFrom('layernorm', 'rmsnorm', 'unweighted'),
  normsPerLayer: fc.constantFrom(undefined, 1, 2, 4),
  positions: fc.constantFrom('learned', 'rotary', 'none'),
  qkNorm: fc.boolean(),
  bias: fc.boolean(),
  window: fc.option(fc.record({ tokens: upTo(4096), layers: upTo(8, 0) }), { nil: undefined }),
  experts: fc.option(
    fc.record({
      each: upTo(8),
      topK: upTo(8),
      expertFfn: upTo(300),
      sharedExperts: upTo(2, 0),
      sharedFfn: upTo(4096),
      denseLayers: upTo(2, 0),
    }),
    { nil: undefined },
  ),
  mla: fc.option(
    fc.record({
      queryRank: fc.option(upTo(2048)),
      kvRank: upTo(1024),
      nopeDim: upTo(256),
      ropeDim: upTo(128, 0),
      valueDim: upTo(256),
    }),
    { nil: undefined },
  ),
});

type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;
type Shapes = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

/** A shape that the split divides. */
function modelOf(shape: Shapes, split: Choices, stages: number, chunks: number): Model {
  const { experts, window, mla, short, bias, headsPerGroup, groups, manyGroups, ...rest } = shape;
  const { tensorParallel: t, contextParallel, expertParallel, expertTensorParallel } = split;
  const kvHeads = manyGroups ? t * groups : 2 ** (groups % (1 + Math.log2(t)));
  const least = stages * chunks;
  const layers = Math.max(1, shape.layers * least - (shape.layers * least > 2 ? short : 0));
  const count = experts ? experts.each * expertParallel : 0;
  return {
    ...rest,
    layers,
    hidden: 64 * shape.hidden,
    heads: Math.max(kvHeads, t) * headsPerGroup,
    kvHeads,
    ffn: t * shape.ffn * 8,
    sequence: contextParallel * t * shape.tokens,
    bias: { qkv: bias, attentionOutput: bias, mlp: bias },
    ...(window && { window: { ...window, layers: Math.min(window.layers, layers) } }),
    ...(mla && { mla }),
    ...(experts && {
      moe: {
        experts: count,
        topK: Math.min(experts.topK, count),
        expertFfn: experts.expertFfn * expertTensorParallel,
        sharedExperts: experts.sharedExperts,
        sharedFfn: experts.sharedFfn,
        denseLayers: Math.min(experts.denseLayers, layers),
        routerBias: bias,
      },
    }),
  } as Model;
}

function scenarioOf([split, shape]: [Choices, Shapes]): TrainingScenario {
  const { gpu, schedule } = split;
  const dual = schedule === 'dualpipe' && split.pipelineParallel > 1;
  const stages = dual ? 2 * Math.ceil(split.pipelineParallel / 2) : split.pipelineParallel;
  const chunks = schedule === 'interleaved' && stages > 1 ? split.chunks : 1;
  const model = modelOf(shape, split, stages, chunks);
  const passes = chunks > 1 && split.framework !== 'fsdp' ? split.passes * stages : split.passes;
  const { tensorParallel, contextParallel } = split;
  const expertParallel = model.moe ? split.expertParallel : 1;
  const expertTensorParallel = model.moe ? split.expertTensorParallel : 1;
  const experts = expertParallel * expertTensorParallel;
  const data = (split.data * experts) / greatest(experts, tensorParallel * contextParallel);
  const offered = precisionsOf(gpu);
  const linked = gpu.nvlinkBandwidth > 0;
  return {
    model,
    cluster: {
      gpu,
      gpus: tensorParallel * contextParallel * stages * data,
      gpusPerNode: split.node,
      nvlinkDomain: linked ? Math.max(split.rack, split.rack > 8 ? 1 : split.node) : 1,
      networkBandwidth: split.network,
      pcieBandwidth: 25e9,
    },
    parallelism: {
      tensorParallel,
      pipelineParallel: stages,
      virtualPipeline: chunks,
      contextParallel,
      expertParallel,
      expertTensorParallel,
      sequenceParallel: split.sequenceParallel,
      zeroStage: split.zeroStage,
    },
    microBatch: split.microBatch,
    globalBatch: data * split.microBatch * passes,
    precision: offered[split.precision % offered.length]!,
    recompute: split.recompute,
    schedule,
    framework: split.framework,
    fusedAttention: split.fusedAttention,
    ...(split.recomputeLayers !== undefined && { recomputeLayers: split.recomputeLayers }),
    ...(split.kernels && { kernels: split.kernels }),
    ...(split.gradientFormat && { gradientFormat: split.gradientFormat }),
  };
}

/** Scenarios that can run, memory apart. */
export const legalScenario: fc.Arbitrary<TrainingScenario> = fc.tuple(choices, shapes).map(scenarioOf);

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of a scenario's fields and groups, as lists of keys. */
const pathsOf = (value: unknown, prefix: readonly string[] = []): readonly (readonly string[])[] =>
  isTree(value)
    ? Object.entries(value).flatMap(([key, inner]) => [[...prefix, key], ...pathsOf(inner, [...prefix, key])])
    : [];

/** A copy with the value at one path replaced; undefined removes it. */
export function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const tree = isTree(value) ? value : {};
  const { [key]: old, ...others } = tree;
  const inner = replaced(old, rest, by);
  return inner === undefined ? others : { ...others, [key]: inner };
}

const spoiledBy = (values: fc.Arbitrary<unknown>, numbersOnly: boolean): fc.Arbitrary<TrainingScenario> =>
  fc
    .tuple(legalScenario, fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 4 }))
    .map(([scenario, changes]) =>
      changes.reduce<unknown>((spoiled, [place, value]) => {
        const paths = pathsOf(spoiled);
        if (paths.length === 0) return spoiled;
        const path = paths[place % paths.length]!;
        const old = path.reduce<unknown>((inner, key) => (inner as Tree)[key], spoiled);
        return numbersOnly && typeof old !== 'number' ? spoiled : replaced(spoiled, path, value);
      }, scenario),
    ) as fc.Arbitrary<TrainingScenario>;

/** Whole numbers where others were: degrees that do not divide, sizes that do not match. */
export const offScenario = spoiledBy(fc.oneof(upTo(64), upTo(100_000), power(20)), true);

/** Fields and whole groups replaced by whatever a link or a file may hold. */
export const wildScenario: fc.Arbitrary<TrainingScenario> = fc.oneof(
  {
    weight: 9,
    arbitrary: spoiledBy(fc.oneof(hostile, fc.constantFrom(-1, 1e300, -1e300, 0.5, 1e9, 1e6)), false),
  },
  { weight: 1, arbitrary: fc.anything() as fc.Arbitrary<TrainingScenario> },
);
