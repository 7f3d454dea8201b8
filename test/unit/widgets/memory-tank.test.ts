import { describe, expect, test } from 'vitest';
import { GIB, memoryPerGpu, type TrainingScenario } from '#estimator';
import type { Patch } from '#scenario';
import { memoryTankSpec } from '../../../src/widgets/memory-tank/spec.ts';
import { partsOf } from '../../../src/widgets/memory-tank/stages.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

const of = (patch: Patch = {}) => answerOf(memoryTankSpec, patch).view;
const LLAMA_ON_16 = { model: 'llama3-70b', gpu: 'h100-sxm5-80gb', gpus: 16 } as const;

describe('the memory tank', () => {
  test('starts with the running example: a stage of eight, a third of the card, and what ZeRO-1 takes off', () => {
    const view = of();
    expect(view.fits).toBe(true);
    expect(view.stages).toHaveLength(8);
    expect(view.fullest).toBe(0);
    expect(sentenceOf(view)).toBe(
      'GPT-3 175B fits on 1,024 A800: the fullest GPU, on stage 1 of 8, holds 25.5 of its 80 GiB, 12.5 GiB of it weights, gradients and optimizer. With nothing shared out it would hold 55.1 GiB.',
    );
    expect(view.note).toBe('Split: tensor 8, stages 8 in 12 chunks, replicas 16.');
    expect(view.cases.map(({ sends }) => sends)).toEqual([
      'sends 10.6 GB a step',
      'sends 10.6 GB a step',
      'sends 10.6 GB a step',
      'sends 10.6 GB a step',
    ]);
  });

  test('answers whether Llama 3 70B fits on 16 H100, why not, and what to do', () => {
    const view = of(LLAMA_ON_16);
    expect(sentenceOf(view)).toMatch(
      /^Llama 3 70B does not fit on 16 H100: the fullest GPU, on stage 1 of 2, needs 94\.2 of 79\.6 GiB, 14\.6 too many\. Weights, gradients and optimizer take 65\.7 GiB, activations [\d.]+ GiB\. One replica: ZeRO has nothing to share out\.$/,
    );
    expect(view.note).toContain('nearest: pipeline stages 2 instead of 8');
    expect(view.fix?.text).toMatch(/^full recomputation \([\d.]+ GiB, steps \d+% longer\)$/);
    const fixed = of({ ...LLAMA_ON_16, ...(view.fix?.changes as Patch) });
    expect(fixed.fits).toBe(true);
    expect(sentenceOf(fixed)).toContain('One replica: ZeRO has nothing to share out.');
  });

  test('names what else takes a tenth or more of what does not fit', () => {
    expect(sentenceOf(of({ model: 'llama3-70b', sequence: 131_072, globalBatch: 16 }))).toMatch(
      /activations [\d.]+ GiB, the backward pass of one layer [\d,.]+ GiB\./,
    );
  });

  test('counts the replicas of experts that tensor parallelism does not split', () => {
    const view = of({ model: 'deepseek-v3', gpu: 'h100-sxm5-80gb', gpus: 8 });
    expect(view.note).toMatch(/^Split: tensor 8, stages 1, replicas 1, of experts 8\./);
    expect(sentenceOf(view)).not.toContain('one replica');
  });

  test('warns of a card that is nearly full, which published runs could not use', () => {
    expect(of().verdict).toBe('It fits as it is.');
    const tight = of({ ...LLAMA_ON_16, recompute: 'full' });
    const used = Math.max(...tight.stages.map(({ total }) => total)) / tight.capacity;
    expect([used > 0.9, used <= 1, tight.fits]).toEqual([true, true, true]);
    expect(tight.verdict).toMatch(/^It fits with less than a tenth of the card to spare: /);
  });

  test('still draws and says by how much when nothing can help on these GPUs', () => {
    const view = of({ ...LLAMA_ON_16, model: 'llama3-405b' });
    expect(view.note).toMatch(/Even shared out over all GPUs, the state alone would be \d+ GiB on each\.$/);
    expect(view.stages.length).toBeGreaterThan(0);
    expect(view.fix?.text).toMatch(/\d+ GPUs/);
  });

  test('without sharing says what ZeRO-1 would bring', () => {
    expect(sentenceOf(of({ stepZero: '0' }))).toMatch(/ZeRO-1 would take it to 25\.5 GiB\.$/);
  });

  test('names every degree that is above one', () => {
    const view = of({
      model: 'mixtral-8x7b',
      stepContext: '2',
      stepExpert: '4',
      stepPipeline: '1',
      stepChunks: '1',
    });
    expect(view.note).toMatch(
      /^Split: tensor 8, stages 1, context 2, experts 4, replicas 64, of experts 256\./,
    );
  });

  test('draws what the estimator counts: parts sum to the total, for any state', () => {
    for (const patch of answered(memoryTankSpec, 60)) {
      const { stages, fullest, capacity, cases, fits } = of(patch);
      for (const { parts, total } of [...stages, ...cases]) {
        const sum = parts.reduce((all, part) => all + part, 0);
        expect(Math.abs(sum / total - 1)).toBeLessThan(1e-9);
      }
      expect(Math.max(...stages.map(({ total }) => total))).toBe(stages[fullest]!.total);
      expect(cases.find(({ current }) => current)!.total).toBe(stages[fullest]!.total);
      expect(fits).toBe(stages[fullest]!.total <= capacity);
    }
  });

  test('every button keeps its promise: what it sets fits', () => {
    const GPUS = ['a800-sxm4-80gb', 'v100-sxm2-32gb', 'h100-sxm5-80gb'];
    const MODELS = ['gpt3-175b', 'llama3-405b', 'mixtral-8x7b', 'deepseek-v3'];
    let buttons = 0;
    for (const model of MODELS)
      for (const gpu of GPUS)
        for (const gpus of [1, 8, 48, 64, 200, 512])
          for (const stepPipeline of ['1', '8']) {
            const patch: Patch = { model, gpu, gpus, stepPipeline };
            const { fix } = of(patch);
            if (!fix) continue;
            buttons += 1;
            expect(of({ ...patch, ...(fix.changes as Patch) }).fits, JSON.stringify(patch)).toBe(true);
          }
    expect(buttons).toBeGreaterThan(60);
  });

  test('asks for experts only where there are some', () => {
    const { scenario } = answerOf(memoryTankSpec);
    expect(memoryTankSpec.hides!(scenario.values)).toEqual(['stepExpert']);
    expect(memoryTankSpec.hides!({ ...scenario.values, model: 'deepseek-v3' })).toEqual([]);
  });

  test('a number typed for N changes no shape, and no tank', () => {
    expect(sentenceOf(of({ parameters: 1e9 }))).toBe(sentenceOf(of()));
  });
});

test('every part of memory is drawn once', () => {
  const [, asked = ''] = /const scenario = ([\s\S]*?);\nconsole/.exec(of().code) ?? [];
  const { parts } = memoryPerGpu(JSON.parse(asked) as TrainingScenario);
  const sum = Object.values<number>({ ...parts }).reduce((all, part) => all + part, 0);
  expect(partsOf(parts).reduce((all, part) => all + part, 0)).toBeCloseTo(sum, -1);
  expect(sum / GIB).toBeCloseTo(25.5, 1);
});
