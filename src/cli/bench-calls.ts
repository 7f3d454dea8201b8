/** How long single calls of the estimator take, warm. */
import {
  collectiveTime,
  countParameters,
  gemmSeconds,
  layersByStage,
  memoryPerGpu,
  modelFlops,
  placeGroup,
  trainingStep,
  type TrainingScenario,
} from '#estimator';
import { clusterOf, modelById } from './records.ts';

const BLOCK_MS = 40;
const BLOCKS = 3;

/** Microseconds of one call: the median of three blocks of many. */
function microseconds(call: () => unknown): number {
  const block = (): number => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < BLOCK_MS) {
      for (let i = 0; i < 20; i++) call();
      calls += 20;
    }
    return ((performance.now() - start) * 1000) / calls;
  };
  block();
  const times = Array.from({ length: BLOCKS }, block).sort((a, b) => a - b);
  return times[(BLOCKS - 1) / 2] ?? Infinity;
}

/** GPT-3 as on the slides: 128 servers of 8 A800, 8 x 8 x 16 ways. */
const gpt3 = (): TrainingScenario => ({
  model: modelById('gpt3-175b'),
  cluster: clusterOf('hgx-a800', 1024),
  parallelism: {
    tensorParallel: 8,
    pipelineParallel: 8,
    virtualPipeline: 1,
    contextParallel: 1,
    expertParallel: 1,
    expertTensorParallel: 1,
    sequenceParallel: true,
    zeroStage: 1,
  },
  microBatch: 1,
  globalBatch: 1536,
  precision: 'bf16',
  recompute: 'none',
  schedule: '1f1b',
  framework: 'megatron-core',
  fusedAttention: true,
});

export interface CallTiming {
  readonly call: string;
  readonly microseconds: number;
}

export function callTimings(): readonly CallTiming[] {
  const scenario = gpt3();
  const { model, cluster } = scenario;
  const servers = placeGroup(16, 8, cluster);
  const calls: readonly (readonly [string, () => unknown])[] = [
    ['trainingStep, GPT-3 on 1,024 A800', () => trainingStep(scenario)],
    ['memoryPerGpu, the same', () => memoryPerGpu(scenario)],
    [
      'collectiveTime, all-reduce of 1 GB over 16 servers',
      () => collectiveTime('all-reduce', 1e9, servers, cluster),
    ],
    ['gemmSeconds, 2,048 x 12,288 x 12,288', () => gemmSeconds(2048, 12_288, 12_288, 'bf16', cluster.gpu)],
    ['countParameters, GPT-3', () => countParameters(model)],
    ['modelFlops, GPT-3', () => modelFlops(model, { tokens: 3e11 })],
    ['layersByStage, 96 layers on 8 stages', () => layersByStage(model, 8, 1, 'megatron-core')],
  ];
  return calls.map(([call, run]) => ({ call, microseconds: microseconds(run) }));
}
