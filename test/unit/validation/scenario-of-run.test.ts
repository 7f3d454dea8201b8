import { expect, test } from 'vitest';
import { readRuns } from '#catalog/node.ts';
import type { Run } from '#catalog/run-file.ts';
import { scenarioOfRun } from '#validation/scenario-of-run.ts';
import { catalog, mapped, reasonOf, row, scenarioOf } from './row.ts';

test('a row that says everything is taken as it is', () => {
  const { scenario, filled } = scenarioOf();
  expect(filled).toEqual([]);
  expect(scenario).toMatchObject({
    cluster: { gpus: 1024, gpusPerNode: 8, nvlinkDomain: 8, networkBandwidth: 50e9, pcieBandwidth: 63e9 },
    parallelism: {
      tensorParallel: 8,
      pipelineParallel: 16,
      virtualPipeline: 6,
      contextParallel: 1,
      expertParallel: 1,
      sequenceParallel: true,
      zeroStage: 1,
    },
    microBatch: 1,
    globalBatch: 1536,
    precision: 'bf16',
    recompute: 'selective',
    schedule: 'interleaved',
    framework: 'megatron-core',
    fusedAttention: true,
  });
  expect(scenario.cluster.gpu.id).toBe('h100-sxm5-80gb');
});

test('null means that the source does not say, like an absent field', () => {
  const absent = scenarioOf({ execution: { zeroStage: undefined, recompute: undefined } });
  const nulls = scenarioOf({ execution: { zeroStage: null, recompute: null } });
  expect(nulls).toEqual(absent);
  expect(absent.scenario).toMatchObject({ recompute: 'none', parallelism: { zeroStage: 1 } });
  expect(absent.filled).toHaveLength(2);
});

test('every field that a rule fills is named with the rule', () => {
  const { filled } = scenarioOf({
    hardware: { gpusPerNode: null, interNode: null },
    execution: {
      precision: null,
      zeroStage: null,
      sequenceParallel: null,
      flashAttention: null,
      microBatch: null,
    },
  });
  expect(filled.map((text) => text.split(':')[0])).toEqual([
    'gpusPerNode',
    'networkBandwidth',
    'precision',
    'sequenceParallel',
    'zeroStage',
    'microBatch',
    'flashAttention',
  ]);
});

test('the GPU count is the truth where the printed data parallelism contradicts it', () => {
  const { scenario, filled } = scenarioOf({ execution: { dp: 2 } });
  expect(scenario.cluster.gpus).toBe(1024);
  expect(filled).toEqual(['dp: 8 = gpus / (tp x pp x cp), where the source prints 2']);
});

test('context parallelism is what the other printed degrees leave of the GPUs', () => {
  const { scenario, filled } = scenarioOf({ execution: { cp: null, dp: 4 } });
  expect(scenario.parallelism.contextParallel).toBe(2);
  expect(filled).toContain('cp: 2, what gpus, tp, pp and dp leave');
  expect(scenarioOf({ execution: { cp: null, dp: 8 } }).scenario.parallelism.contextParallel).toBe(1);
  expect(scenarioOf({ execution: { cp: null, dp: 3 } }).scenario.parallelism.contextParallel).toBe(1);
});

test('the sequence follows from step time, throughput and batch where it is not printed', () => {
  const measured = { stepTimeS: 10, tokensPerSecPerGpu: 307.2 };
  const { scenario, filled } = scenarioOf({ model: { seqLen: null }, measured });
  expect(scenario.model.sequence).toBe(2048);
  expect(filled).toContain('seqLen: 2048, step time x throughput / batch');
});

test('heads of keys are those of the published model where the row prints its heads alone', () => {
  const named = { name: 'Llama 3 70B', hidden: 8192, layers: 80, heads: 64, kvHeads: null, ffn: null };
  expect(scenarioOf({ model: named }).scenario.model.kvHeads).toBe(8);
});

