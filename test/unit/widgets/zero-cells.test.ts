import { describe, expect, test } from 'vitest';
import type { Run } from '#catalog/run-file.ts';
import { readGpus, readModels, readRuns } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import { checkScenario, memoryPerGpu, trainingStep } from '#estimator';
import { scenarioOfRun } from '#validation/scenario-of-run.ts';
import type { RunCatalog } from '#catalog/run-point.ts';
import { bandsOf, placesOf } from '../../../src/widgets/memory-timeline/axis.ts';
import { LAYERS, stackOf } from '../../../src/widgets/memory-timeline/layers.ts';
import { memoryTimelineSpec } from '../../../src/widgets/memory-timeline/spec.ts';
import { memoryQuestionOf } from '../../../src/widgets/step/memory-question.ts';
import { whoHoldsWhatSpec } from '../../../src/widgets/who-holds-what/spec.ts';
import { stretchesOf } from '../../../src/widgets/zero-or-tensor/curves.ts';
import {
  errorsOf,
  measuredRuns,
  nearestRuns,
  scenarioOfCompared,
} from '../../../src/widgets/zero-or-tensor/measured.ts';
import { zeroOrTensorSpec } from '../../../src/widgets/zero-or-tensor/spec.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

describe('who holds what', () => {
  test('starts in the middle of ZeRO-3’s backward pass, and says what that costs and saves', () => {
    const { view } = answerOf(whoHoldsWhatSpec);
    expect(sentenceOf(view)).toMatch(/^ZeRO-3 on 4 GPUs, backward pass of layer 2: .*all-gather/);
    expect(sentenceOf(view)).toContain('1.5× as much as DDP');
    expect(view.moment.kind).toBe('backward');
  });

  test('shows all four schemes at the same moment, each higher one holding no more', () => {
    for (const patch of [{}, ...answered(whoHoldsWhatSpec, 40)]) {
      const { schemes, moment, most } = answerOf(whoHoldsWhatSpec, patch).view;
      expect(schemes.map(({ name }) => name)).toEqual(['DDP', 'ZeRO-1', 'ZeRO-2', 'ZeRO-3']);
      expect(schemes.filter(({ chosen }) => chosen)).toHaveLength(1);
      expect(schemes.find(({ chosen }) => chosen)?.bytes.total).toBe(moment.bytes.total);
      const held = schemes.map(({ bytes }) => bytes.total);
      held.slice(1).forEach((bytes, i) => expect(bytes).toBeLessThanOrEqual(held[i]! * (1 + 1e-12)));
      expect(held[0]).toBeLessThanOrEqual(most);
    }
  });

  test('has a row in its table for every moment, and stays at the last one past it', () => {
    const { view } = answerOf(whoHoldsWhatSpec, { holdLayers: '2', holdMoment: 15 });
    expect(view.table.rows).toHaveLength(view.last + 1);
    expect(view.at).toBe(view.last);
    expect(view.moment.kind).toBe('end');
  });

  test('speaks of what happens at each moment of each scheme', () => {
    const said = (holdStage: '0' | '1' | '2' | '3', holdMoment: number): string =>
      sentenceOf(answerOf(whoHoldsWhatSpec, { holdStage, holdMoment }).view);
    expect(said('0', 0)).toContain('before the step: nothing is sent');
    expect(said('0', 4)).toContain('backward pass of layer 3: nothing is sent');
    expect(said('0', 5)).toContain('summed over all GPUs (all-reduce');
    expect(said('0', 5)).not.toContain('DDP’s');
    expect(said('1', 5)).toContain('reduce-scatter');
    expect(said('1', 10)).toContain('updates what it has the optimizer state of');
    expect(said('1', 11)).toContain('hands its share to the others (all-gather');
    expect(said('2', 5)).toContain('as much as DDP');
    expect(said('3', 1)).toContain('the weights of layer 1 are gathered');
    expect(said('3', 11)).toContain('nobody has to be told');
  });
});

