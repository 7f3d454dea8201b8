import { describe, expect, test } from 'vitest';
import { checkMemory, GIB, memoryPerGpu, type Model, type TrainingScenario } from '#estimator';
import { memoryRules, residentWeightBytes } from '../../../src/estimator/memory/family-rules.ts';
import {
  communicatorBytes,
  CUDA_CONTEXT,
  NCCL_GROUP,
} from '../../../src/estimator/memory/framework-overhead.ts';
import { microBatchesInFlight } from '../../../src/estimator/memory/in-flight.ts';
import { memoryRates, shardGroupsOf } from '../../../src/estimator/memory/memory-rates.ts';
import { stageParameters } from '../../../src/estimator/memory/stage-bytes.ts';
import { layersByStage } from '../../../src/estimator/training/stage-layers.ts';
import { stageLoads } from '../../../src/estimator/memory/stage-loads.ts';
import { training } from './scenarios.ts';
import { DEEPSEEK_V3, gpt, GPT3, LLAMA3_8B, MIXTRAL } from './shapes.ts';

const small = gpt(4, 1024, 16, { sequence: 512 });
const all = <T>(stages: number, of: (stage: number) => T): T[] =>
  Array.from({ length: stages }, (_, i) => of(i));

describe('micro-batches in flight', () => {
  const held = (schedule: TrainingScenario['schedule'], chunks = 1, microBatches = 100) =>
    all(4, (stage) => microBatchesInFlight(schedule, stage, 4, chunks, microBatches));

  test.each([
    ['gpipe', 1, [100, 100, 100, 100]],
    ['1f1b', 1, [4, 3, 2, 1]],
    ['interleaved', 2, [5.5, 4.5, 3.5, 2.5]],
    ['zb-h1', 1, [4, 4, 4, 4]],
    ['zb-h2', 1, [7, 7, 7, 7]],
    ['zb-v', 2, [4, 4, 4, 4]],
    ['dualpipe', 2, [5, 5, 5, 5]],
  ] as const)('%s', (schedule, chunks, expected) => {
    expect(held(schedule, chunks)).toEqual(expected);
    expect(held(schedule, chunks, 1)).toEqual([1, 1, 1, 1]);
  });

  test('the first interleaved stage holds p(1 + (p-1)/pv)', () => {
    expect(microBatchesInFlight('interleaved', 0, 8, 3, 64)).toBe(8 * (1 + 7 / 24));
  });

  test('one without a pipeline, whatever the schedule is called', () => {
    expect(microBatchesInFlight('gpipe', 0, 1, 1, 64)).toBe(1);
  });
});

describe('layers on each stage', () => {
  const layers = (count: number, stages: number, chunks = 1) =>
    layersByStage({ ...small, layers: count }, stages, chunks, 'megatron-core');

  test.each([
    ['evenly where that works', 96, 8, 3, [12, 12, 12, 12, 12, 12, 12, 12]],
    ['with embedding and logits as a layer each: zero-bubble’s 22', 22, 8, 1, [2, 3, 3, 3, 3, 3, 3, 2]],
    ['with the logits as a layer', 15, 4, 1, [4, 4, 4, 3]],
    ['else the first have one more', 14, 4, 3, [4, 4, 3, 3]],
    ['all on one', 7, 1, 1, [7]],
    ['none on some of too many', 1, 3, 1, [0, 1, 0]],
  ] as const)('%s', (_, count, stages, chunks, expected) => {
    expect(layers(count, stages, chunks)).toEqual(expected);
  });

  test('Llama 3’s 126 on 16 stages: 7 at both ends, 8 between', () => {
    expect(layers(126, 16)).toEqual([7, ...all(14, () => 8), 7]);
  });

  test('nanotron fills stages by the weights of its blocks, the logits being four layers’ worth here', () => {
    const model: Model = {
      ...LLAMA3_8B,
      layers: 16,
      hidden: 2048,
      heads: 32,
      kvHeads: 32,
      headDim: 64,
      ffn: 8192,
      vocab: 131_072,
    };
    expect(layersByStage(model, 8, 1, 'nanotron')).toEqual([3, 3, 2, 3, 2, 3, 0, 0]);
    expect(layersByStage(model, 1, 1, 'nanotron')).toEqual([16]);
    expect(layersByStage({ ...model, gatedMlp: false }, 2, 1, 'nanotron')).toEqual([11, 5]);
  });
});