test('what the batch is follows from what the source gives', () => {
  const batch = (execution: Readonly<Record<string, unknown>>, measured = {}) => {
    const { microBatch, globalBatch } = scenarioOf({ execution, measured }).scenario;
    return [microBatch, globalBatch];
  };
  expect(batch({ globalBatch: null, gradAccum: 100, microBatch: 2 })).toEqual([2, 1600]);
  expect(batch({ microBatch: null, gradAccum: 48 })).toEqual([4, 1536]);
  // 10 s at 300 tokens a second on each of 1,024 GPUs, in sequences of 2,048.
  expect(batch({ globalBatch: null }, { tokensPerSecPerGpu: 300 })).toEqual([1, 1504]);
  // FSDP does not accumulate gradients unless its source says so; else the batch of a GPT-3 of this size, 3.2M tokens.
  const sharded = { zeroStage: 3, pp: 1, vpp: 1, dp: 128 };
  expect(batch({ ...sharded, globalBatch: null, microBatch: 2 })).toEqual([2, 256]);
  expect(batch({ globalBatch: null })).toEqual([1, 1560]);
  // A printed batch that is off by a rounding is made legal; one that is not is refused.
  expect(batch({ globalBatch: 1538 })).toEqual([1, 1536]);
  expect(reasonOf({ execution: { globalBatch: 12 } })).toBe(
    'a global batch of 12 is no multiple of dp 8 x micro-batch 1',
  );
});

test.each([
  [
    'GPT',
    false,
    { norm: 'layernorm', positions: 'learned', bias: { qkv: true, attentionOutput: true, mlp: true } },
  ],
  [
    'Llama-3',
    true,
    { norm: 'rmsnorm', positions: 'rotary', bias: { qkv: false, attentionOutput: false, mlp: false } },
  ],
  ['BLOOM', false, { positions: 'none', embeddingNorm: true }],
  ['GPT-NeoX', false, { norm: 'layernorm', positions: 'rotary' }],
  ['Nemotron-4', false, { norm: 'layernorm', positions: 'rotary', bias: { mlp: false } }],
  ['something new', true, { norm: 'rmsnorm' }],
  ['something new', false, { norm: 'layernorm' }],
] as const)('the family %s (gated: %s) says what its layers are made of', (family, gatedMlp, made) => {
  expect(scenarioOf({ model: { name: 'X', family, gatedMlp } }).scenario.model).toMatchObject(made);
});

test('models with parts that a row cannot hold are taken from the catalogue, with the context of the run', () => {
  const model = {
    name: 'DeepSeek-V3',
    family: 'DeepSeek-V3 (MLA)',
    layers: 61,
    hidden: 7168,
    heads: 128,
    seqLen: 8192,
    experts: 256,
    topK: 8,
  };
  const execution = { tp: 1, pp: 16, vpp: 1, ep: 64, globalBatch: 2048, zeroStage: 1 };
  const { scenario } = scenarioOf({ model, execution });
  expect(scenario.model).toMatchObject({
    sequence: 8192,
    mla: { kvRank: 512 },
    moe: { denseLayers: 3, sharedExperts: 1 },
  });
  expect(scenario.parallelism).toMatchObject({ expertParallel: 64, expertTensorParallel: 1 });
});

test('a name does not overrule a printed shape: proxies and distilled models keep it', () => {
  const distilled = scenarioOf({
    model: { name: 'DeepSeek-R1-Distill-Llama-70B', experts: null, topK: null },
  });
  expect(distilled.scenario.model.moe).toBeUndefined();
  const proxy = { name: 'DeepSeek-V3 proxy', experts: 8, topK: 2, expertFfn: 2048 };
  const { model } = scenarioOf({ model: proxy }).scenario;
  expect(model).toMatchObject({ hidden: 12288, moe: { experts: 8, expertFfn: 2048 } });
});

test('experts are as wide as the MLP where only that is printed; without their number there is no model', () => {
  const printed = { name: 'a mixture', experts: 8, topK: 2, expertFfn: null };
  const { scenario, filled } = scenarioOf({ model: printed, execution: { ep: 8 } });
  expect(scenario.model.moe?.expertFfn).toBe(scenario.model.ffn);
  expect(filled).toContain(`expertFfn: ${scenario.model.ffn}, the width of the MLP`);
  expect(reasonOf({ model: { ...printed, topK: null } })).toBe('the experts of "a mixture" lack topK');
  expect(reasonOf({ model: { ...printed, experts: null, topK: null }, execution: { ep: 8 } })).toBe(
    'the experts of "a mixture" lack experts, topK',
  );
});

