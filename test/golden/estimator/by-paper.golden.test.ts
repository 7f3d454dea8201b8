import { describe, expect, test } from 'vitest';
import { countParameters, flopsByPaper, modelFlops, type Model, type PaperCount } from '#estimator';
import { GPT3, gpt, LLAMA3_8B } from '../../unit/estimator/shapes.ts';

const of = (model: Model, id: PaperCount['id'], sequence?: number): number =>
  flopsByPaper(model, sequence).find((count) => count.id === id)!.flops;

test('on a GPT the closed form is the exact count; the others differ by what they say', () => {
  const exact = modelFlops(GPT3).total;
  const { layers, hidden, heads, vocab, sequence } = GPT3;
  const scores = 12 * layers * sequence * hidden;
  expect(of(GPT3, 'korthikanti') / exact).toBeCloseTo(1, 12);
  expect(of(GPT3, 'kaplan')).toBeCloseTo(72 * layers * hidden ** 2, -3);
  expect(of(GPT3, 'kaplan-context') - of(GPT3, 'kaplan')).toBeCloseTo(scores / 2, -3);
  expect(of(GPT3, 'hoffmann') - exact).toBeCloseTo(6 * vocab * hidden + 9 * layers * heads * sequence, -3);
  expect(of(GPT3, 'chowdhery')).toBeCloseTo(6 * countParameters(GPT3).total + scores, -3);
});

test('each names its place, and grows with the sequence unless it leaves scores out', () => {
  for (const { id, source, counts } of flopsByPaper(LLAMA3_8B)) {
    expect(source.where.length).toBeGreaterThan(3);
    expect(counts.length).toBeGreaterThan(10);
    const grows = of(LLAMA3_8B, id, 65_536) > of(LLAMA3_8B, id, 8192);
    expect(grows).toBe(id !== 'kaplan');
  }
});

describe('Hoffmann 2022, table A4: its FLOPs over 6ND at 2,048 tokens, the parameters as printed', () => {
  const rows: [number, Model, number][] = [
    [73e6, gpt(10, 640, 10), 1.03],
    [305e6, gpt(20, 1024, 16), 1.1],
    [552e6, gpt(24, 1280, 10), 1.08],
    [1.6e9, gpt(28, 2048, 16), 1.03],
    [6.8e9, gpt(40, 3584, 28), 0.99],
  ];
  test.each(rows)(
    '%d: the ratio printed is that without embedding and logits (tolerance: 0.01)',
    (n, model, printed) => {
      const tables = 12 * model.vocab * model.hidden;
      expect(Math.abs((of(model, 'hoffmann') - tables) / (6 * n) - printed)).toBeLessThan(0.01);
      expect(of(model, 'hoffmann') / (6 * n)).toBeGreaterThan(printed);
    },
  );
});
