import { expect, test } from 'vitest';
import {
  conventionReading,
  conventionToggles,
  conventionTornado,
  countParameters,
  modelFlops,
  readingValue,
  tokensPerSecondAt,
  valueOrThrow,
  type ConventionChoice,
  type ConventionRun,
} from '#estimator';
import { A800, DAY, DEEPSEEK_V3, GPT3, H100 } from './shapes.ts';

const talk: ConventionRun = {
  parameters: 175e9,
  shape: GPT3,
  gpu: A800,
  gpus: 1024,
  format: 'fp16',
  tokensPerSecond: tokensPerSecondAt(0.5, { peak: 312e12, gpus: 1024, flopsPerToken: 6 * 175e9 }),
  tokens: 300e9,
  goodput: 0.97,
};

function reading(choice: ConventionChoice, run: ConventionRun = talk) {
  return valueOrThrow(conventionReading(run, choice));
}
const options = (run: ConventionRun) =>
  Object.fromEntries(conventionToggles(run).map((t) => [t.id, t.options.map((o) => o.id)]));

test('the reference reading is the run as the talk tells it', () => {
  const { mfu, memory, seconds } = reading({});
  expect(mfu).toBeCloseTo(0.5, 12);
  expect(memory).toEqual({ bytes: 3.15e12, unit: 'GB', number: 3150 });
  expect(seconds / DAY).toBeCloseTo(22.823, 3);
});

test('a sparse peak halves both the MFU and the days that are planned with it', () => {
  const { mfu, seconds } = reading({ sparsity: 'sparse' });
  expect(mfu).toBeCloseTo(0.25, 12);
  expect(seconds / DAY).toBeCloseTo(22.823 / 2, 3);
});

test('counting recomputation as work adds a third', () => {
  expect(reading({ flops: '8nd' }).mfu).toBeCloseTo(2 / 3, 12);
});

test('the exact count adds what 6ND leaves out, the causal one less of it', () => {
  expect(reading({ flops: 'exact' }).seconds / DAY).toBeCloseTo(23.398, 3);
  expect(reading({ flops: 'exact-causal' }).mfu).toBeLessThan(reading({ flops: 'exact' }).mfu);
});

test('each count has its own FLOPs for a token', () => {
  const { active, embedding } = countParameters(GPT3);
  const of = (choice: ConventionChoice) => reading(choice).flopsPerToken;
  expect(of({})).toBe(6 * 175e9);
  expect(of({ flops: '8nd' })).toBe(8 * 175e9);
  expect(of({ flops: 'exact' })).toBe(modelFlops(GPT3).total);
  expect(of({ flops: 'exact-causal' })).toBe(modelFlops(GPT3, { causal: true }).total);
  expect(of({ parameters: 'exact' })).toBe(6 * active);
  expect(of({ parameters: 'without-embeddings' })).toBe(6 * (active - embedding));
  // A count over a shorter sequence has fewer scores.
  const short = { ...talk, sequence: 512 };
  expect(reading({ flops: 'exact' }, short).flopsPerToken).toBe(modelFlops({ ...GPT3, sequence: 512 }).total);
});

test('a toggle names its options for a reader: what is counted, in which format', () => {
  const labels = (id: string) =>
    conventionToggles({ ...talk, gpu: H100, format: 'bf16' })
      .find((toggle) => toggle.id === id)!
      .options.map(({ label }) => label);
  expect(labels('flops')).toEqual(['6ND', 'exact', 'exact, causal', '8ND']);
  expect(labels('peak-format')).toEqual(['BF16 peak', 'FP8 peak']);
  const [own, other] = conventionToggles({ ...talk, gpu: H100, format: 'bf16' })
    .find(({ id }) => id === 'peak-format')!
    .options.map(({ what }) => what);
  expect([own, other]).toEqual([
    'BF16, the format that the run multiplied in.',
    'FP8, which this run did not use.',
  ]);
});

test('a choice that is none is quoted back, cut short', () => {
  const said = (choice: object) => {
    const outcome = conventionReading(talk, choice);
    return outcome.ok ? [] : outcome.issues;
  };
  expect(said({ flops: 'x'.repeat(100) })).toEqual([
    {
      code: 'unknown-choice',
      path: 'flops',
      message: `flops has no option "${'x'.repeat(40)}" for this run.`,
    },
  ]);
  expect(said({ colour: 'red' })).toMatchObject([{ code: 'unknown-choice', path: 'colour' }]);
});

test('goodput moves the days and not the MFU', () => {
  expect(reading({ goodput: 'counted' }).seconds / reading({}).seconds).toBeCloseTo(1 / 0.97, 12);
  expect(reading({ goodput: 'counted' }).mfu).toBe(reading({}).mfu);
});

test('memory follows bytes per parameter, unit and the parameters counted', () => {
  expect(reading({ 'state-bytes': 'mixed-16' }).memory.bytes).toBe(2.8e12);
  expect(reading({ 'byte-unit': 'GiB' }).memory.number).toBeCloseTo(2933.7, 1);
  const { total, embedding } = countParameters(GPT3);
  expect(reading({ parameters: 'exact' }).memory.bytes).toBe(18 * total);
  expect(reading({ parameters: 'without-embeddings' }).memory.bytes).toBe(18 * (total - embedding));
});

