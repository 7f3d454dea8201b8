import { describe, expect, test } from 'vitest';
import { collectiveSeconds, type CollectiveOp, type FrameworkRules, type ZeroStage } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { stepCosts } from '../../../../src/estimator/step/costs.ts';
import {
  dataParallelSeconds,
  replicaTraffic,
  type Replicas,
} from '../../../../src/estimator/step/data-parallel.ts';
import { exposed } from '../../../../src/estimator/step/overlap.ts';
import { MIXTRAL } from '../shapes.ts';
import { scopeWith, small } from './made.ts';

const rules: Partial<FrameworkRules> = {
  gradientOverlap: 'never',
  gradientBytes: 2,
  messagesPerLayer: 0,
  plainBucket: null,
  gatherWaits: false,
};
const costsOf = (over: Partial<FrameworkRules> = {}, scenario = small({ dp: 8 })) =>
  stepCosts(scopeWith({ ...rules, ...over }, scenario));

const replicas = (zeroStage: ZeroStage, over: Partial<Replicas> = {}): Replicas => ({
  zeroStage,
  stages: 1,
  chunks: 1,
  microBatches: 4,
  layers: 8,
  forward: 0,
  backward: 0,
  ...over,
});
const waited = (costs: ReturnType<typeof costsOf>, of: Replicas): number =>
  dataParallelSeconds(costs, of, replicaTraffic(costs, of));

/** A collective of the eight replicas in one server, of so many bytes for each parameter. */
const one = ({ scope }: ReturnType<typeof costsOf>, op: CollectiveOp, bytes: number) =>
  collectiveSeconds(op, bytes, 8, 8, scope.machine.wires);

