import { expect, test } from 'vitest';
import { checkScenario, trainingStep, valueOrThrow } from '#estimator';
import { resolve, type Patch } from '#scenario';
import { memoryQuestionOf } from '../../../src/widgets/step/memory-question.ts';

const ask = (patch: Patch) => memoryQuestionOf(valueOrThrow(resolve('talk', patch)));

function scenarioOf(patch: Patch) {
  const question = ask(patch);
  if (!question.ok) throw new Error('It has an answer.');
  return question.value;
}

test('the running example fits its card, and nothing of it had to change', () => {
  const { scenario, changed } = scenarioOf({});
  expect(changed).toEqual([]);
  const step = trainingStep(scenario);
  expect(step.ok && step.value.issues).toEqual([]);
});

test('every choice of the form reaches the step', () => {
  const { scenario } = scenarioOf({
    stepTensor: '4',
    stepPipeline: '4',
    stepChunks: '2',
    stepContext: '2',
    stepZero: '3',
    stepSequence: 'whole',
    stepMicro: '2',
    memoryRules: 'fsdp',
    memoryGradients: '16-bit',
    memoryAttention: 'fused',
    recompute: 'full',
    sequence: 4096,
  });
  expect(scenario).toMatchObject({
    model: { sequence: 4096 },
    parallelism: {
      tensorParallel: 4,
      pipelineParallel: 4,
      virtualPipeline: 2,
      contextParallel: 2,
      zeroStage: 3,
      sequenceParallel: false,
    },
    microBatch: 2,
    framework: 'fsdp',
    gradientFormat: '16-bit',
    fusedAttention: true,
    recompute: 'full',
    schedule: 'interleaved',
  });
});

test('what cannot be split as asked takes the nearest legal split, and says so', () => {
  const { scenario, changed } = scenarioOf({ gpus: 1000 });
  expect(changed.map(({ name }) => name)).toContain('GPUs');
  expect(scenario.cluster.gpus % 64).toBe(0);
  expect(checkScenario(scenario)).toEqual([]);
});

test('a number typed for N changes no shape, and no memory', () => {
  expect(scenarioOf({ parameters: 1e9, sequence: 4096 }).scenario).toEqual(
    scenarioOf({ sequence: 4096 }).scenario,
  );
});

test('on fewer GPUs than the split needs, the split is narrowed and the GPUs stay', () => {
  const { scenario, changed } = scenarioOf({ model: 'llama3-70b', gpu: 'h100-sxm5-80gb', gpus: 16 });
  expect(scenario.cluster.gpus).toBe(16);
  expect(changed[0]).toEqual({ name: 'pipeline stages', from: 8, to: 2 });
  expect(checkScenario(scenario)).toEqual([]);
  const alone = scenarioOf({ gpus: 1, stepContext: '2' });
  expect(alone.scenario.parallelism).toMatchObject({
    tensorParallel: 1,
    pipelineParallel: 1,
    contextParallel: 1,
    virtualPipeline: 1,
    sequenceParallel: false,
  });
  expect(alone.changed.map(({ name }) => name)).toEqual([
    'pipeline stages',
    'context parallel',
    'tensor parallel',
  ]);
});
