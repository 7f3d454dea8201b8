import { describe, expect, test } from 'vitest';
import type { Patch, Unknown } from '#scenario';
import { conventionsSpec } from '../../../src/widgets/conventions/spec.ts';
import { myMfuSpec } from '../../../src/widgets/my-mfu/spec.ts';
import { timeToTrainSpec } from '../../../src/widgets/time-to-train/spec.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

const DAY = 86_400;
/** NVIDIA's own configuration: 75,000 steps of 2,048 sequences of 2,048 tokens. */
const NEMO_TOKENS = 75_000 * 2048 * 2048;

describe('time-to-train on the talk’s scenario (Xu 2023; tolerance: the digits printed)', () => {
  test('says 24.1 days, and 22.8 by 6ND alone', () => {
    const { view } = answerOf(timeToTrainSpec);
    expect(sentenceOf(view)).toBe(
      '1,024 A800 at 50% of peak train GPT-3 175B on 300B tokens in 24.1 days; by 6ND alone, without failures, in 22.8 days.',
    );
    expect(view.parts.map(({ id, seconds }) => [id, (seconds / DAY).toFixed(1)])).toEqual([
      ['sixNd', '22.8'],
      ['extra', '0.6'],
      ['lost', '0.7'],
    ]);
    expect(view.cautions).toEqual([
      '593,000 GPU-hours, and up to 237 MWh at the boards’ limit of 400 W each.',
    ]);
  });

  test.each<[Unknown, Patch, number, RegExp]>([
    ['efficiency', { goodput: 1 }, 0.487, /must reach 48\.7% of peak\.$/],
    ['efficiency', { goodput: 1, tokens: NEMO_TOKENS }, 0.511, /must reach 51\.1% of peak\.$/],
    ['efficiency', { goodput: 1, parameters: 175.000_001e9 }, 0.4755, /must reach 47\.5% of peak\.$/],
    ['gpus', {}, 1030, /takes 1,030 A800\.$/],
    ['tokens', {}, 298.5e9, /on 298B tokens\.$/],
    ['parameters', {}, 178.5e9, /a model of 179B parameters on 300B tokens, by 6ND\.$/],
  ])('solves for %s with %o', (unknown, patch, value, sentence) => {
    const { view } = answerOf(timeToTrainSpec, { unknown, ...patch });
    const solved = view.solved?.[unknown] ?? 0;
    expect(Object.keys(view.solved ?? {})).toEqual([unknown]);
    expect(Math.abs(solved / value - 1)).toBeLessThan(1e-3);
    expect(sentenceOf(view)).toMatch(sentence);
  });

  test('counts whole boards, also where a part of one would have done', () => {
    const { view } = answerOf(timeToTrainSpec, { unknown: 'gpus', tokens: 1e6, model: 'gpt3-125m' });
    expect(view.solved).toEqual({ gpus: 1 });
    const row = (name: RegExp) =>
      view.table.rows.find(([cell]) => typeof cell === 'string' && name.test(cell));
    expect(row(/^Peak/)?.[1]).toMatchObject({ value: 312e12 });
    const joules = 400 * 24 * DAY;
    const [, energy] = row(/^Electricity/) ?? [];
    expect(typeof energy === 'object' && energy.value / joules).toBeCloseTo(1, 9);
  });

  test('holds the range of published runs against the answer', () => {
    const { view } = answerOf(timeToTrainSpec);
    const { low, high } = view.range ?? { low: 0, high: 0 };
    expect(view.seconds).toBeLessThan(low);
    expect(low).toBeLessThan(high);
    // Nobody has published enough runs in FP64 to speak of.
    expect(answerOf(timeToTrainSpec, { precision: 'fp64' }).view.range).toBeNull();
  });

  test('halves attention where the causal mask does', () => {
    const days = answerOf(timeToTrainSpec, { attention: 'causal' }).view.seconds / DAY;
    expect(days).toBeCloseTo((23.4 - (23.4 - 22.8) * 0.54) / 0.97, 0);
    const flops = (patch: Patch) => answerOf(timeToTrainSpec, patch).view.seconds;
    // Attention scores are 12 L s a for each token: half of them is 6 · 96 · 2048 · 12288.
    const perToken = (flops({}) - flops({ attention: 'causal' })) * 0.97 * 1024 * 156e12;
    expect(perToken / 300e9 / (6 * 96 * 2048 * 12_288)).toBeCloseTo(1, 6);
  });
});