describe('gradients and weights of replicas', () => {
  const costs = costsOf();
  const parameters = 8 * costs.layerParameters + costs.tableParameters;

  test('take nothing when there is one replica', () => {
    const alone = costsOf({}, small());
    for (const zeroStage of [0, 1, 2, 3] as const) expect(waited(alone, replicas(zeroStage))).toBe(0);
  });

  test('are sent after each micro-batch where ranks keep shards of them, but in pipelines', () => {
    const gather = one(costs, 'all-gather', 2 * parameters);
    const scatter = one(costs, 'reduce-scatter', 2 * parameters);
    const many = { microBatches: 6 };
    expect(waited(costs, replicas(2, many))).toBeCloseTo(6 * scatter + gather, 13);
    const resharding = costsOf({ reshards: true });
    expect(waited(resharding, replicas(2, many))).toBeCloseTo(6 * (scatter + gather), 13);
    expect(waited(resharding, replicas(1, many))).toBeCloseTo(scatter + gather, 13);
    const overlapping = costsOf({ reshards: true, gradientOverlap: 'always' });
    const times = { ...many, forward: gather / 4, backward: scatter / 2 };
    expect(waited(overlapping, replicas(2, times))).toBeCloseTo(
      6 * (exposed(scatter, scatter / 2) + exposed(gather, gather / 4)),
      13,
    );
    const stages = costsOf({}, small({ dp: 8, parallelism: { pipelineParallel: 2 } }));
    const piped = { ...many, stages: 2, layers: 4 };
    expect(waited(stages, replicas(2, piped))).toBe(waited(stages, replicas(1, piped)));
  });

  test('are summed once a step, however many micro-batches there are', () => {
    expect(waited(costs, replicas(0))).toBeCloseTo(one(costs, 'all-reduce', 2 * parameters), 14);
    expect(waited(costs, replicas(0, { microBatches: 64 }))).toBe(waited(costs, replicas(0)));
  });

  test('travel in FP32 where the family sums in FP32', () => {
    const wide = costsOf({ gradientBytes: 4 });
    expect(waited(wide, replicas(0))).toBeCloseTo(one(wide, 'all-reduce', 4 * parameters), 14);
  });

  test('are scattered with ZeRO 1 and 2 where the family does; weights come back', () => {
    const gather = one(costs, 'all-gather', 2 * parameters);
    const scatter = one(costs, 'reduce-scatter', 2 * parameters);
    const reduce = one(costs, 'all-reduce', 2 * parameters);
    for (const stage of [1, 2] as const)
      expect(waited(costs, replicas(stage, { microBatches: 1 }))).toBeCloseTo(scatter + gather, 14);
    const summed = costsOf({ scattersGradients: false });
    for (const stage of [1, 2] as const)
      expect(waited(summed, replicas(stage, { microBatches: 1 }))).toBeCloseTo(reduce + gather, 14);
    expect(waited(costs, replicas(0))).toBeCloseTo(reduce, 14);
  });

  test('in many messages pay for each', () => {
    const cut = costsOf({ messagesPerLayer: 7 });
    expect(waited(cut, replicas(0))).toBeCloseTo(56 * one(cut, 'all-reduce', (2 * parameters) / 56), 14);
    expect(waited(cut, replicas(0))).toBeGreaterThan(waited(costs, replicas(0)));
  });

  test('travel in buckets of a size where plain data parallelism fills them, and only there', () => {
    const bucket = (2 * parameters) / 3.5;
    const cut = costsOf({ messagesPerLayer: 7, plainBucket: bucket });
    expect(waited(cut, replicas(0))).toBeCloseTo(4 * one(cut, 'all-reduce', (2 * parameters) / 4), 14);
    const byLayer = costsOf({ messagesPerLayer: 7 });
    for (const stage of [1, 2] as const)
      expect(waited(cut, replicas(stage))).toBe(waited(byLayer, replicas(stage)));
    const roomy = costsOf({ messagesPerLayer: 7, plainBucket: 3 * parameters });
    expect(waited(roomy, replicas(0))).toBe(waited(costs, replicas(0)));
  });

  test('travel in buckets of 40 million parameters in Megatron Core, of a million for each replica beyond forty', () => {
    const grown = costsOf({ grownBuckets: true });
    const { moe: _, ...dense } = MIXTRAL;
    const many = costsOf({ grownBuckets: true }, small({ model: { ...dense, sequence: 1024 }, dp: 128 }));
    const few = Math.ceil(parameters / 40e6);
    expect(few).toBeGreaterThan(1);
    expect(waited(grown, replicas(0))).toBeCloseTo(
      few * one(grown, 'all-reduce', (2 * parameters) / few),
      14,
    );
    const own = 32 * many.layerParameters + many.tableParameters + many.outputParameters;
    const messages = Math.ceil(own / 128e6);
    const { wires } = many.scope.machine;
    expect(replicaTraffic(many, replicas(0, { layers: 32 })).gradients).toBeCloseTo(
      messages * collectiveSeconds('all-reduce', (2 * own) / messages, 128, 8, wires),
      12,
    );
  });

  test('hide under one backward and one forward pass of the stage', () => {
    const overlapping = costsOf({ gradientOverlap: 'always' });
    const gather = one(costs, 'all-gather', 2 * parameters);
    const scatter = one(costs, 'reduce-scatter', 2 * parameters);
    const times = { forward: gather / 4, backward: scatter / 2 };
    expect(waited(overlapping, replicas(1, times))).toBeCloseTo(
      exposed(scatter, times.backward) + exposed(gather, times.forward),
      14,
    );
    // Without overlap passes hide nothing.
    expect(waited(costs, replicas(1, times))).toBeCloseTo(scatter + gather, 14);
  });

  test('hide in plain data parallelism only, where a family’s ZeRO-1 does not overlap', () => {
    const plain = costsOf({ gradientOverlap: 'unsharded' });
    const reduce = one(plain, 'all-reduce', 2 * parameters);
    const scatter = one(plain, 'reduce-scatter', 2 * parameters);
    const gather = one(plain, 'all-gather', 2 * parameters);
    const times = { forward: 1, backward: reduce / 2 };
    expect(waited(plain, replicas(0, times))).toBeCloseTo(exposed(reduce, reduce / 2), 14);
    expect(waited(plain, replicas(1, times))).toBeCloseTo(scatter + gather, 14);
  });

  test('hide under the chunks that still run when pipelines interleave: p (v - 1)/v passes, or m', () => {
    const overlapping = costsOf(
      { gradientOverlap: 'always' },
      small({ dp: 8, parallelism: { pipelineParallel: 2 } }),
    );
    const stage = (over: Partial<Replicas>) =>
      waited(overlapping, replicas(0, { stages: 2, layers: 4, ...over }));
    const all = stage({});
    const backward = all / 20;
    expect(stage({ backward })).toBeCloseTo(exposed(all, backward), 14);
    expect(stage({ backward, chunks: 4 })).toBeCloseTo(exposed(all, (2 * 3 * backward) / 4), 14);
    expect(stage({ backward, chunks: 4, microBatches: 1 })).toBeCloseTo(exposed(all, (3 * backward) / 4), 14);
  });

  test('of experts are shared by the ranks that hold the same ones', () => {
    const model = { ...MIXTRAL, sequence: 1024 };
    const moe = costsOf({}, small({ model, dp: 8, parallelism: { expertParallel: 4 } }));
    const own = 32 * moe.layerParameters + moe.tableParameters + moe.outputParameters;
    expect(moe.outputParameters).toBe(MIXTRAL.vocab * MIXTRAL.hidden);
    const experts = 32 * moe.expertParameters;
    const { wires } = moe.scope.machine;
    const traffic = replicaTraffic(moe, replicas(1, { layers: 32 }));
    const pair = collectiveSeconds('reduce-scatter', 2 * experts, 2, 2, wires);
    expect(traffic.gradients).toBeCloseTo(one(moe, 'reduce-scatter', 2 * own) + pair, 12);
    expect(traffic.optimizer).toBeCloseTo(
      ((own / 8 + experts / 2) * STEP.adamBytes) / moe.scope.machine.streaming,
      12,
    );
  });

  test('of stages are those of a stage', () => {
    const two = costsOf({}, small({ dp: 4, parallelism: { pipelineParallel: 2, tensorParallel: 2 } }));
    const own = 4 * two.layerParameters + two.tableParameters;
    const near = collectiveSeconds('all-reduce', 2 * own, 4, 4, two.scope.machine.wires);
    expect(replicaTraffic(two, { zeroStage: 0, stages: 2, layers: 4 }).gradients).toBeCloseTo(near, 14);
  });
});

