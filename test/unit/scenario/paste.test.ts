import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { models } from '#catalog';
import { resolve, type Patch, SHAPE_FIELDS } from '#scenario';
import { readPaste } from '#scenario/paste.ts';
import { SEED } from '../../helpers/arbitraries.ts';

const GPUS = 1024;

/** Llama 3 8B as its config.json says it. */
const config = {
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14_336,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  vocab_size: 128_256,
  max_position_embeddings: 8192,
  tie_word_embeddings: false,
};

describe('a pasted config.json', () => {
  test('becomes the model, takes N and the sequence of the last one back, and is said in a sentence', () => {
    const read = readPaste('shape', JSON.stringify(config), GPUS);
    if (!read.ok) throw new Error(read.message);
    expect(read.said).toBe(
      'Read 32 layers of width 4096: 8.03B parameters. Its longest context is 8,192 tokens: set the sequence to what you train with.',
    );
    expect(Object.keys(read.changes).sort()).toEqual(
      [...SHAPE_FIELDS, 'model', 'parameters', 'sequence', 'shape'].sort(),
    );
    const patch = Object.fromEntries(
      Object.entries(read.changes).filter(([, v]) => v !== undefined),
    ) as Patch;
    const outcome = resolve('talk', patch);
    const catalogued = models.find((m) => m.id === 'llama3-8b')!.shape;
    expect(outcome.ok && outcome.value.model.shape).toEqual(catalogued);
  });

  test('of experts says how many parameters a token visits', () => {
    const moe = {
      ...config,
      model_type: 'mixtral',
      num_local_experts: 8,
      num_experts_per_tok: 2,
      vocab_size: 32_000,
    };
    const read = readPaste('shape', JSON.stringify(moe), GPUS);
    expect(read.ok && read.said).toMatch(/: 46\.7B parameters, 12\.88B active\./);
  });

  test.each([
    ['not JSON', '{ "hidden_size": ', /./],
    ['an unknown architecture', '{"model_type":"abacus"}', /abacus/],
    ['a list', '[1]', /./],
  ])('that is %s is answered with the reason', (_, text, message) => {
    const read = readPaste('shape', text, GPUS);
    expect(!read.ok && read.message).toMatch(message);
  });
});

describe('pasted log lines', () => {
  test('with a step time set it and the batch', () => {
    const text = 'elapsed time per iteration (ms): 27648.0 | global batch size: 1024 |';
    expect(readPaste('log', `${text}\n${text}`, GPUS)).toEqual({
      ok: true,
      changes: { measured: 'step', stepTime: 27.648, globalBatch: 1024 },
      said: 'Read 27.65 s a step and a global batch of 1024 from the median of 2 lines (Megatron-LM).',
    });
  });

  test('without a batch leave it as it is', () => {
    const read = readPaste('log', '27.6 s', GPUS);
    expect(read.ok && read.changes).toEqual({ measured: 'step', stepTime: 27.6 });
  });

  test('with tokens per second of one GPU are taken as they are', () => {
    expect(readPaste('log', 'tps: 144  mfu: 30%', GPUS)).toEqual({
      ok: true,
      changes: { measured: 'throughput', throughput: 144 },
      said: 'Read 144 tokens/s per GPU from one line (torchtitan).',
    });
  });

  test('with tokens per second of the job are shared among its GPUs, and the sentence says so', () => {
    const read = readPaste('log', '147,456 tokens/s', GPUS);
    expect(read.ok && [read.changes, read.said]).toEqual([
      { measured: 'throughput', throughput: 144 },
      'Read 147,500 tokens/s over 1024 GPUs from one line.',
    ]);
  });

  test('that say no speed, or one that cannot be, are answered with the reason', () => {
    const nothing = readPaste('log', 'loss: 2.31', GPUS);
    expect(!nothing.ok && nothing.message).toMatch(
      /^No step time .* Try “27\.6 s” or “144 tokens\/s\/GPU”\.$/,
    );
    const absurd = readPaste('log', '9999999999 s', GPUS);
    expect(!absurd.ok && absurd.message).toMatch(/^Read 9999999999, but .* is out of range/);
  });
});

test('a text of half a million characters is not read', () => {
  const read = readPaste('log', '27.6 s\n'.repeat(80_000), GPUS);
  expect(!read.ok && read.message).toBe('More than 500,000 characters: paste a few lines only.');
});

test('whatever is pasted gives changes or a sentence, never an exception', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('shape' as const, 'log' as const),
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.object().map((extra) => JSON.stringify({ ...config, ...extra })),
      ),
      fc.dictionary(fc.constantFrom(...Object.keys(config)), fc.anything()),
      (key, text, swaps) => {
        for (const pasted of [
          text,
          JSON.stringify({ ...config, ...swaps }, (_, v: unknown) => (typeof v === 'bigint' ? 0 : v)),
        ]) {
          const read = readPaste(key, pasted, GPUS);
          expect(read.ok ? read.said : read.message).toMatch(/\S/);
        }
      },
    ),
    { numRuns: 500, seed: SEED },
  );
});