describe('memory through one step', () => {
  test('peaks where the memory estimate of the same stage says, in any state', () => {
    for (const patch of [{}, ...answered(memoryTimelineSpec, 40)]) {
      const { view, scenario } = answerOf(memoryTimelineSpec, patch);
      const question = memoryQuestionOf(scenario);
      if (!question.ok) throw new Error('It had an answer.');
      const { stages } = memoryPerGpu(question.value.scenario);
      const { stage } = view.timeline;
      expect(stage.total).toBe(stages[stage.stage]!.total);
      if (scenario.values.watchedStage === 'fullest')
        expect(stage.total).toBe(Math.max(...stages.map(({ total }) => total)));
    }
  });

  test('says whether it fits, and by how much not', () => {
    expect(sentenceOf(answerOf(memoryTimelineSpec).view)).toMatch(
      /^Stage 1 of 8 .* it fits, [\d.]+ GiB to spare\.$/,
    );
    const { view } = answerOf(memoryTimelineSpec, { recompute: 'none', stepMicro: '8' });
    expect(sentenceOf(view)).toMatch(/GiB too much\.$/);
    const alone = answerOf(memoryTimelineSpec, { stepPipeline: '1', stepChunks: '1' }).view;
    expect(sentenceOf(alone)).toMatch(/^Every GPU holds/);
    expect(sentenceOf(alone)).toContain('one micro-batch under way');
  });

  test('recomputation and a smaller micro-batch lower the peak', () => {
    const peak = (patch: Parameters<typeof answerOf>[1]): number =>
      answerOf(memoryTimelineSpec, patch).view.timeline.stage.total;
    expect(peak({ recompute: 'full' })).toBeLessThan(peak({}));
    expect(peak({ recompute: 'none' })).toBeGreaterThan(peak({}));
    expect(peak({ stepMicro: '2' })).toBeGreaterThan(peak({}));
  });

  test('watches the stage that is asked for', () => {
    const stage = (watchedStage: 'first' | 'middle' | 'last'): number =>
      answerOf(memoryTimelineSpec, { watchedStage }).view.timeline.stage.stage;
    expect([stage('first'), stage('middle'), stage('last')]).toEqual([0, 3, 7]);
  });

  test('draws time from left to right, kinds on top of each other, and phases side by side', () => {
    for (const patch of [
      {},
      { stepChunks: '1' },
      { stepPipeline: '1' },
      ...answered(memoryTimelineSpec, 40),
    ]) {
      const { timeline } = answerOf(memoryTimelineSpec, patch).view;
      const at = placesOf(timeline);
      expect(at(0)).toBe(0);
      expect(at(timeline.seconds)).toBeCloseTo(1, 9);
      const places = timeline.moments.map(({ time }) => at(time));
      places.slice(1).forEach((place, i) => expect(place).toBeGreaterThanOrEqual(places[i]! - 1e-12));
      const rows = stackOf(timeline);
      expect(rows).toHaveLength(LAYERS.length);
      const top = rows.at(-1)!.upper as readonly number[];
      expect(Math.max(...top) / timeline.stage.total).toBeCloseTo(1, 9);
      const bands = bandsOf(timeline);
      bands.slice(1).forEach((band, i) => expect(band.left).toBeCloseTo(bands[i]!.right, 9));
      expect(new Set(bands.map(({ label }) => label)).size).toBeGreaterThan(1);
    }
  });
});

