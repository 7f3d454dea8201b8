import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gpus, models } from '#catalog';
import { countParameters, valueOrThrow } from '#estimator';
import {
  encodeShape,
  fieldKeys,
  fields,
  presetById,
  presets,
  resolve,
  resolvePatch,
  resolvePreset,
  type Patch,
  type Scenario,
} from '#scenario';
import { patches, SEED } from '../../helpers/arbitraries.ts';

function scenario(patch: Patch): Scenario {
  return valueOrThrow(resolve('talk', patch));
}
const issues = (patch: Patch) => {
  const outcome = resolve('talk', patch);
  return outcome.ok ? [] : outcome.issues;
};
const recordOf = (id: string) => models.find((m) => m.id === id)!;

test('the running example is GPT-3 175B on 1,024 A800 at half of 312 TFLOP/s', () => {
  const { model, cluster, execution, data, question } = resolvePreset('talk');
  expect(model).toMatchObject({ id: 'gpt3-175b', parameters: 175e9 });
  expect(model.shape).toMatchObject({ layers: 96, hidden: 12_288, sequence: 2048 });
  expect([cluster.gpus, cluster.gpu.id]).toEqual([1024, 'a800-sxm4-80gb']);
  expect(execution).toMatchObject({ precision: 'fp16', peak: 312e12, efficiency: 0.5, goodput: 0.97 });
  expect([data.tokens, data.sequence, question.unknown]).toEqual([300e9, 2048, 'time']);
});

test('a preset that does not exist is an error that lists those that do', () => {
  expect(() => presetById('nonsense')).toThrow(
    `No preset "nonsense"; there are: ${Object.keys(presets).join(', ')}.`,
  );
});

describe('what follows from the model', () => {
  test.each(models.map((m) => [m.id, m] as const))('%s brings its own N and sequence', (id, record) => {
    const { model, data } = scenario({ model: id });
    expect(model.parameters).toBe(
      record.shape.moe ? countParameters(record.shape).active : record.parameters,
    );
    expect(model.stored).toBe(record.parameters);
    expect(data.sequence).toBe(record.shape.sequence);
    expect(model.shape).toEqual(record.shape);
  });

  test('of experts only those that a token visits are in N', () => {
    const { model } = scenario({ model: 'deepseek-v3' });
    expect(model.parameters / 1e9).toBeCloseTo(37.5, 0);
    expect(model.stored / 1e9).toBeCloseTo(671, 0);
  });

  test('a sequence typed by hand changes the shape that is counted', () => {
    expect(scenario({ sequence: 32_768 }).model.shape?.sequence).toBe(32_768);
  });

  test('N typed by hand is a model without a shape, named by its size', () => {
    expect(scenario({ parameters: 180e9 }).model).toMatchObject({
      shape: null,
      name: 'a 180B model',
      parameters: 180e9,
      stored: 180e9,
    });
    // The same number as the model's own says nothing new.
    expect(scenario({ parameters: 175e9 }).model.shape).not.toBeNull();
  });
});

describe('the format', () => {
  const without = (format: 'fp16' | 'bf16') => gpus.find((gpu) => gpu.peak[format] === undefined)!;

  test('that nobody chose gives way to one that the GPU has', () => {
    const volta = gpus.find((gpu) => gpu.architecture === 'Volta')!;
    expect(scenario({ gpu: volta.id }).execution).toMatchObject({ precision: 'fp16', peak: volta.peak.fp16 });
    for (const gpu of gpus) {
      const { precision, peak } = scenario({ gpu: gpu.id }).execution;
      expect(gpu.peak[precision]).toBe(peak);
    }
  });

  test('that the reader chose is not replaced: the GPU’s lack of it is an issue at the field', () => {
    const gpu = without('bf16');
    const [issue, ...others] = issues({ gpu: gpu.id, precision: 'bf16' });
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: 'format-lacking', path: 'precision' });
    expect(issue?.message).toContain(`${gpu.name} has no BF16 matrix rate. It has `);
    expect(issue?.message).toContain('FP32');
    expect(issue?.message).not.toContain('INT8');
  });
});