describe('bytes a parameter', () => {
  const spent = (
    framework: TrainingScenario['framework'],
    over: Partial<TrainingScenario> = {},
    zero: 0 | 1 = 0,
  ) => memoryRules(training({ framework, ...over, parallelism: { zeroStage: zero } })).recipe.id;

  test('follow the family', () => {
    expect(spent('megatron-2021')).toBe('mixed-18');
    expect(spent('megatron-2022')).toBe('mixed-18');
    expect(spent('nanotron')).toBe('mixed-18');
    expect(spent('megatron-core')).toBe('mixed-16');
    expect(spent('deepspeed')).toBe('mixed-16');
    expect(spent('fsdp')).toBe('fp32-16');
    expect(spent('nanotron', { precision: 'fp32' })).toBe('fp32-16');
  });

  test('are DeepSpeed’s under Megatron with a sharded optimizer before Megatron Core', () => {
    expect(spent('megatron-2022', {}, 1)).toBe('mixed-16');
    expect(spent('megatron-2022', { gradientFormat: 'fp32' }, 1)).toBe('mixed-20');
  });

  test('can be told: FP32 gradients cost 2 more, in DeepSpeed 4', () => {
    expect(spent('megatron-core', { gradientFormat: 'fp32' })).toBe('mixed-18');
    expect(spent('deepspeed', { gradientFormat: 'fp32' })).toBe('mixed-20');
    expect(spent('megatron-2022', { gradientFormat: '16-bit' })).toBe('mixed-16');
  });

  const resident = (framework: TrainingScenario['framework'], precision: TrainingScenario['precision']) =>
    residentWeightBytes(precision, memoryRules(training({ framework, precision })));

  test('FP8 weights: two 8-bit copies, beside the 16-bit ones unless they replace them; none with torchao', () => {
    expect(resident('megatron-core', 'bf16')).toBe(2);
    expect(resident('megatron-core', 'fp8')).toBe(2);
    expect(resident('megatron-core', 'mxfp8')).toBe(2 + 2 / 32);
    expect(resident('megatron-core', 'nvfp4')).toBe(2 + 2 * (9 / 16));
    expect(resident('megatron-2022', 'fp8')).toBe(4);
    expect(resident('fsdp', 'fp8')).toBe(4);
  });
});

