import { describe, expect, test } from 'vitest';
import {
  bytesPerParameter,
  LEDGER_NAMES,
  LEDGER_ROWS,
  ledgerBytes,
  stateRecipe,
  STATE_RECIPES,
  type LedgerRow,
} from '#estimator';
import { keys } from '#catalog/bibliography.ts';

const row = (id: string): LedgerRow => LEDGER_ROWS.find((candidate) => candidate.id === id)!;
const on = (id: string, replicas: number, trainedShare = 0.01): number =>
  ledgerBytes(row(id), { parameters: 1, replicas, trainedShare }).total;

test('every row has an id of its own, a sentence and sources that the bibliography has', () => {
  const known = new Set(keys());
  expect(new Set(LEDGER_ROWS.map(({ id }) => id)).size).toBe(LEDGER_ROWS.length);
  for (const { id, name, note, sources, costs } of LEDGER_ROWS) {
    expect(name.length, id).toBeGreaterThan(3);
    expect(note, id).toMatch(/^[A-Z].*\.$/);
    expect(sources.length, id).toBeGreaterThan(0);
    for (const { key, where } of sources) {
      expect(known.has(key), `${id}: ${key}`).toBe(true);
      expect(where.length).toBeGreaterThan(5);
    }
    for (const { bytes } of costs) expect(bytes, id).toBeGreaterThan(0);
  }
});

test('rows and their names are in one order', () => {
  expect(LEDGER_ROWS.map(({ id, family, name }) => ({ id, family, name }))).toEqual(LEDGER_NAMES);
});

describe('bytes a parameter', () => {
  test('of the conventions are those of the estimator’s recipes', () => {
    expect(on('fp32', 1)).toBe(bytesPerParameter(stateRecipe('fp32-16')));
    for (const id of ['mixed-16', 'mixed-18', 'mixed-20'] as const) {
      const { weights, gradients, master, moments } = STATE_RECIPES.find((recipe) => recipe.id === id)!;
      const { parts, total } = ledgerBytes(row(id), { parameters: 1, replicas: 8, trainedShare: 1 });
      expect(parts).toEqual({ weights, gradients, master, moments, other: 0 });
      expect(total).toBe(weights + gradients + master + moments);
    }
  });

  test.each([
    ['megatron-distributed', 6, 12],
    ['megatron-distributed-16', 4, 16],
    ['megatron-bf16-moments', 6, 8],
    ['deepspeed-zero-1', 4, 16],
    ['deepspeed-zero-2', 2, 18],
    ['deepspeed-zero-3', 0, 20],
    ['fsdp', 0, 16],
    ['nanotron-zero-0', 20, 0],
    ['nanotron-zero-1', 8, 12],
    ['fp8-cast', 8, 12],
    ['fp8-primary', 6, 12],
    ['adam-8bit', 10 + 1 / 32, 0],
    ['adam-8bit-bf16', 6 + 1 / 32, 0],
  ])('of %s are %d and %d shared out', (id, whole, shared) => {
    const answer = ledgerBytes(row(id), { parameters: 1, replicas: 8, trainedShare: 1 });
    expect(answer).toMatchObject({ whole, shared, trained: 0 });
    expect(answer.total).toBeCloseTo(whole + shared / 8, 12);
  });

  test('of adapters are those of the frozen weights, and 16 for what is trained', () => {
    expect(on('lora', 64)).toBeCloseTo(2 + 0.16, 12);
    // 4.127 bits a weight (Dettmers 2023, section 3: 0.127 bits of scales).
    expect(8 * on('qlora', 64, 0)).toBeCloseTo(4.127, 3);
    expect(on('qlora', 1, 0.01) - on('qlora', 1, 0)).toBeCloseTo(0.16, 12);
  });
});

test('scales with the parameters, part by part', () => {
  const { parts, total } = ledgerBytes(row('deepspeed-zero-1'), {
    parameters: 1e9,
    replicas: 4,
    trainedShare: 0,
  });
  expect(parts).toEqual({ weights: 2e9, gradients: 2e9, master: 1e9, moments: 2e9, other: 1e9 });
  expect(total).toBe(8e9);
});
