import { describe, expect, test } from 'vitest';
import { efficiencySpread, percentile } from '#catalog/efficiency.ts';
import { publishedRuns } from '#catalog/published-runs.ts';
import type { Patch } from '#scenario';
import { publishedRunsSpec } from '../../../src/widgets/published-runs/spec.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

const viewAt = (patch: Patch = {}) => answerOf(publishedRunsSpec, patch).view;
const like = { family: 'A800', precision: 'fp16', parameters: 175e9 } as const;

describe('the published runs', () => {
  test('say where the reader’s efficiency stands among runs like it', () => {
    const spread = efficiencySpread(publishedRuns, like)!;
    const sentence = sentenceOf(viewAt());
    expect(sentence).toContain(`of ${spread.count} published runs like it (A100)`);
    expect(sentence).toContain('50% on A800 would be ');
    const cases = [
      [spread.p90 + 0.01, 'above nine in ten'],
      [(spread.p75 + spread.p90) / 2, 'in the best quarter'],
      [spread.p50, 'in the middle half'],
      [(spread.p10 + spread.p25) / 2, 'in the lowest quarter'],
      [spread.p10 - 0.01, 'below nine in ten'],
    ] as const;
    for (const [efficiency, position] of cases)
      expect(sentenceOf(viewAt({ efficiency }))).toContain(` would be ${position} of `);
  });

  test('say nothing where there are too few', () => {
    expect(sentenceOf(viewAt({ precision: 'fp64' }))).toMatch(
      /^Fewer than eight published runs are like this/,
    );
  });

  test('are all drawn, and of one generation where that is asked for', () => {
    expect(viewAt().points.length).toBe(publishedRuns.length);
    const each = (['Ampere', 'Hopper', 'Blackwell'] as const).map((only) => viewAt({ only }).points);
    for (const points of each) {
      expect(points.length).toBeGreaterThan(0);
      expect(new Set(points.map((point) => point.group)).size).toBe(1);
    }
    expect(each.flat().length).toBe(viewAt().points.filter((point) => point.group > 0).length);
  });

  test('without a number of GPUs are left out where GPUs are along the foot', () => {
    const known = publishedRuns.filter((run) => run.gpus !== null);
    expect(known.length).toBeLessThan(publishedRuns.length);
    expect(viewAt({ along: 'gpus' }).points.map((p) => p.x)).toEqual(known.map((run) => run.gpus));
  });

  test.each<[Patch, number]>([
    [{}, 175e9],
    [{ along: 'gpus', gpus: 2048 }, 2048],
    [{ along: 'year', year: 2025 }, 2025],
  ])('hold the reader’s run at its place: %o', (patch, x) => {
    expect(viewAt({ ...patch, efficiency: 0.41 }).mine).toEqual({ x, y: 0.41, label: 'yours, 41%' });
  });

  test('list those most like the reader’s first: the model, then generation and format', () => {
    const first = (patch: Patch): string => {
      const [model, where, format] = viewAt(patch).table.rows[0] as readonly string[];
      return `${model} on ${where} in ${format}`;
    };
    expect(first({})).toMatch(/175B.* on 1,024 A100 in (FP|BF)16$/);
    expect(first({ gpu: 'h100-sxm5-80gb', precision: 'bf16', model: 'llama3-405b', gpus: 16_384 })).toMatch(
      /405B.* on (8,192|16,384) H100 in BF16$/,
    );
  });
});

test('a percentile between two values lies between them', () => {
  expect(percentile([1, 2, 4], 0)).toBe(1);
  expect(percentile([1, 2, 4], 0.75)).toBe(3);
  expect(percentile([1, 2, 4], 1)).toBe(4);
});
