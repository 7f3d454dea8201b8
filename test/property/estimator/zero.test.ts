import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  busFactor,
  checkScenario,
  equations,
  evaluate,
  lineRateSeconds,
  modelStateBytes,
  shardedWay,
  splitWay,
  trainingStep,
  zeroSchedule,
  valueOrThrow,
  type Moment,
  type ShardOrSplitQuestion,
  type ZeroQuestion,
  type ZeroSchedule,
  type ZeroStage,
} from '#estimator';
import { training } from '../../unit/estimator/scenarios.ts';
import { near } from './arbitraries.ts';
import { GPUS } from './training-scenarios.ts';

const question = fc.record({
  zeroStage: fc.constantFrom<ZeroStage>(0, 1, 2, 3),
  ranks: fc.integer({ min: 1, max: 64 }),
  layers: fc.integer({ min: 1, max: 12 }),
  parameters: fc.integer({ min: 1, max: 1e10 }),
});

function scheduleOf(asked: ZeroQuestion): ZeroSchedule {
  return valueOrThrow(zeroSchedule(asked));
}

const holds = (law: (asked: ZeroQuestion, schedule: ZeroSchedule) => void): void => {
  fc.assert(
    fc.property(question, (asked) => law(asked, scheduleOf(asked))),
    { numRuns: 400 },
  );
};

/** Ψ crosses twice, in ZeRO-3 three times: Rajbhandari 2020, section 7. */
const CROSSINGS = { 0: 2, 1: 2, 2: 2, 3: 3 } as const;

test('a step sends 2Ψ in plain data parallelism and ZeRO 1 and 2, 3Ψ in ZeRO-3, less what a rank has itself', () => {
  holds(({ zeroStage, ranks, layers, parameters }, { sent }) => {
    const psi = layers * parameters;
    const expected = (CROSSINGS[zeroStage] * 2 * psi * (ranks - 1)) / ranks;
    expect(near(sent, expected)).toBe(true);
    const values = { crossings: CROSSINGS[zeroStage], bytesOnWire: 2, storedParameters: psi, ranks };
    expect(near(evaluate(equations.zeroTraffic, values), sent)).toBe(true);
  });
});

test('what is sent is what the collective of that size sends over each wire', () => {
  holds(({ ranks }, { moments }) => {
    let soFar = 0;
    for (const { sending, sentSoFar } of moments) {
      if (sending) {
        const { op, bytes, sent } = sending;
        expect(sent).toBe(busFactor(op, ranks) * bytes);
        expect(near(lineRateSeconds(op, bytes, ranks, 7e9) * 7e9, sent)).toBe(true);
        soFar += sent;
      }
      expect(near(sentSoFar, soFar)).toBe(true);
    }
  });
});

const BYTES = { weights: 2, gradients: 2, optimizer: 12 } as const;

test('memory at every moment is the sum of its parts, and of what is held of each layer', () => {
  holds(({ ranks, layers, parameters }, { moments, peak }) => {
    for (const { bytes, held } of moments) {
      expect(near(bytes.weights + bytes.gradients + bytes.optimizer, bytes.total)).toBe(true);
      expect(held).toHaveLength(layers);
      for (const kind of ['weights', 'gradients', 'optimizer'] as const) {
        const shards = held.reduce((sum, layer) => {
          const extent = layer[kind];
          return sum + (extent === 'none' ? 0 : extent === 'shard' ? 1 : ranks);
        }, 0);
        expect(near(bytes[kind], (BYTES[kind] * parameters * shards) / ranks)).toBe(true);
      }
      expect(bytes.total).toBeLessThanOrEqual(peak);
    }
    expect(moments.some(({ bytes }) => bytes.total === peak)).toBe(true);
  });
});

test('the step ends as it began, and at rest all ranks together hold the whole state at least once', () => {
  holds(({ zeroStage, ranks, layers, parameters }, { moments }) => {
    const [start, end] = [moments[0]!, moments.at(-1)!];
    expect([start.kind, end.kind]).toEqual(['start', 'end']);
    expect(end.held).toEqual(start.held);
    expect(end.bytes).toEqual(start.bytes);
    const whole = modelStateBytes(layers * parameters, 'mixed-16');
    const shared = (bytes: number, from: ZeroStage): number => (zeroStage >= from ? bytes / ranks : bytes);
    const expected = shared(whole.weights, 3) + shared(whole.optimizer, 1);
    expect(near(start.bytes.total, expected)).toBe(true);
  });
});

