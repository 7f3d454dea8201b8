import { failed, ok, type Outcome, type TrainingScenario } from '#estimator';
import type { FieldKey, Scenario, Values } from '#scenario';
import { machineOf, precisionOf, settled, shapeOf, type StepQuestion } from './question.ts';

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

type Split = TrainingScenario['parallelism'];

function splitOf(values: Values): Split {
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
    zeroStage: Number(values.stepZero) as Split['zeroStage'],
  };
}

/** Narrowed in this order, because stages cost the least to give up. */
const NARROWED = [
  ['pipelineParallel', 'pipeline stages'],
  ['contextParallel', 'context parallel'],
  ['tensorParallel', 'tensor parallel'],
] as const;

/** On fewer GPUs than it needs a split is halved, and not the question changed: whether it fits on these is asked. */
function within(asked: Split, gpus: number): { split: Split; changed: StepQuestion['changed'] } {
  const ways = ({ tensorParallel, pipelineParallel, contextParallel }: Split): number =>
    tensorParallel * pipelineParallel * contextParallel;
  let split = asked;
  for (const [path] of NARROWED)
    while (ways(split) > gpus && split[path] > 1) split = { ...split, [path]: split[path] / 2 };
  const changed = NARROWED.flatMap(([path, name]) =>
    split[path] === asked[path] ? [] : [{ name, from: asked[path], to: split[path] }],
  );
  const virtualPipeline = split.pipelineParallel > 1 ? split.virtualPipeline : 1;
  const sequenceParallel = split.tensorParallel > 1 && split.sequenceParallel;
  return { split: { ...split, virtualPipeline, sequenceParallel }, changed };
}

/** The split that the reader chose, or as much of it as the GPUs allow. */
export const splitWithin = (values: Values, gpus: number): ReturnType<typeof within> =>
  within(splitOf(values), gpus);

/** The step that the page describes, with the split, ZeRO stage, framework and kernels that the reader chose. */
export function memoryQuestionOf(page: Scenario): Outcome<StepQuestion> {
  const { values, cluster, execution } = page;
  const shape = shapeOf(values);
  if (!shape)
    return failed({ code: 'missing', path: 'model', message: 'Memory needs a model whose shape is known.' });
  const { split: parallelism, changed } = splitWithin(values, cluster.gpus);
  const asked: TrainingScenario = {
    model: { ...shape, sequence: values.sequence },
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
  const question = settled(asked, FIELDS);
  return question.ok ? ok({ ...question.value, changed: [...changed, ...question.value.changed] }) : question;
}
