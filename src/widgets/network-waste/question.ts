import { failed, type Outcome, type TrainingScenario } from '#estimator';
import type { FieldKey, Scenario } from '#scenario';
import { machineOf, precisionOf, settled, shapeOf, type StepQuestion } from '../step/question.ts';

const FIELDS: Readonly<Record<string, FieldKey>> = {
  tensorParallel: 'stepTensor',
  pipelineParallel: 'stepPipeline',
  virtualPipeline: 'stepChunks',
  gpus: 'gpus',
  globalBatch: 'globalBatch',
  precision: 'gpu',
};

/** The scenario of the page as one training step: ZeRO-1, selective recomputation, the model's own sequence length. */
export function questionOf(page: Scenario): Outcome<StepQuestion> {
  const { values, cluster, execution } = page;
  const model = shapeOf(values);
  if (!model)
    return failed({ code: 'missing', path: 'model', message: 'A step needs a model whose shape is known.' });
  const chunks = Number(values.stepChunks);
  const stages = Number(values.stepPipeline);
  const virtualPipeline = stages > 1 ? chunks : 1;
  const asked: TrainingScenario = {
    model,
    cluster: { ...machineOf(values.gpu, cluster.gpus), networkBandwidth: values.linkRate },
    parallelism: {
      tensorParallel: Number(values.stepTensor),
      pipelineParallel: stages,
      virtualPipeline,
      contextParallel: 1,
      expertParallel: 1,
      expertTensorParallel: 1,
      sequenceParallel: Number(values.stepTensor) > 1,
      zeroStage: 1,
    },
    microBatch: Number(values.stepMicro),
    globalBatch: execution.globalBatch,
    precision: precisionOf(page),
    recompute: 'selective',
    schedule: virtualPipeline > 1 ? 'interleaved' : '1f1b',
    framework: values.stepRules,
    fusedAttention: values.stepRules === 'megatron-core',
  };
  return settled(asked, FIELDS);
}
