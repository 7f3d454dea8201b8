import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layersOnlyMemory, memoryPerGpu, type MemoryParts, type TrainingScenario } from '#estimator';
import { memoryRates, shardGroupsOf } from '../../../src/estimator/memory/memory-rates.ts';
import { stageBytes } from '../../../src/estimator/memory/stage-bytes.ts';
import { stageLoads } from '../../../src/estimator/memory/stage-loads.ts';
import { training } from '../../unit/estimator/scenarios.ts';
import { model } from './arbitraries.ts';

const power = (most: number) => fc.integer({ min: 0, max: most }).map((exponent) => 2 ** exponent);

const scenario: fc.Arbitrary<TrainingScenario> = fc
  .record({
    model,
    dp: power(6),
    passes: fc.integer({ min: 1, max: 64 }),
    microBatch: fc.integer({ min: 1, max: 8 }),
    precision: fc.constantFrom('fp32', 'fp16', 'bf16', 'fp8', 'mxfp8', 'nvfp4'),
    recompute: fc.constantFrom('none', 'selective', 'full'),
    schedule: fc.constantFrom('gpipe', '1f1b', 'interleaved', 'zb-h1', 'zb-h2', 'zb-v', 'dualpipe'),
    framework: fc.constantFrom(
      'megatron-2021',
      'megatron-2022',
      'megatron-core',
      'fsdp',
      'deepspeed',
      'nanotron',
    ),
    fusedAttention: fc.boolean(),
    parallelism: fc.record({
      tensorParallel: power(4),
      pipelineParallel: power(4),
      virtualPipeline: power(2),
      contextParallel: power(3),
      expertParallel: power(3),
      expertTensorParallel: power(2),
      sequenceParallel: fc.boolean(),
      zeroStage: fc.constantFrom(0, 1, 2, 3),
    }),
  })
  // DualPipe sends micro-batches in from both ends, so there are at least two.
  .map(({ passes, ...over }) => ({ ...over, passes: over.schedule === 'dualpipe' ? passes + 1 : passes }))
  .map((over) => training(over as Parameters<typeof training>[0]));

const state = ({ weights, gradients, optimizer }: MemoryParts): number => weights + gradients + optimizer;

const states = (of: TrainingScenario): readonly number[] =>
  memoryPerGpu(of).stages.map(({ parts }) => state(parts));

/** With another split, on as many data-parallel ranks. */
function splitAs(of: TrainingScenario, split: Partial<TrainingScenario['parallelism']>): TrainingScenario {
  const parallelism = { ...of.parallelism, ...split };
  const grown = parallelism.tensorParallel / of.parallelism.tensorParallel;
  return { ...of, parallelism, cluster: { ...of.cluster, gpus: of.cluster.gpus * grown } };
}

/** Sums of doubles in another order differ in the last bits. */
const same = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.abs(b));
const noMore = (a: number, b: number): void => expect(a).toBeLessThanOrEqual(b * (1 + 1e-12));

const holds = (law: (of: TrainingScenario) => void): void => {
  fc.assert(fc.property(scenario, law), { numRuns: 3000 });
};

test('parts are finite, none is negative, and they sum to allocated, reserved and total', () => {
  holds((of) => {
    for (const { parts, allocated, reserved, total } of memoryPerGpu(of).stages) {
      const values = Object.values<number>({ ...parts });
      for (const value of values) expect(value >= 0 && Number.isFinite(value)).toBe(true);
      same(
        values.reduce((sum, value) => sum + value, 0),
        total,
      );
      same(reserved + parts.framework, total);
      same(allocated + parts.fragmentation, reserved);
    }
  });
});

test('the planner’s number is the reserved memory of the breakdown', () => {
  holds((of) => {
    const rates = memoryRates(of);
    const bytes = stageLoads(of).map((load) => stageBytes(rates, load, shardGroupsOf(of)));
    const { stages } = memoryPerGpu(of);
    bytes.forEach((value, stage) => {
      noMore(value, stages[stage]!.reserved);
      noMore(stages[stage]!.reserved, value);
    });
  });
});

test('more tensor parallelism never means more state', () => {
  holds((of) => {
    const more = states(splitAs(of, { tensorParallel: 2 * of.parallelism.tensorParallel }));
    states(of).forEach((bytes, stage) => noMore(more[stage]!, bytes));
  });
});

test('a higher ZeRO stage never means more state', () => {
  holds((of) => {
    const [zero, one, two, three] = ([0, 1, 2, 3] as const).map((zeroStage) =>
      states(splitAs(of, { zeroStage })),
    );
    zero!.forEach((bytes, stage) => {
      noMore(one![stage]!, bytes);
      noMore(two![stage]!, one![stage]!);
      noMore(three![stage]!, two![stage]!);
    });
  });
});

test('full recomputation needs no more than selective, which needs no more than none', () => {
  holds((of) => {
    const [none, selective, full] = (['none', 'selective', 'full'] as const).map((recompute) =>
      memoryPerGpu({ ...of, recompute }),
    );
    none!.stages.forEach(({ total }, stage) => {
      noMore(selective!.stages[stage]!.total, total);
      noMore(full!.stages[stage]!.total, selective!.stages[stage]!.total);
    });
  });
});

test('recomputing more layers never needs more', () => {
  holds((of) => {
    const at = (recomputeLayers: number) => memoryPerGpu({ ...of, recompute: 'full', recomputeLayers }).total;
    noMore(at(2), at(1));
  });
});

test('a larger micro-batch never needs less, and sequence parallelism never more', () => {
  holds((of) => {
    noMore(
      memoryPerGpu(of).total,
      memoryPerGpu({
        ...of,
        microBatch: of.microBatch + 1,
        globalBatch: (of.globalBatch / of.microBatch) * (of.microBatch + 1),
      }).total,
    );
    const plain = splitAs(of, { sequenceParallel: false, expertTensorParallel: 1 });
    noMore(memoryPerGpu(splitAs(plain, { sequenceParallel: true })).total, memoryPerGpu(plain).total);
  });
});

test('the layers alone never need more than their stage', () => {
  holds((of) => {
    const { state: layers, activations } = layersOnlyMemory(of);
    const [first] = memoryPerGpu(of).stages;
    noMore(layers, state(first!.parts));
    noMore(activations, first!.parts.activations);
  });
});