test('every pass of a layer finds its weights whole, and the update finds the sum of what it updates', () => {
  holds((_, { moments }) => {
    for (const { kind, layer, held } of moments) {
      if (kind === 'forward' || kind === 'backward') expect(held[layer!]!.weights).toBe('whole');
      if (kind === 'backward') expect(held[layer!]!.gradients).toBe('local');
      if (kind !== 'update') continue;
      for (const { gradients, optimizer } of held)
        expect(optimizer === 'whole' ? ['summed'] : ['part-summed', 'shard']).toContain(gradients);
    }
  });
});

test('a higher stage never holds more at its peak, and on one rank all are the same', () => {
  holds((asked) => {
    const peaks = ([0, 1, 2, 3] as const).map((zeroStage) => scheduleOf({ ...asked, zeroStage }).peak);
    peaks.slice(1).forEach((peak, i) => expect(peak).toBeLessThanOrEqual(peaks[i]! * (1 + 1e-12)));
    if (asked.ranks > 1) return;
    expect(scheduleOf(asked).sent).toBe(0);
    expect(near(peaks[0]!, peaks[1]!)).toBe(true);
  });
});

const linked = GPUS.filter(({ peak, memory }) => peak.fp16 !== undefined && memory > 30e9);
const duel: fc.Arbitrary<ShardOrSplitQuestion> = fc
  .record({
    gpu: fc.constantFrom(...linked),
    layers: fc.integer({ min: 1, max: 96 }),
    width: fc.integer({ min: 4, max: 96 }),
    globalBatch: fc.integer({ min: 1, max: 4096 }),
    software: fc.constantFrom('2021' as const, 'now' as const),
  })
  .map(({ gpu, layers, width, globalBatch, software }) => {
    const { model, cluster } = training();
    const { gpus: _, ...machine } = cluster;
    const nvlinkDomain = gpu.nvlinkBandwidth > 0 ? 8 : 1;
    return {
      model: { ...model, layers, hidden: 128 * width, heads: width, kvHeads: width, ffn: 512 * width },
      cluster: { ...machine, gpu, nvlinkDomain },
      globalBatch,
      precision: 'fp16',
      software,
    };
  });

test('a way to run is a legal scenario with the seconds, MFU and memory that trainingStep gives it', () => {
  fc.assert(
    fc.property(duel, fc.integer({ min: 1, max: 30_000 }), fc.nat(12), (asked, gpus, power) => {
      // One question for several numbers of GPUs: what they share must not depend on the number.
      for (const count of [8 * 2 ** power, gpus])
        for (const way of [shardedWay(asked, count), splitWay(asked, count)]) {
          if (!way) continue;
          expect(checkScenario(way.scenario)).toEqual([]);
          const step = trainingStep(way.scenario);
          if (!step.ok) throw new Error('It is legal.');
          expect(near(step.value.seconds, way.seconds)).toBe(true);
          expect(near(step.value.mfu, way.mfu)).toBe(true);
          expect(step.value.memory.total).toBe(way.memory);
          expect(step.value.issues.length === 0).toBe(way.fits);
          expect(way.scenario.cluster.gpus).toBeLessThanOrEqual(count);
        }
    }),
    { numRuns: 300 },
  );
});

test('what is sharded over more GPUs never needs more memory for the same micro-batch', () => {
  fc.assert(
    fc.property(duel, fc.integer({ min: 0, max: 8 }), (asked, power) => {
      const [few, many] = [shardedWay(asked, 8 * 2 ** power), shardedWay(asked, 16 * 2 ** power)];
      if (!few || !many || few.scenario.microBatch !== many.scenario.microBatch) return;
      if (few.scenario.recompute !== many.scenario.recompute) return;
      expect(many.memory).toBeLessThanOrEqual(few.memory * (1 + 1e-12));
    }),
    { numRuns: 200 },
  );
});

test('moments come in the order of a step', () => {
  holds(({ layers }, { moments }) => {
    const order = moments.map(({ kind, layer }: Moment) => (layer === null ? kind : `${kind} ${layer}`));
    const up = Array.from({ length: layers }, (_, i) => i);
    const expected = [
      'start',
      ...up.map((i) => `forward ${i}`),
      ...[...up].reverse().flatMap((i) => [`backward ${i}`, `reduce ${i}`]),
      ...['update', 'gather', 'end'],
    ];
    expect(order).toEqual(expected);
  });
});
