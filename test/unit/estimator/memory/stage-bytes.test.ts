import { describe, expect, test } from 'vitest';
import { FRAGMENTATION } from '../../../../src/estimator/memory/framework-overhead.ts';
import type { MemoryRates, ShardGroups } from '../../../../src/estimator/memory/memory-rates.ts';
import {
  activationBytes,
  backwardBytes,
  communicationBytes,
  endParameters,
  gatheredBytes,
  gradientBytes,
  layersKept,
  logitsBytes,
  optimizerBytes,
  passingBytes,
  stageBytes,
  stageExpertParameters,
  stageParameters,
  stateBytes,
  temporaryBytes,
  weightBytes,
  type StageLoad,
} from '../../../../src/estimator/memory/stage-bytes.ts';

/** Numbers of which no two sums are alike. */
const RATES: MemoryRates = {
  dense: { parameters: 1000, expertParameters: 0, kept: 70, keptInFull: 110, backward: 13 },
  moe: { parameters: 300, expertParameters: 5000, kept: 170, keptInFull: 190, backward: 23 },
  embedding: 400,
  output: 510,
  tied: 350,
  embeddingKept: 3,
  outputKept: 5,
  logits: 29,
  sent: 7,
  weights: 2,
  gradients: 4,
  optimizer: 12,
  reduceBuffer: 3,
  flattened: 6,
  buckets: 1e6,
  gathered: 2,
};
const MIDDLE: StageLoad = {
  denseLayers: 3,
  moeLayers: 2,
  copies: 1,
  first: false,
  last: false,
  inFlight: 4,
  pipelined: true,
  recomputed: 5,
};
const FIRST = { ...MIDDLE, first: true };
const LAST = { ...MIDDLE, last: true };
const BOTH = { ...MIDDLE, first: true, last: true };
const groups = (zeroStage: ShardGroups['zeroStage'], shards = 8, expertShards = 2): ShardGroups => ({
  zeroStage,
  shards,
  expertShards,
});
const STAGES = [0, 1, 2, 3] as const;

describe('parameters on a stage', () => {
  test('at the ends are the tables, a tied one once', () => {
    expect([MIDDLE, FIRST, LAST, BOTH].map((stage) => endParameters(RATES, stage))).toEqual([
      0,
      400,
      510,
      400 + 510 - 350,
    ]);
  });

  test('are those of its layers, for every copy, and of its ends', () => {
    expect(stageParameters(RATES, FIRST)).toBe(3000 + 600 + 400);
    expect(stageParameters(RATES, { ...FIRST, copies: 2 })).toBe(2 * 3600 + 400);
  });

  test('of experts are those of layers that have some', () => {
    expect(stageExpertParameters(RATES, FIRST)).toBe(2 * 5000);
    expect(stageExpertParameters(RATES, { ...FIRST, copies: 2 })).toBe(2 * 2 * 5000);
  });
});

describe('ZeRO (Rajbhandari 2020, section 3)', () => {
  const own = 800;
  const experts = 100;
  /** All of it, or an eighth of what all ranks have and half of the experts. */
  const whole = own + experts;
  const share = own / 8 + experts / 2;

  test('shares out the optimizer from stage 1 on, gradients from 2, weights from 3', () => {
    expect(STAGES.map((zero) => optimizerBytes(RATES, own, experts, groups(zero)) / 12)).toEqual([
      whole,
      share,
      share,
      share,
    ]);
    expect(STAGES.map((zero) => gradientBytes(RATES, own, experts, groups(zero)) / 4)).toEqual([
      whole,
      whole,
      share,
      share,
    ]);
    expect(STAGES.map((zero) => weightBytes(RATES, own, experts, groups(zero)) / 2)).toEqual([
      whole,
      whole,
      whole,
      share,
    ]);
  });

  const communication = (stage: StageLoad, zero: ShardGroups['zeroStage'], shards = 8) =>
    communicationBytes(RATES, stage, own, experts, groups(zero, shards));

  test('reduces in buffers where there is somebody to reduce with, and flattens a rank’s share of gradients', () => {
    expect(communication(MIDDLE, 0, 1)).toBe(6 * whole);
    expect(communication(MIDDLE, 0)).toBe(6 * whole + 3 * whole + 1e6);
    expect(communication(MIDDLE, 0, 2)).toBe(6 * whole + 3 * whole + 1e6);
    expect(communication(MIDDLE, 1)).toBe(6 * share + 3 * whole + 1e6);
    expect(communication(MIDDLE, 2)).toBe(6 * share + 3 * whole + 1e6);
    expect(communicationBytes(RATES, MIDDLE, own, experts, groups(3, 1, 1))).toBe(6 * whole);
  });

  test('gathers in stage 3 all of a pipelined stage, with its summed gradients', () => {
    expect(communication(FIRST, 3)).toBe(6 * share + 3 * whole + 1e6 + (2 + 4) * whole);
    const narrow = communicationBytes({ ...RATES, gradients: 2 }, FIRST, own, experts, groups(3));
    expect(narrow).toBe(6 * share + 3 * whole + 1e6 + (2 + 2) * whole);
  });

  test('gathers in stage 3 without a pipeline the largest layer with its gradients, the next one, and the ends', () => {
    const alone = { ...BOTH, pipelined: false };
    const buffers = 6 * share + 3 * whole + 1e6;
    expect(communication(alone, 3)).toBe(buffers + 4 * (5300 + 560) + 2 * 5300);
    expect(communication({ ...alone, moeLayers: 0 }, 3)).toBe(buffers + 4 * (1000 + 560) + 2 * 1000);
    expect(communication({ ...alone, denseLayers: 0 }, 3)).toBe(buffers + 4 * (5300 + 560) + 2 * 5300);
    expect(communication({ ...alone, denseLayers: 0, moeLayers: 0 }, 3)).toBe(buffers + 4 * 560);
    expect(gatheredBytes(RATES, 5)).toBe(2 * 2 * 5);
  });
});