describe('ZeRO-3', () => {
  const costs = costsOf();
  const layer = 2 * costs.layerParameters;
  const gather = one(costs, 'all-gather', layer);
  const scatter = one(costs, 'reduce-scatter', layer);
  const table = 2 * costs.tableParameters;
  // Each layer by itself and the tables together: a pass of the whole model.
  const gathered = 8 * gather + one(costs, 'all-gather', table);
  const scattered = 8 * scatter + one(costs, 'reduce-scatter', table);

  test('gathers each layer and the tables twice and scatters them once a micro-batch: 1.5 times an all-reduce', () => {
    expect(waited(costs, replicas(3))).toBeCloseTo(4 * (2 * gathered + scattered), 12);
    const { volume } = replicaTraffic(costs, replicas(3));
    // Rajbhandari 2020, section 7.2.2: 3 instead of 2 times the parameters cross the wires.
    expect(volume / (2 * (8 * layer + table))).toBe(1.5);
  });

  test('hides gathers under either pass and scatters under the backward one', () => {
    const [forward, backward] = [2 * gather, 4 * gather];
    expect(waited(costs, replicas(3, { forward, backward }))).toBeCloseTo(
      4 * (exposed(gathered, forward) + exposed(gathered + scattered, backward)),
      12,
    );
  });

  test('keeps weights for the step in a pipeline', () => {
    const piped = costsOf({}, small({ dp: 4, parallelism: { pipelineParallel: 2 } }));
    const traffic = replicaTraffic(piped, { zeroStage: 3, stages: 2, layers: 4 });
    expect(waited(piped, replicas(3, { stages: 2, layers: 4 }))).toBe(traffic.weights + traffic.gradients);
    const collective = (op: CollectiveOp, count: number) =>
      collectiveSeconds(op, 2 * count, 4, 4, piped.scope.machine.wires);
    expect(traffic.weights).toBeCloseTo(
      4 * collective('all-gather', piped.layerParameters) + collective('all-gather', piped.tableParameters),
      14,
    );
  });

  test('waits for every byte over one NIC where a framework fetches weight by weight', () => {
    const waiting = costsOf({ gatherWaits: true });
    const bytes = 3 * (8 * layer + table);
    expect(waited(waiting, replicas(3, { forward: 1, backward: 1 }))).toBeCloseTo(
      (4 * bytes) / waiting.scope.machine.wires.network.bandwidth,
      12,
    );
    expect(waited(costsOf({ gatherWaits: true }, small()), replicas(3))).toBe(0);
  });
});

describe('Adam', () => {
  const seconds = (zeroStage: ZeroStage) => replicaTraffic(costsOf(), replicas(zeroStage)).optimizer;

  test('streams so many bytes for each parameter of the stage', () => {
    const costs = costsOf();
    const own = 8 * costs.layerParameters + costs.tableParameters;
    expect(seconds(0)).toBeCloseTo((own * STEP.adamBytes) / costs.scope.machine.streaming, 14);
  });

  test('is shared between replicas from ZeRO-1 on', () => {
    for (const zeroStage of [1, 2, 3] as const) expect(seconds(zeroStage)).toBeCloseTo(seconds(0) / 8, 14);
  });
});
