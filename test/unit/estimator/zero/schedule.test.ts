import { expect, test } from 'vitest';
import { zeroSchedule, type Moment, type ZeroSchedule, type ZeroStage } from '#estimator';

/** Two layers of 12 parameters on three ranks: shards of 4 parameters. */
const small = { ranks: 3, layers: 2, parameters: 12 };

function scheduleOf(zeroStage: ZeroStage): ZeroSchedule {
  const outcome = zeroSchedule({ zeroStage, ...small });
  if (!outcome.ok) throw new Error('It is a sound question.');
  return outcome.value;
}

const totals = (schedule: ZeroSchedule): number[] => schedule.moments.map(({ bytes }) => bytes.total);
const sendings = (schedule: ZeroSchedule): (readonly [string, number] | null)[] =>
  schedule.moments.map(({ sending }) => (sending ? [sending.op, sending.sent] : null));
const gradients = (schedule: ZeroSchedule): string[][] =>
  schedule.moments.map(({ held }: Moment) => held.map((layer) => layer.gradients));

test('plain data parallelism holds everything, and sums a layer’s gradients twice around the ring', () => {
  const schedule = scheduleOf(0);
  // 2 + 12 bytes of 24 parameters; each backward pass adds 2 bytes of 12.
  expect(totals(schedule)).toEqual([336, 336, 336, 360, 360, 384, 384, 384, 384, 336]);
  const sum = ['all-reduce', 2 * (2 / 3) * 24] as const;
  expect(sendings(schedule)).toEqual([null, null, null, null, sum, null, sum, null, null, null]);
  expect(schedule.peak).toBe(384);
  expect(schedule.sent).toBe(64);
});

test('ZeRO-1 shares the optimizer, keeps the room of gradients, and gathers new weights at the end', () => {
  const schedule = scheduleOf(1);
  // 2 bytes of 24, 12 of 8.
  expect(totals(schedule)).toEqual([144, 144, 144, 168, 168, 192, 192, 192, 192, 144]);
  const scatter = ['reduce-scatter', (2 / 3) * 24] as const;
  expect(sendings(schedule)).toEqual([
    ...[null, null, null, null, scatter, null, scatter, null],
    ['all-gather', (2 / 3) * 48],
    null,
  ]);
  expect(gradients(schedule)[5]).toEqual(['local', 'part-summed']);
});

test('ZeRO-2 keeps only its share of the gradients', () => {
  const schedule = scheduleOf(2);
  expect(totals(schedule)).toEqual([144, 144, 144, 168, 152, 176, 160, 160, 160, 144]);
  expect(sendings(schedule)).toEqual(sendings(scheduleOf(1)));
  expect(gradients(schedule)[5]).toEqual(['local', 'shard']);
});

test('ZeRO-3 gathers a layer for each pass, drops it behind, and need not gather after the update', () => {
  const schedule = scheduleOf(3);
  // At rest 14 bytes of 8; whole weights of one layer are 16 bytes more, its gradients 24.
  expect(totals(schedule)).toEqual([112, 128, 128, 152, 120, 160, 128, 128, 128, 112]);
  const gather = ['all-gather', 16] as const;
  const scatter = ['reduce-scatter', 16] as const;
  expect(sendings(schedule)).toEqual([
    ...[null, gather, gather, gather, scatter, gather, scatter],
    ...[null, null, null],
  ]);
  expect(schedule.moments[1]!.held.map(({ weights }) => weights)).toEqual(['whole', 'shard']);
  expect(schedule.moments[5]!.held.map(({ weights }) => weights)).toEqual(['whole', 'shard']);
  expect(schedule.moments.map(({ sentSoFar }) => sentSoFar)).toEqual([0, 16, 32, 48, 64, 80, 96, 96, 96, 96]);
});

test('moments are named in the order of a step, and layers counted from 0', () => {
  const named = scheduleOf(1).moments.map(({ kind, layer }) => [kind, layer]);
  expect(named).toEqual([
    ['start', null],
    ['forward', 0],
    ['forward', 1],
    ['backward', 1],
    ['reduce', 1],
    ['backward', 0],
    ['reduce', 0],
    ['update', null],
    ['gather', null],
    ['end', null],
  ]);
});

test('between steps a rank holds no gradients, and of the rest what its stage leaves it', () => {
  const resting = ([0, 1, 2, 3] as const).map((stage) => scheduleOf(stage).moments[0]!.held[0]);
  const whole = { weights: 'whole', gradients: 'none', optimizer: 'whole' };
  const shared = { ...whole, optimizer: 'shard' };
  expect(resting).toEqual([whole, shared, shared, { ...shared, weights: 'shard' }]);
});

test('a question that cannot be is refused by field', () => {
  const refused = (question: Parameters<typeof zeroSchedule>[0]) => {
    const outcome = zeroSchedule(question);
    return outcome.ok ? [] : outcome.issues.map(({ path }) => path);
  };
  expect(refused({ zeroStage: 1, ranks: 0, layers: 1.5, parameters: Number.NaN })).toEqual([
    'ranks',
    'layers',
    'parameters',
  ]);
  expect(refused({ ...small, zeroStage: 7 as ZeroStage })).toEqual(['zeroStage']);
});
