import { failed, type Outcome, type TrainingScenario } from '#estimator';
import type { FieldKey, Scenario, Values } from '#scenario';
import { machineOf, precisionOf, settled, type StepQuestion } from './question.ts';

/** Which field of the form an issue of the estimator belongs to. */
const FIELDS: Readonly<Record<string, FieldKey>> = {
  tensorParallel: 'stepTensor',
  pipelineParallel: 'stepPipeline',
  virtualPipeline: 'stepChunks',
  contextParallel: 'stepContext',
  expertParallel: 'stepExpert',
  zeroStage: 'stepZero',
  microBatch: 'stepMicro',
  recompute: 'recompute',
  framework: 'memoryRules',
  gpus: 'gpus',
  globalBatch: 'globalBatch',
  precision: 'gpu',
};

function splitOf(values: Values): TrainingScenario['parallelism'] {
  const pipelineParallel = Number(values.stepPipeline);
  const tensorParallel = Number(values.stepTensor);
  return {
    tensorParallel,
    pipelineParallel,
    virtualPipeline: pipelineParallel > 1 ? Number(values.stepChunks) : 1,
    contextParallel: Number(values.stepContext),
    expertParallel: Number(values.stepExpert),
    expertTensorParallel: 1,
    sequenceParallel: tensorParallel > 1 && values.stepSequence === 'split',
    zeroStage: Number(values.stepZero) as TrainingScenario['parallelism']['zeroStage'],
  };
}

/** The step that the page describes, with the split, ZeRO stage, framework and kernels that the reader chose. */
export function memoryQuestionOf(page: Scenario): Outcome<StepQuestion> {
  const { values, cluster, execution, model } = page;
  if (!model.shape)
    return failed({ code: 'missing', path: 'model', message: 'Memory needs a model whose shape is known.' });
  const parallelism = splitOf(values);
  const asked: TrainingScenario = {
    model: model.shape,
    cluster: { ...machineOf(values.gpu, cluster.gpus), networkBandwidth: values.linkRate },
    parallelism,
    microBatch: Number(values.stepMicro),
    globalBatch: execution.globalBatch,
    precision: precisionOf(page),
    recompute: execution.recompute,
    schedule: parallelism.virtualPipeline > 1 ? 'interleaved' : '1f1b',
    framework: values.memoryRules,
    fusedAttention: values.memoryAttention === 'fused',
    ...(values.memoryGradients === 'own' ? {} : { gradientFormat: values.memoryGradients }),
  };
  return settled(asked, FIELDS);
}