describe('a shape of the reader’s own', () => {
  const llama = recordOf('llama3-8b').shape;

  test('gives N, sequence and a name', () => {
    const { model, data } = scenario({ model: 'custom', shape: encodeShape(llama) });
    const { total } = countParameters(llama);
    expect(model).toMatchObject({
      id: 'custom',
      parameters: total,
      stored: total,
      shape: llama,
      name: 'your 8.03B model',
    });
    expect(data.sequence).toBe(llama.sequence);
  });

  test('is asked for where there is none', () => {
    expect(issues({ model: 'custom' })).toEqual([
      {
        code: 'inconsistent',
        path: 'model',
        message: 'Paste a config.json first: there is no shape of your own yet.',
      },
    ]);
  });

  test('that makes no sense is an issue at the shape', () => {
    const found = issues({ model: 'custom', shape: encodeShape({ ...llama, heads: 7, kvHeads: 5 }) });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((issue) => issue.path === 'shape')).toBe(true);
  });

  test('is left alone while a catalogued model is chosen', () => {
    expect(scenario({ shape: encodeShape(llama) }).model.id).toBe('gpt3-175b');
  });
});

test('every value that is out of range is named at its field, before combinations are looked at', () => {
  const found = issues({ gpus: 0, efficiency: 2, model: 'custom' });
  expect(found.map((issue) => issue.path).sort()).toEqual(['efficiency', 'gpus']);
});

describe('what of a link can be used', () => {
  test('is all of it, when it makes a scenario', () => {
    const patch: Patch = { gpus: 2048, tokens: 1e12 };
    expect(resolvePatch('talk', patch)).toEqual({ patch, dropped: [] });
  });

  test('is the rest, when one value cannot stand', () => {
    const { patch, dropped } = resolvePatch('talk', { gpus: 2048, efficiency: 3 });
    expect(patch).toEqual({ gpus: 2048 });
    expect(dropped).toEqual([expect.stringMatching(/^Efficiency: 300% is out of range/)]);
  });

  test('loses the shape and then the model, when the shape makes no sense', () => {
    const shape = encodeShape({ ...recordOf('llama3-8b').shape, heads: 7, kvHeads: 5 });
    const { patch, dropped } = resolvePatch('talk', { model: 'custom', shape, gpus: 2048 });
    expect(patch).toEqual({ gpus: 2048 });
    expect(dropped.map((sentence) => sentence.split(':')[0])).toEqual(['Paste config.json', 'Model']);
  });

  test('is nothing, when what is wrong follows from something else', () => {
    const shape = encodeShape({ ...recordOf('llama3-8b').shape, sequence: 999_999_999 });
    expect(resolvePatch('talk', { model: 'custom', shape, gpus: 2048 }).patch).toEqual({});
  });

  test('is found for any values whatever, and always makes a scenario', () => {
    const number = fc.oneof(fc.double(), fc.integer());
    const text = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('custom', 'fp64', '', 'constructor'));
    const junk = fc
      .subarray([...fieldKeys])
      .chain((keys) =>
        fc.record(
          Object.fromEntries(keys.map((key) => [key, fields[key].kind === 'number' ? number : text])),
        ),
      ) as fc.Arbitrary<Patch>;
    let cut = 0;
    fc.assert(
      fc.property(fc.oneof(patches, junk), (any) => {
        const { patch, dropped } = resolvePatch('talk', any);
        expect(resolve('talk', patch).ok).toBe(true);
        expect(Object.entries(any)).toEqual(expect.arrayContaining(Object.entries(patch)));
        expect(dropped.length > 0).toBe(Object.keys(patch).length < Object.keys(any).length);
        if (dropped.length > 0) cut++;
      }),
      { numRuns: 1_000, seed: SEED },
    );
    expect(cut).toBeGreaterThan(100);
  });
});