describe('what sits where', () => {
  test('a tied table counts once on one GPU and twice in a pipeline', () => {
    const table = small.vocab * small.hidden;
    const own = (pipelineParallel: number) => {
      const scenario = training({ model: small, parallelism: { pipelineParallel } });
      const rates = memoryRates(scenario);
      return stageLoads(scenario).reduce((total, stage) => total + stageParameters(rates, stage), 0);
    };
    expect(own(2) - own(1)).toBe(table);
  });

  test('a separate output and a norm behind the embedding', () => {
    const rates = memoryRates(training({ model: { ...small, tiedEmbeddings: false, embeddingNorm: true } }));
    expect(rates.tied).toBe(0);
    expect(rates.embedding).toBe((small.vocab + 512) * 1024 + 2 * 1024);
    expect(rates.output).toBe(small.vocab * 1024 + 2 * 1024);
  });

  test('dense layers come first', () => {
    const loads = stageLoads(training({ model: DEEPSEEK_V3, parallelism: { pipelineParallel: 61 } }));
    expect(loads.slice(0, 4).map(({ denseLayers, moeLayers }) => [denseLayers, moeLayers])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  test('a V brings logits to the first stage; DualPipe doubles layers and has both ends at both ends', () => {
    const loads = (schedule: TrainingScenario['schedule']) =>
      stageLoads(training({ model: small, schedule, parallelism: { pipelineParallel: 4 } }));
    expect(loads('zb-v').map(({ first, last }) => [first, last])).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(loads('dualpipe').map(({ first, last }) => first && last)).toEqual([true, false, false, true]);
    const dual = training({ model: small, schedule: 'dualpipe', parallelism: { pipelineParallel: 4 } });
    const rates = memoryRates(dual);
    expect(stageParameters(rates, loads('dualpipe')[1]!)).toBe(2 * rates.dense.parameters);
    expect(loads('1f1b').map(({ first, last }) => [first, last])[3]).toEqual([false, true]);
  });

  test('DualPipe averages what two opposite stages hold', () => {
    const model: Model = { ...DEEPSEEK_V3, layers: 8, moe: { ...DEEPSEEK_V3.moe!, denseLayers: 2 } };
    const [first] = stageLoads(
      training({ model, schedule: 'dualpipe', parallelism: { pipelineParallel: 4 } }),
    );
    expect(first).toMatchObject({ denseLayers: 1, moeLayers: 1, copies: 2 });
  });

  test('experts and their optimizer are shared by the ranks that hold the same ones', () => {
    const parallelism = {
      tensorParallel: 2,
      expertParallel: 8,
      expertTensorParallel: 1,
      zeroStage: 1 as const,
    };
    expect(shardGroupsOf(training({ model: MIXTRAL, dp: 16, parallelism }))).toEqual({
      zeroStage: 1,
      shards: 16,
      expertShards: 4,
    });
    const alone = { ...parallelism, expertParallel: 64 };
    expect(shardGroupsOf(training({ model: MIXTRAL, dp: 16, parallelism: alone })).expertShards).toBe(1);
  });
});

describe('parts of a GPU', () => {
  const parts = (scenario: TrainingScenario, stage = 0) => memoryPerGpu(scenario).stages[stage]!.parts;

  test('logits: 8 bytes each in Megatron, over tensor-parallel ranks; 14 on every rank where they are gathered', () => {
    const logits = 512 * small.vocab;
    const split = { tensorParallel: 2 };
    expect(parts(training({ model: small, parallelism: split })).logits).toBe((8 * logits) / 2);
    const gathered = training({ model: small, parallelism: split, kernels: { gatheredLogits: true } });
    expect(parts(gathered).logits).toBe(14 * logits);
    const fsdp = training({ model: small, framework: 'fsdp' });
    expect(parts(fsdp).logits).toBe(14 * logits);
    expect(parts({ ...fsdp, kernels: { compiled: true } }).logits).toBe(10 * logits);
  });

  test('logits are on the last stage, activations of the embedding on the first', () => {
    const scenario = training({ model: small, parallelism: { pipelineParallel: 2 } });
    expect(parts(scenario, 0).logits).toBe(0);
    expect(parts(scenario, 0).temporary).toBe(memoryRates(scenario).dense.backward);
    expect(parts(scenario, 1).logits).toBeGreaterThan(0);
    expect(parts(scenario, 1).temporary).toBe(0);
    const { keptInFull } = memoryRates(scenario).dense;
    const row = 512 * 1024;
    expect(parts(scenario, 0).activations).toBe(2 * (2 * keptInFull + row + 8 * 512));
    expect(parts(scenario, 1).activations).toBe(2 * keptInFull + 4 * row);
  });

  test('DeepSpeed’s pipeline keeps what it sent on; its optimizer has buckets of 1e9 numbers and flattens its share of 16-bit gradients', () => {
    const plain = training({
      model: small,
      framework: 'deepspeed',
      parallelism: { pipelineParallel: 2 },
      dp: 2,
    });
    const { keptInFull } = memoryRates(plain).dense;
    expect(parts(plain).activations).toBe(2 * (2 * keptInFull + 512 * 1024 + 8 * 512 + 2 * 512 * 1024));
    const { weights } = parts(plain);
    expect(parts(plain).communication).toBe(2e9 + 3 * weights);
    const shared = { ...plain, parallelism: { ...plain.parallelism, zeroStage: 1 as const } };
    expect(parts(shared).communication).toBe(2e9 + (3 * weights) / 2);
    expect(parts({ ...shared, gradientFormat: 'fp32' }).communication).toBe(2e9);
  });

  test('block recomputation leaves the other layers as they are', () => {
    const scenario = training({ model: small, recompute: 'full', recomputeLayers: 1 });
    const { dense } = memoryRates(scenario);
    const row = 512 * 1024;
    expect(parts(scenario).activations).toBeCloseTo(
      dense.kept + 3 * dense.keptInFull + row + 8 * 512 + 4 * row,
      3,
    );
  });

  test('nanotron’s DDP holds 16-bit gradients beside the FP32 ones, unless a rank is alone', () => {
    const nanotron = (dp: number) => training({ model: small, framework: 'nanotron', dp });
    const { weights, communication } = parts(nanotron(2));
    expect(communication).toBe(weights);
    expect(parts(nanotron(1)).communication).toBe(0);
  });

  test('FSDP gathers a layer with its gradients, the next one, and the tables', () => {
    const scenario = training({ model: small, framework: 'fsdp', parallelism: { zeroStage: 3 }, dp: 4 });
    const { dense, embedding, output, tied } = memoryRates(scenario);
    expect(parts(scenario).communication).toBe(6 * dense.parameters + 4 * (embedding + output - tied));
    const whole = dense.parameters * 4 + embedding + output - tied;
    expect(parts(scenario).weights).toBe(whole);
    expect(parts(scenario).optimizer).toBe(2 * whole);
    expect(parts(scenario).gradients).toBe(whole);
  });

  test('FSDP gathers experts with their layer', () => {
    const scenario = training({ model: MIXTRAL, framework: 'fsdp', parallelism: { zeroStage: 3 }, dp: 4 });
    const { moe, embedding, output, tied } = memoryRates(scenario);
    const layer = moe.parameters + moe.expertParameters;
    expect(parts(scenario).communication).toBe(6 * layer + 4 * (embedding + output - tied));
  });

  test('in a pipeline FSDP keeps the stage gathered and sums its gradients in FP32', () => {
    const scenario = training({
      model: small,
      framework: 'fsdp',
      parallelism: { zeroStage: 3, pipelineParallel: 2 },
      dp: 4,
    });
    const { weights, communication } = parts(scenario);
    expect(communication).toBe(6 * weights);
  });

  test('a CUDA context, and a communicator for each group of more than one rank', () => {
    const scenario = training({
      model: small,
      parallelism: { tensorParallel: 2, contextParallel: 2 },
      dp: 3,
    });
    expect(communicatorBytes(scenario.parallelism, 3)).toBe(3 * NCCL_GROUP);
    expect(parts(scenario).framework).toBe(CUDA_CONTEXT + 3 * NCCL_GROUP);
    expect(parts(training({ model: small })).framework).toBe(1573 * 2 ** 20);
  });
});

describe('the estimate', () => {
  test('is the worst stage', () => {
    const estimate = memoryPerGpu(training({ parallelism: { tensorParallel: 8, pipelineParallel: 8 } }));
    expect(estimate.stages).toHaveLength(8);
    expect(estimate.stage).toBe(0);
    expect(estimate.total).toBe(Math.max(...estimate.stages.map(({ total }) => total)));
    const logits = training({
      kernels: { gatheredLogits: true },
      recompute: 'full',
      parallelism: { tensorParallel: 8, pipelineParallel: 8 },
    });
    expect(memoryPerGpu(logits).stage).toBe(0);
    expect(memoryPerGpu({ ...logits, model: { ...GPT3, vocab: 1_000_000 } }).stage).toBe(7);
  });

  test('that does not fit is an issue that says where and by how much', () => {
    const scenario = training({ parallelism: { tensorParallel: 8, pipelineParallel: 8 } });
    const { memory } = scenario.cluster.gpu;
    const estimate = memoryPerGpu(scenario);
    const [issue] = checkMemory(scenario);
    expect(issue).toMatchObject({ code: 'too-large', path: 'memory', limit: memory });
    expect(issue?.message).toContain('Pipeline stage 1 needs');
    expect(issue?.message).toContain(`${((estimate.total - memory) / GIB).toFixed(1)} GiB more`);
  });

  test('that fits is none', () => {
    const scenario = training({ model: small });
    expect(checkMemory(scenario)).toEqual([]);
    expect(checkMemory(scenario, memoryPerGpu(scenario))).toEqual([]);
  });
});