test('a published model needs its name only', () => {
  const bare = {
    layers: null,
    hidden: null,
    heads: null,
    kvHeads: null,
    headDim: null,
    ffn: null,
    vocab: null,
  };
  const model = { ...bare, name: 'Llama-2 70B', family: 'Llama-2', gatedMlp: null, tiedEmbeddings: null };
  expect(scenarioOf({ model }).scenario.model).toMatchObject({
    layers: 80,
    hidden: 8192,
    kvHeads: 8,
    ffn: 28_672,
    gatedMlp: true,
    tiedEmbeddings: false,
  });
});

test.each([
  ['Megatron-LM + zero-bubble, schedule ZB-1p', 1, 'zb-h1'],
  ['Megatron-LM + zero-bubble, schedule ZB-2p', 1, 'zb-h2'],
  ['Megatron-LM + zero-bubble, schedule ZB-V', 1, 'zb-v'],
  ['HAI-LLM (DualPipe)', 1, 'dualpipe'],
  ['Megatron-LM', 1, '1f1b'],
  ['Megatron-LM', 2, 'interleaved'],
] as const)('%s with %i chunks runs the schedule %s', (framework, vpp, schedule) => {
  expect(scenarioOf({ execution: { framework, vpp } }).scenario.schedule).toBe(schedule);
});

test('one stage has no pipeline, whatever the framework can do', () => {
  const execution = { framework: 'HAI-LLM (DualPipe)', tp: 8, pp: 1, vpp: 1 };
  expect(scenarioOf({ execution }).scenario).toMatchObject({
    schedule: '1f1b',
    parallelism: { virtualPipeline: 1 },
  });
});

test('selective recomputation of whole layers is full recomputation of a part of them', () => {
  const half =
    'Activation checkpointing: selective layer ("selective layer" = every other layer checkpointed)';
  expect(scenarioOf({ notes: half }).scenario).toMatchObject({ recompute: 'full', recomputeLayers: 3 });
  expect(scenarioOf({ notes: 'selective AC 1/3' }).scenario).toMatchObject({
    recompute: 'full',
    recomputeLayers: 2,
  });
  expect(scenarioOf({ notes: 'Per-op selective AC.' }).scenario).toMatchObject({ recompute: 'selective' });
});

test('what the framework name says about kernels is kept', () => {
  const kernels = (framework: string) => scenarioOf({ execution: { framework } }).scenario.kernels;
  const aleph = (kernel: string) => kernels(`Aleph Alpha Scaling (Megatron-like), kernel: ${kernel}`);
  expect(aleph('torch')).toMatchObject({ attention: 'unfused', fusedNorm: false });
  expect(aleph('fused')).toMatchObject({ attention: 'fused-softmax', fusedNorm: false });
  expect(aleph('flash_attentionv1.0.8')).toMatchObject({ attention: 'flash-1', fusedNorm: false });
  expect(aleph('flash_attention2 + RMS kernel')).toMatchObject({ attention: 'flash-2', fusedNorm: true });
  expect(kernels('torchtitan async TP, float8 none')).toEqual({ tensorParallelOverlap: true });
  expect(kernels('torchtitan vanilla TP, float8 none')).toEqual({ tensorParallelOverlap: false });
  expect(kernels('MaxText (JAX)')).toMatchObject({ compiled: true });
  expect(kernels('Megatron-Core')).toBeUndefined();
});

test.each([
  ['26.04.01', 'GB200', 'mxfp8', 'DeepSeek-V3', undefined],
  ['26.06', 'GB200', 'mxfp8', 'DeepSeek-V3', true],
  ['26.06', 'B300', 'mxfp8', 'DeepSeek-V3', undefined],
  ['26.06.01', 'B300', 'mxfp8', 'DeepSeek-V3', true],
  ['26.08', 'GB300', 'mxfp8', 'DeepSeek-V3', true],
  ['26.08', 'GB300', 'bf16', 'DeepSeek-V3', undefined],
  ['26.08', 'GB300', 'mxfp8', 'Kimi-K2', undefined],
  ['26.08', 'H100', 'fp8', 'DeepSeek-V3', undefined],
])(
  'the recipes of NeMo %s for %s in %s of %s graph the whole iteration: %s',
  (nemo, gpu, precision, name, graph) => {
    const framework = `Megatron-Bridge / Megatron-Core (NeMo ${nemo} container)`;
    const experts = { experts: 256, topK: 8, sharedExperts: 1, expertFfn: 2048 };
    const { scenario, filled } = scenarioOf({
      model: { name, ...experts },
      hardware: { gpu },
      execution: { framework, precision },
    });
    expect(scenario.kernels?.wholeGraph).toBe(graph);
    expect(filled.some((rule) => rule.startsWith('cudaGraph'))).toBe(graph === true);
  },
);