describe('what layers keep', () => {
  const kept = (recomputed: number, over: Partial<StageLoad> = {}) =>
    layersKept(RATES, { ...MIDDLE, recomputed, ...over });

  test('is all where none is computed again, and what recomputation leaves where all are', () => {
    expect(kept(0)).toBe(3 * 110 + 2 * 190);
    expect(kept(5)).toBe(3 * 70 + 2 * 170);
    expect(kept(99)).toBe(kept(5));
  });

  test('lies between in proportion to the layers computed again', () => {
    expect(kept(2)).toBeCloseTo((2 * kept(5) + 3 * kept(0)) / 5, 9);
    expect(kept(1, { denseLayers: 2, moeLayers: 0 })).toBe(70 + 110);
    expect(kept(1, { denseLayers: 0, moeLayers: 2 })).toBe(170 + 190);
  });

  test('is nothing on a stage without layers', () => {
    expect(kept(0, { denseLayers: 0, moeLayers: 0 })).toBe(0);
  });

  test('is held for every micro-batch in flight, with the embedding’s and what was sent on; the logits’ once', () => {
    const layers = kept(5);
    expect(activationBytes(RATES, MIDDLE)).toBe(4 * (layers + 7));
    expect(activationBytes(RATES, FIRST)).toBe(4 * (layers + 3 + 7));
    expect(activationBytes(RATES, LAST)).toBe(4 * layers + 5);
    expect(activationBytes(RATES, BOTH)).toBe(4 * (layers + 3) + 5);
  });
});

describe('what lives for a moment', () => {
  test('in a backward pass is what the neediest layer there is needs', () => {
    expect(backwardBytes(RATES, MIDDLE)).toBe(23);
    expect(backwardBytes(RATES, { ...MIDDLE, moeLayers: 0 })).toBe(13);
    expect(backwardBytes(RATES, { ...MIDDLE, denseLayers: 0 })).toBe(23);
    const dense = { ...RATES, dense: { ...RATES.dense, backward: 31 } };
    expect(backwardBytes(dense, MIDDLE)).toBe(31);
    expect(backwardBytes(dense, { ...MIDDLE, denseLayers: 0 })).toBe(23);
    expect(backwardBytes(RATES, { ...MIDDLE, denseLayers: 0, moeLayers: 0 })).toBe(0);
  });

  test('is the larger of logits and that, never both', () => {
    const moments = (logits: number, stage: StageLoad) => {
      const rates = { ...RATES, logits };
      return [logitsBytes(rates, stage), temporaryBytes(rates, stage)];
    };
    expect(moments(29, LAST)).toEqual([29, 0]);
    expect(moments(24, LAST)).toEqual([24, 0]);
    expect(moments(23, LAST)).toEqual([0, 23]);
    expect(moments(22, LAST)).toEqual([0, 23]);
    expect(moments(29, FIRST)).toEqual([0, 23]);
  });
});

test('a stage’s memory is its states, with the buffers, and what passes, with what the allocator loses on that', () => {
  const shards = groups(1);
  const own = stageParameters(RATES, BOTH);
  const experts = stageExpertParameters(RATES, BOTH);
  expect(stateBytes(RATES, BOTH, shards)).toBe(
    2 * (own + experts) +
      4 * (own + experts) +
      12 * (own / 8 + experts / 2) +
      communicationBytes(RATES, BOTH, own, experts, shards),
  );
  expect(passingBytes(RATES, BOTH)).toBe((activationBytes(RATES, BOTH) + 29) * (1 + FRAGMENTATION));
  expect(passingBytes(RATES, FIRST)).toBe((activationBytes(RATES, FIRST) + 23) * (1 + FRAGMENTATION));
  expect(stageBytes(RATES, BOTH, shards)).toBe(stateBytes(RATES, BOTH, shards) + passingBytes(RATES, BOTH));
});