describe('ZeRO-3 or tensor parallel', () => {
  const catalog = {
    gpus: readGpus().map((gpu) => stripSources(gpu)),
    models: readModels().map((model) => stripSources(model)),
  } as unknown as RunCatalog;
  const published = new Map(readRuns().map((run: Run) => [run.id, run]));

  test('compares all twelve runs of Narayanan 2021, Table 2, each with the scenario that validation gives it', () => {
    expect(measuredRuns()).toHaveLength(12);
    for (const { run, predictedSeconds, error } of measuredRuns()) {
      const made = scenarioOfRun(published.get(run.id)!, catalog);
      if (!made.ok) throw new Error(made.reason);
      const step = trainingStep(made.scenario);
      if (!step.ok) throw new Error('It is legal.');
      expect(predictedSeconds / step.value.seconds).toBeCloseTo(1, 6);
      expect(error).toBeCloseTo(predictedSeconds / run.seconds - 1, 12);
      expect(checkScenario(scenarioOfCompared(run)!)).toEqual([]);
    }
  });

  test('what it says of its error is the error of those runs', () => {
    const errors = measuredRuns().map(({ error }) => Math.abs(error));
    const { median, worst } = errorsOf();
    expect(worst).toBe(Math.max(...errors));
    expect(errors.filter((error) => error <= median)).toHaveLength(6);
    // Megatron's six are known to 4%; DeepSpeed's, whose gathers wait, to 18%.
    expect(worst).toBeLessThan(0.2);
    expect(median).toBeLessThan(0.06);
  });

  test('measured MFU leaves recomputation out of what the paper prints', () => {
    for (const { run, mfu } of measuredRuns()) {
      expect(mfu).toBeLessThan(run.hardwareRate / 312e12);
      expect(mfu / (run.hardwareRate / 312e12)).toBeCloseTo(0.755, 1);
    }
  });

  test('puts rings of the model that is nearest in size', () => {
    expect(nearestRuns(175e9).map(({ run }) => run.gpus)).toEqual([384, 768, 1536, 384, 768, 1536]);
    expect(nearestRuns(1e12).map(({ run }) => run.parameters)).toEqual(
      Array.from({ length: 6 }, () => 529.6e9),
    );
  });

  test('doubling the GPUs at one batch halves ZeRO-3’s rate, and hardly that of the other way', () => {
    const { pairs } = answerOf(zeroOrTensorSpec).view;
    const at = (gpus: number) => pairs.find((pair) => pair.gpus === gpus)!;
    expect(at(2048).sharded!.mfu / at(1024).sharded!.mfu).toBeLessThan(0.65);
    expect(at(2048).split!.mfu / at(1024).split!.mfu).toBeGreaterThan(0.9);
  });

  test('says both ways’ step and MFU, and that ZeRO-3 ends with the batch', () => {
    expect(sentenceOf(answerOf(zeroOrTensorSpec).view)).toMatch(
      /^On 1,024 A800, ZeRO-3 takes .*; tensor parallelism in 8 and 8 stages takes .*× as fast\. On the 12 published runs, of 175B and 530B,/,
    );
    const beyond = sentenceOf(answerOf(zeroOrTensorSpec, { gpus: 4096 }).view);
    expect(beyond).toContain('ZeRO-3 has no sequence for each GPU in a batch of 2,048');
    const small = sentenceOf(answerOf(zeroOrTensorSpec, { model: 'gpt3-1-3b', gpus: 64 }).view);
    expect(small).toContain('plain data parallelism, which is all it takes,');
    expect(sentenceOf(answerOf(zeroOrTensorSpec, { gpus: 16 }).view)).toContain('(it would not fit)');
  });

  test('counts weights twice and gradients once for each micro-batch, FSDP’s gradients double', () => {
    const crossings = (patch: Parameters<typeof answerOf>[1]): string | undefined =>
      answerOf(zeroOrTensorSpec, patch).view.equations[0]?.numbers['crossings'];
    expect(crossings({})).toBe('3');
    expect(crossings({ gpus: 128 })).toBe('24');
    expect(crossings({ duelSoftware: 'now' })).toBe('4');
    // Past the batch: what it would be with a sequence each.
    expect(crossings({ gpus: 4096 })).toBe('3');
  });

  test('has no answer where neither way has a sequence for every replica', () => {
    expect(() =>
      answerOf(zeroOrTensorSpec, { model: 'gpt3-125m', globalBatch: 1, gpus: 100_000_000 }),
    ).toThrow('more replicas than sequences');
  });

  test('cuts a curve where it begins to fit, and skips what cannot run', () => {
    const way = (gpus: number, fits: boolean) =>
      ({ fits, mfu: gpus / 100, scenario: { cluster: { gpus } } }) as Parameters<
        typeof stretchesOf
      >[0][number];
    expect(stretchesOf([way(1, false), null, way(2, true), way(3, true)])).toEqual([
      {
        fits: false,
        points: [
          [1, 0.01],
          [2, 0.02],
        ],
      },
      {
        fits: true,
        points: [
          [2, 0.02],
          [3, 0.03],
        ],
      },
    ]);
    expect(stretchesOf([null])).toEqual([]);
  });
});
