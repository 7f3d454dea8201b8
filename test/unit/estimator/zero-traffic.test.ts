import { describe, expect, test } from 'vitest';
import {
  countParameters,
  meanLayerParameters,
  replicaBytes,
  replicaMessages,
  shardedCrossings,
  type FrameworkFamily,
  type ZeroStage,
} from '#estimator';
import { groupSeconds } from '../../../src/estimator/network/collective.ts';
import { placeGroup } from '../../../src/estimator/network/placement.ts';
import { endParameters, stepCosts } from '../../../src/estimator/step/costs.ts';
import { replicaTraffic } from '../../../src/estimator/step/data-parallel.ts';
import { scopeOf } from '../../../src/estimator/step/scope.ts';
import { training } from './scenarios.ts';
import { GPT3, MIXTRAL } from './shapes.ts';

const ZERO: readonly ZeroStage[] = [0, 1, 2, 3];
const one = { tensorParallel: 8, pipelineParallel: 8, virtualPipeline: 12 };
const split = (zeroStage: ZeroStage, framework: FrameworkFamily = 'megatron-core') =>
  training({ model: GPT3, framework, dp: 16, passes: 128, parallelism: { ...one, zeroStage } });

const layer = (12 * 12_288 ** 2 + 13 * 12_288) / 8;
const table = (51_200 * 12_288) / 8;
/** Every tensor-parallel rank has all of them. */
const positions = 2048 * 12_288;

test('the mean layer of GPT-3 is 12h² and its small change', () => {
  const finalNorm = 2 * 12_288;
  expect(96 * meanLayerParameters(GPT3)).toBe(96 * 8 * layer + finalNorm);
});

describe('what a GPU sends its replicas in a step', () => {
  test('is 2(d-1)/d of the gradients without sharding, and as much with the optimizer or gradients shared out', () => {
    const sent = ZERO.map((zero) => replicaBytes(split(zero)));
    const expected = ((2 * 15) / 16) * 2 * (12 * layer + table + positions);
    expect(Math.abs(sent[0]!.total / expected - 1)).toBeLessThan(1e-3);
    expect(sent[0]!.weights).toBe(0);
    for (const zero of [1, 2] as const) {
      expect(sent[zero]!.total).toBeCloseTo(sent[0]!.total, 3);
      expect(sent[zero]!.gradients).toBeCloseTo(sent[0]!.total / 2, 3);
      expect(sent[zero]!.weights).toBeCloseTo(sent[0]!.total / 2, 3);
    }
    expect(sent[3]!.gradients + sent[3]!.weights).toBe(sent[3]!.total);
  });

  test('crosses the wires three times in 16 bits, and four times where FSDP sums in FP32', () => {
    for (const [framework, precision, passes, weight, times] of [
      ['deepspeed', 'fp16', 1, 2, 3],
      ['fsdp', 'bf16', 1, 2, 4],
      ['fsdp', 'fp32', 5, 4, 15],
      ['deepspeed', 'fp16', 6, 2, 18],
    ] as const) {
      expect(shardedCrossings({ framework, precision }, passes)).toEqual({ weight, times });
      const sharded = { framework, precision, dp: 16, passes, parallelism: { zeroStage: 3 } } as const;
      const whole = countParameters(GPT3).total;
      const sent = (times * weight * whole * 15) / 16;
      expect(Math.abs(replicaBytes(training(sharded)).total / sent - 1)).toBeLessThan(1e-3);
    }
  });

  test('is half as much again with ZeRO-3 where each pass gathers, once for every micro-batch', () => {
    const alone = { tensorParallel: 8, pipelineParallel: 1, virtualPipeline: 1 };
    const at = (zeroStage: ZeroStage, passes: number) =>
      replicaBytes(
        training({
          framework: 'megatron-core',
          dp: 16,
          passes,
          parallelism: { ...alone, zeroStage },
        }),
      );
    const whole = at(3, 1);
    expect(whole.weights).toBeCloseTo(2 * whole.gradients, 3);
    expect(at(3, 4).total).toBeCloseTo(4 * whole.total, 2);
    expect(whole.total).toBeCloseTo(1.5 * at(2, 1).total, 2);
  });

  test('of ZeRO-3 in a pipeline is one gather and one scatter of what a stage has', () => {
    const { gradients, weights } = replicaBytes(split(3));
    expect(weights).toBe(gradients);
    expect(weights / ((15 / 16) * 2 * (12 * layer + table + positions))).toBeCloseTo(1, 3);
  });

  test('is that of the stage with the most layers', () => {
    const uneven = (layers: number) =>
      replicaBytes(
        training({
          model: { ...GPT3, layers },
          framework: 'megatron-core',
          dp: 2,
          parallelism: { pipelineParallel: 4, zeroStage: 3 },
        }),
      ).total;
    // 13 layers on four stages are 4, 3, 3 and 3.
    expect(uneven(13) / uneven(16)).toBeCloseTo(1, 5);
  });

  test('counts experts among the ranks that hold the same ones, tensor parallelism inside them too', () => {
    const experts = (expertTensorParallel: number) =>
      replicaMessages(
        training({
          model: MIXTRAL,
          framework: 'megatron-core',
          dp: 8,
          parallelism: { tensorParallel: 4, expertParallel: 4, expertTensorParallel, zeroStage: 1 },
        }),
      ).map(({ ranks }) => ranks);
    expect(experts(1)).toEqual([8, 8, 8, 8]);
    expect(experts(2)).toEqual([8, 8, 4, 4]);
  });

  test('of DeepSpeed’s ZeRO-3 is gathered for every micro-batch in a pipeline too, in 16 bits', () => {
    const { gradients, weights } = replicaBytes(split(3, 'deepspeed'));
    expect(weights).toBeCloseTo(2 * gradients, 2);
    expect(gradients).toBeGreaterThan(100 * replicaBytes(split(3)).gradients);
  });

  test('sums gradients for everybody under ZeRO-1 where buckets do not overlap', () => {
    const ops = (framework: FrameworkFamily) => replicaMessages(split(1, framework)).map(({ op }) => op);
    expect(ops('megatron-core')).toEqual(['reduce-scatter', 'all-gather', 'reduce-scatter', 'all-gather']);
    expect(ops('deepspeed')).toEqual(['all-reduce', 'all-gather', 'all-reduce', 'all-gather']);
  });

  test('is nothing without replicas', () => {
    for (const zeroStage of ZERO)
      expect(replicaBytes(training({ parallelism: { tensorParallel: 8, zeroStage } }))).toEqual({
        gradients: 0,
        weights: 0,
        total: 0,
      });
  });
});