describe('my-mfu on NVIDIA’s configuration of the same model (tolerance: the digits printed)', () => {
  test('says 51.1% MFU from the step time, and the same from tokens per second', () => {
    for (const measured of ['step', 'throughput'] as const) {
      const { view } = answerOf(myMfuSpec, { measured });
      expect(sentenceOf(view)).toBe(
        'GPT-3 175B at 148.1 tokens/s per GPU is an MFU of 51.1% and an HFU of 51.6% (exact count, attention in full): 159 TFLOP/s of model work on each A800.',
      );
    }
  });

  test.each<[string, Patch, number, number]>([
    ['nothing computed twice', { recompute: 'none' }, 51.1, 51.1],
    ['every layer computed twice', { recompute: 'full' }, 51.1, 68.1],
    ['attention halved', { attention: 'causal', recompute: 'none' }, 50.4, 50.4],
    ['no shape', { parameters: 175.000_001e9, recompute: 'none' }, 49.9, 49.9],
    ['no shape, every layer twice: 8ND', { parameters: 175.000_001e9, recompute: 'full' }, 49.9, 66.5],
  ])('with %s', (_, patch, mfu, hfu) => {
    const { view } = answerOf(myMfuSpec, patch);
    expect([100 * view.mfu, 100 * view.hfu]).toEqual([expect.closeTo(mfu, 1), expect.closeTo(hfu, 1)]);
  });

  test('says that selective recomputation cannot be counted without a shape', () => {
    const { view } = answerOf(myMfuSpec, { parameters: 180e9, recompute: 'selective' });
    expect(view.hfu).toBe(view.mfu);
    expect(view.cautions?.join(' ')).toMatch(/Selective recomputation has no rule of thumb/);
    expect(view.countName).toBe('6ND');
  });
});

describe('conventions on the same run (tolerance: the digits printed)', () => {
  test.each<[Patch, number]>([
    [{}, 49.9],
    [{ countFlops: 'exact' }, 51.1],
    [{ countFlops: 'exact-causal' }, 50.4],
    [{ countFlops: '8nd' }, 66.5],
    [{ countPeak: 'sparse' }, 24.9],
    [{ gpu: 'h100-sxm5-80gb', precision: 'bf16', countFormat: 'fp8' }, 7.9],
    [{ countFlops: '8nd', countPeak: 'sparse' }, 33.2],
  ])('%o: the MFU told is %d%%', (patch, percent) => {
    const { view } = answerOf(conventionsSpec, patch);
    expect(100 * view.anchor).toBeCloseTo(percent, 1);
  });

  test.each<[Patch, number, string]>([
    [{ countBytes: 'mixed-16' }, 2800, 'GB'],
    [{}, 3150, 'GB'],
    [{ countBytes: 'mixed-20' }, 3500, 'GB'],
    [{ countUnit: 'GiB' }, 3.15e12 / 2 ** 30, 'GiB'],
  ])('%o: the model state told is %d %s', (patch, number, unit) => {
    const { view } = answerOf(conventionsSpec, { told: 'memory', ...patch });
    expect([view.anchor, view.unit]).toEqual([expect.closeTo(number, 6), unit]);
  });

  test('counting lost time stretches the plan by the goodput', () => {
    const seconds = (patch: Patch): number =>
      answerOf(conventionsSpec, { told: 'seconds', ...patch }).view.anchor;
    expect(seconds({ countLost: 'counted' }) / seconds({})).toBeCloseTo(1 / 0.97, 9);
  });

  test('every bar goes through the answer: the chosen option of each has the value of the whole', () => {
    const { view } = answerOf(conventionsSpec, { countFlops: '8nd', countPeak: 'sparse' });
    expect(view.rows.length).toBeGreaterThan(2);
    for (const { marks } of view.rows)
      expect(marks.filter((mark) => mark.chosen).map((mark) => mark.value)).toEqual([view.anchor]);
  });

  test('8ND is called by its name, and more than the peak is remarked on', () => {
    const { view } = answerOf(conventionsSpec, { countFlops: '8nd', throughput: 270 });
    expect(view.cautions).toEqual([
      'With 8ND this is a hardware utilisation (HFU), whatever it is called.',
      'More than the peak: these conventions do not belong together.',
    ]);
    expect(sentenceOf(view)).toMatch(/By 6ND on the dense peak it is 90\.9%\.$/);
  });
});
