import { expect, test } from 'vitest';
import { modelFromConfig, SUPPORTED_ARCHITECTURES } from '#estimator';
import { faultPlace } from '../../../../src/estimator/config/parse-json.ts';

const llama = {
  model_type: 'llama',
  num_hidden_layers: 4,
  hidden_size: 256,
  num_attention_heads: 16,
  intermediate_size: 512,
  vocab_size: 100,
  max_position_embeddings: 64,
};
const without = (...keys: string[]) =>
  Object.fromEntries(Object.entries(llama).filter(([key]) => !keys.includes(key)));
const issues = (config: unknown) => {
  const outcome = modelFromConfig(config);
  return outcome.ok ? [] : outcome.issues;
};

test('a missing field is named with the other names it may have', () => {
  expect(issues(without('hidden_size', 'vocab_size'))).toEqual([
    {
      code: 'missing',
      path: 'hidden_size',
      message:
        'The config has no "hidden_size" (or n_embd, d_model, n_embed), which this architecture needs.',
    },
    {
      code: 'missing',
      path: 'vocab_size',
      message: 'The config has no "vocab_size", which this architecture needs.',
    },
  ]);
});

test('heads that are missing are one fault, not one of their width too', () => {
  expect(issues(without('num_attention_heads')).map(({ path }) => path)).toEqual(['num_attention_heads']);
  expect(issues({ ...llama, hidden_size: 0.5 }).map(({ path }) => path)).toEqual(['hidden_size']);
});

test('a field that two parts of a family read is one fault', () => {
  expect(issues({ ...llama, model_type: 'gpt2', hidden_size: 1.5 }).map(({ path }) => path)).toEqual([
    'hidden_size',
  ]);
});

test('a size has a largest value, which is legal, and faults name the bound that was crossed', () => {
  expect(issues({ ...llama, max_position_embeddings: 1e9 })).toEqual([]);
  const limit = (vocab_size: unknown) => issues({ ...llama, vocab_size })[0]?.limit;
  expect([1e9 + 1, 0, 1.5, 'many'].map(limit)).toEqual([1e9, 1, 1, 1]);
  expect(issues({ ...llama, vocab_size: 0 })[0]?.message).toBe(
    '"vocab_size" must be a whole number from 1 to 1000000000.',
  );
});

test('an architecture that says nothing is missing, one that says too much is cut short', () => {
  for (const model_type of [null, undefined])
    expect(issues({ ...llama, model_type })).toMatchObject([{ code: 'missing', path: 'model_type' }]);
  const [issue] = issues({ ...llama, model_type: 'x'.repeat(1000) });
  expect(issue!.message).toBe(
    `"${'x'.repeat(59)} is not an architecture that can be read. These can: ${SUPPORTED_ARCHITECTURES.join(', ')}.`,
  );
});

test('experts in only some layers are not understood, and said so', () => {
  const [issue] = issues({ ...llama, model_type: 'deepseek_v2', moe_layer_freq: 2 }).filter(
    ({ path }) => path === 'moe_layer_freq',
  );
  expect(issue).toEqual({
    code: 'unsupported-feature',
    path: 'moe_layer_freq',
    message: 'Only moe_layer_freq 1 is understood: experts in every layer after the first ones.',
  });
});

test('the place of a syntax error may have several digits', () => {
  expect(faultPlace('', 'bad at line 12 column 345 of the JSON data')).toBe('line 12, column 345');
  expect(faultPlace('\n'.repeat(30), 'bad at position 25')).toBe('line 26, column 1');
});

test('a text is too long from 1,000,001 characters on', () => {
  expect(issues(' '.repeat(1_000_000))).toMatchObject([{ code: 'not-json' }]);
  expect(issues(' '.repeat(1_000_001))).toEqual([
    {
      code: 'too-large',
      path: 'config',
      message: 'That is 1000001 characters; a config.json has at most 1000000.',
      limit: 1_000_000,
    },
  ]);
});