test('a dense model has no such recipe', () => {
  const execution = { framework: 'Megatron-Core (NeMo 26.08 container)', precision: 'mxfp8' };
  expect(scenarioOf({ hardware: { gpu: 'GB300' }, execution }).scenario.kernels?.wholeGraph).toBeUndefined();
});

test('a pipeline of Megatron-Core whose chunks are not printed is interleaved where its layers allow', () => {
  const chunks = (layers: number, framework: string) =>
    scenarioOf({ model: { layers }, execution: { framework, vpp: null } }).scenario.parallelism
      .virtualPipeline;
  expect([chunks(96, 'NeMo 24.07'), chunks(90, 'NeMo 24.07'), chunks(96, 'nanotron')]).toEqual([6, 1, 1]);
});

test.each([
  [{ hardware: { gpu: 'TPU v4' } }, 'the catalogue has no GPU called "TPU v4"'],
  [{ hardware: { gpu: null } }, 'the source does not say which GPU'],
  [{ hardware: { gpus: null }, execution: { dp: null } }, 'the source does not say how many GPUs'],
  [{ hardware: { gpus: 1000 } }, '1000 GPUs are no multiple of tp 8 x pp 16 x cp 1'],
  [{ hardware: { gpus: -8 } }, 'hardware.gpus is -8 but must be a whole number above 0'],
  [{ model: { layers: 'many' } }, 'model.layers is "many" but must be a whole number above 0'],
  [{ model: { name: 'Secret', layers: null, hidden: null } }, 'the shape of "Secret" lacks layers, hidden'],
  [{ model: { heads: 7, kvHeads: 7, headDim: null } }, /^the shape of "GPT-3 175B" is impossible: headDim/],
  [{ model: { family: 'Nemotron-H (Mamba2 hybrid)' } }, /^a hybrid of state-space and attention layers/],
  [{ model: { name: 'T5 11B' } }, 'not a decoder-only Transformer'],
  [{ measured: { mfu: 45 } }, 'measured.mfu is 45 but must be a share from 0 to 1'],
  [{ execution: { precision: 'int3' } }, '"int3" is not a number format known here'],
  [{ execution: { precision: 'nvfp4' } }, /^H100 .* has no fp4 peak/],
  [{ execution: { recompute: 'some' } }, '"some" is not a way to recompute known here'],
  [{ execution: { zeroStage: 7 } }, 'there is no ZeRO stage 7'],
  [{ model: { layers: 8 } }, '16 pipeline stages for 8 layers'],
])('a run that cannot be modelled says why: %j', (change, reason) => {
  expect(reasonOf(change)).toMatch(reason);
});

test.each([
  [null],
  [undefined],
  [7],
  ['row'],
  [[]],
  [{}],
  [{ id: 3 }],
  [{ ...row(), model: 'GPT' }],
  [{ ...row(), hardware: null }],
])('a row that is not one gives a reason and no exception: %j', (raw) => {
  const result = scenarioOfRun(raw as unknown as Run, catalog);
  expect(result.ok ? '' : result.reason).toMatch(/\w+ /);
});

test('every tier A run of the catalogue is modelled, and of all runs nineteen in twenty', () => {
  const results = readRuns().map((run) => ({ run, result: scenarioOfRun(run, catalog) }));
  const failed = results.filter(({ result }) => !result.ok);
  expect(failed.filter(({ run }) => run.tier === 'A').map(({ run }) => run.id)).toEqual([]);
  expect(failed.length / results.length).toBeLessThan(0.05);
  expect(mapped().ok).toBe(true);
});
