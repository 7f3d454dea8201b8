import { describe, expect, test } from 'vitest';
import { GIB, LEDGER_ROWS, ledgerBytes } from '#estimator';
import { baseModel, type Patch } from '#scenario';
import { SOURCE_NAMES } from '../../../src/widgets/bytes-ledger/names.ts';
import { splitWithin } from '../../../src/widgets/step/memory-question.ts';
import { bytesLedgerSpec } from '../../../src/widgets/bytes-ledger/spec.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

const FRAMEWORKS: readonly string[] = ['Megatron', 'DeepSpeed', 'FSDP', 'nanotron'];
const of = (patch: Patch = {}) => answerOf(bytesLedgerSpec, patch).view;

describe('the ledger of bytes a parameter', () => {
  test('counts all experts, whatever N is typed of those that a token visits, and does not ask for it', () => {
    const mixture = { model: 'deepseek-v3' } as const;
    const { view, scenario } = answerOf(bytesLedgerSpec, { ...mixture, parameters: 37e9 });
    expect(view.chosen.total).toBe(of(mixture).chosen.total);
    expect(bytesLedgerSpec.hides?.(scenario.values)).toEqual(['parameters']);
    expect(bytesLedgerSpec.hides?.(answerOf(bytesLedgerSpec).scenario.values)).toEqual([]);
  });

  test('narrows a split that the GPUs cannot hold, as the tank does', () => {
    expect(sentenceOf(of({ gpus: 8 }))).toContain('as one of 1 replica');
    expect(of({ gpus: 8 }).chosen.total).toBe(of({ gpus: 8, stepPipeline: '1' }).chosen.total);
  });

  test('starts with the distributed optimizer of the running example: 6 + 12/16 bytes of 2.74B parameters', () => {
    const view = of();
    expect(view.rows.map(({ name }) => name.split(':')[0])).toEqual(
      LEDGER_ROWS.map(({ family }) => family).filter((family) => FRAMEWORKS.includes(family)),
    );
    expect(of({ ledgerFamily: 'all' }).rows).toHaveLength(LEDGER_ROWS.length);
    expect(sentenceOf(view)).toMatch(
      /^By the recipe “Megatron: distributed optimizer” a GPU holds 17\.2 GiB of state for 2\.73B of the 175B parameters, as one of 16 replicas: 6\.75 bytes each\. The recipes listed take from 2\.55 GiB to 50\.9 GiB\.$/,
    );
    const current = view.rows.filter(({ current: here }) => here);
    expect(current.map(({ detail }) => detail)).toEqual(['6 + 12/d bytes']);
    expect(current[0]!.total).toBe(view.chosen.total);
  });

  test('a small model on few GPUs is held whole, by one replica or several', () => {
    const small = { model: 'llama3-8b', stepTensor: '1', stepPipeline: '1', gpus: 1 } as const;
    expect(sentenceOf(of({ ...small, ledgerRow: 'mixed-16' }))).toContain(
      '119 GiB of state for all 8B parameters, as one of 1 replica: 16 bytes each.',
    );
    expect(of({ ...small, gpus: 8, ledgerRow: 'fsdp' }).chosen.total / GIB).toBeCloseTo(119 / 8, 0);
  });

  test('sorts and filters what is listed, and keeps the recipe it is about', () => {
    const leanest = of({ ledgerFamily: 'all', ledgerOrder: 'least' }).rows;
    const totals = leanest.map(({ total }) => total);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(leanest[0]!.id).toBe('qlora');
    const own = of({ ledgerFamily: 'LoRA' });
    expect(own.rows.map(({ id }) => id)).toEqual(['lora', 'qlora']);
    expect(own.rows.map(({ detail }) => detail)).toEqual(['2 + 16x bytes', '0.5159 + 16x bytes']);
    expect(sentenceOf(own)).toContain('distributed optimizer');
  });

  test('names the chosen recipe’s sources, each by a name of its own', () => {
    expect(of({ ledgerRow: 'qlora' }).note).toMatch(
      /bitsandbytes, functional\.py.*; QLoRA, 2023, section 3\.$/,
    );
    for (const { sources } of LEDGER_ROWS)
      for (const { key } of sources) expect(SOURCE_NAMES[key], key).toBeDefined();
    expect(Object.keys(SOURCE_NAMES).sort()).toEqual(
      [...new Set(LEDGER_ROWS.flatMap(({ sources }) => sources.map(({ key }) => key)))].sort(),
    );
  });

  test('draws what the estimator counts, for any state', () => {
    for (const patch of answered(bytesLedgerSpec, 40)) {
      const { view, scenario } = answerOf(bytesLedgerSpec, patch);
      const { values, cluster, model } = scenario;
      const { tensorParallel, pipelineParallel } = splitWithin(values, cluster.gpus).split;
      const ways = tensorParallel * pipelineParallel;
      const base = baseModel(values.model, values.shape);
      const asked = {
        parameters: (base?.shape.moe ? base.stored : model.stored) / ways,
        replicas: Math.floor(cluster.gpus / ways),
        trainedShare: scenario.values.ledgerTrained,
      };
      for (const { id, parts, total } of view.rows) {
        expect(total).toBe(
          ledgerBytes(
            LEDGER_ROWS.find((row) => row.id === id)!,
            asked,
          ).total,
        );
        expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) / total - 1)).toBeLessThan(1e-9);
      }
    }
  });
});

test('rank 16 on every matrix of Llama 3 8B trains half a percent, as the field says', () => {
  const [hidden, kv, ffn, layers, rank] = [4096, 1024, 14_336, 32, 16];
  const sides = 2 * (hidden + hidden) + 2 * (hidden + kv) + 3 * (hidden + ffn);
  expect((rank * layers * sides) / 8.03e9).toBeCloseTo(0.0052, 4);
});