test('a mixture of experts holds more than it computes with', () => {
  const moe: ConventionRun = {
    ...talk,
    parameters: 37e9,
    storedParameters: 671e9,
    shape: DEEPSEEK_V3,
    gpu: H100,
    tokensPerSecond: 1e6,
  };
  expect(reading({}, moe).memory.bytes).toBe(18 * 671e9);
  expect(reading({ parameters: 'exact' }, moe).memory.bytes).toBe(18 * countParameters(DEEPSEEK_V3).total);
});

test('only options that apply to the run are offered', () => {
  expect(options(talk)).toEqual({
    flops: ['6nd', 'exact', 'exact-causal', '8nd'],
    sparsity: ['dense', 'sparse'],
    parameters: ['nominal', 'exact', 'without-embeddings'],
    'state-bytes': ['mixed-16', 'mixed-18', 'mixed-20'],
    'byte-unit': ['GB', 'GiB'],
    goodput: ['ignored', 'counted'],
  });
  const bare = options({ ...talk, shape: null, gpu: { ...A800, sparsity: 1 } });
  expect(bare.flops).toEqual(['6nd', '8nd']);
  expect(bare).not.toHaveProperty('sparsity');
  expect(bare).not.toHaveProperty('parameters');
});

test('a GPU with several matrix formats offers their peaks, the run’s own first', () => {
  const fp8: ConventionRun = { ...talk, gpu: H100, format: 'fp8', tokensPerSecond: 5e5 };
  expect(options(fp8)['peak-format']).toEqual(['fp8', 'bf16']);
  expect(reading({ 'peak-format': 'bf16' }, fp8).mfu / reading({}, fp8).mfu).toBeCloseTo(2, 3);
  const b200 = { ...H100, peak: { ...H100.peak, fp4: 9e15 } };
  expect(options({ ...talk, gpu: b200 })['peak-format']).toEqual(['fp16', 'fp8', 'fp4']);
});

test('every option says what it counts and where that comes from', () => {
  for (const toggle of conventionToggles({ ...talk, gpu: H100 })) {
    expect(toggle.options.map((o) => o.id)).toContain(toggle.reference);
    for (const option of toggle.options) {
      expect(option.what).toMatch(/\.$/);
      expect(option.source.key && option.source.where).toBeTruthy();
    }
  }
});

test('the tornado of an output has its widest bar first and nothing that does not move it', () => {
  const outcome = conventionTornado(talk, 'mfu');
  if (!outcome.ok) throw new Error('no tornado');
  const { anchor, bars } = outcome.value;
  expect(anchor).toBeCloseTo(0.5, 12);
  expect(bars.map((b) => b.toggle.id)).toEqual(['sparsity', 'flops', 'parameters']);
  expect(bars[1]?.low.option).toBe('6nd');
  expect(bars[1]?.high.option).toBe('8nd');
  expect(bars[0]?.values.map((v) => v.option)).toEqual(['dense', 'sparse']);
});

test('the tornado turns about the choice it is given', () => {
  const outcome = conventionTornado(talk, 'memory', { 'byte-unit': 'GiB' });
  if (!outcome.ok) throw new Error('no tornado');
  expect(outcome.value.anchor).toBeCloseTo(2933.7, 1);
  expect(outcome.value.bars.map((b) => b.toggle.id)).toEqual(['state-bytes', 'byte-unit', 'parameters']);
});

test('a reading’s value is the number that is printed', () => {
  const r = reading({});
  expect([readingValue(r, 'mfu'), readingValue(r, 'memory'), readingValue(r, 'seconds')]).toEqual([
    r.mfu,
    3150,
    r.seconds,
  ]);
});

test('impossible runs and options that are not offered are issues', () => {
  const paths = (over: object, choice: object = {}) => {
    const outcome = conventionTornado({ ...talk, ...over }, 'mfu', choice);
    return outcome.ok ? [] : outcome.issues.map((i) => `${i.path}: ${i.code}`);
  };
  expect(paths({ tokensPerSecond: NaN, goodput: 2 })).toEqual([
    'goodput: too-large',
    'tokensPerSecond: not-a-number',
  ]);
  expect(paths({ format: 'fp8' })).toEqual(['precision: format-lacking']);
  expect(paths({ shape: { ...GPT3, layers: -1 } })).toEqual(['shape.layers: too-small']);
  expect(paths({ sequence: 0 })).toEqual(['sequence: too-small']);
  expect(paths({}, { flops: '7nd' })).toEqual(['flops: unknown-choice']);
  expect(paths({}, { colour: 'red' })).toEqual(['colour: unknown-choice']);
  expect(paths({}, { 'peak-format': 'fp8' })).toEqual(['peak-format: unknown-choice']);
});

test('a longer sequence moves the exact counts only', () => {
  const long = { ...talk, sequence: 8192 };
  expect(reading({ flops: 'exact' }, long).mfu).toBeGreaterThan(reading({ flops: 'exact' }).mfu);
  expect(reading({}, long).mfu).toBe(reading({}).mfu);
});