describe('the messages take the seconds that the step’s model gives them', () => {
  const cases = ZERO.flatMap((zeroStage) =>
    (['megatron-core', 'megatron-2021', 'fsdp'] as const).flatMap((framework) =>
      [GPT3, MIXTRAL].map((model) => ({ zeroStage, framework, model })),
    ),
  );
  test.each(cases)('ZeRO $zeroStage, $framework, $model.layers layers', ({ zeroStage, framework, model }) => {
    const scenario = training({
      model,
      framework,
      dp: 8,
      passes: 4,
      parallelism: {
        tensorParallel: 4,
        pipelineParallel: 1,
        expertParallel: model.moe ? 4 : 1,
        zeroStage,
      },
    });
    const scope = scopeOf(scenario);
    const costs = stepCosts({ ...scope, rules: { ...scope.rules, grownBuckets: false } });
    const traffic = replicaTraffic(costs, { zeroStage, stages: 1, layers: model.layers });
    const { cluster } = scenario;
    const { wires } = costs.scope.machine;
    const { layers } = model;
    // The step's model cuts gradients into one message a layer; ZeRO-3's are a layer's anyway, and the tables apart.
    const ends = zeroStage === 3 ? endParameters(costs, 1) : 0;
    const times = (carries: 'gradients' | 'weights') =>
      replicaMessages(scenario)
        .filter((message) => message.carries === carries && message.ranks > 1 && message.times > 0)
        .reduce((sum, { op, bytes, ranks }, index) => {
          const group = placeGroup(ranks, cluster.gpus / ranks, cluster);
          const width = carries === 'weights' || framework !== 'fsdp' ? 2 : 4;
          const apart = index === 0 ? width * ends : 0;
          const tables = apart > 0 ? groupSeconds(op, apart, group, wires) : 0;
          return sum + layers * groupSeconds(op, (bytes - apart) / layers, group, wires) + tables;
        }, 0);
    expect(times('gradients')).toBeCloseTo(traffic.gradients, 9);
    expect(times('weights')).toBeCloseTo(traffic.weights, 9);
  });
});
