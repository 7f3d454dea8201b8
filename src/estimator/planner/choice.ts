import { FRAMEWORK_RULES, keepsScoresOnChip } from '../step/rules.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Choice, PlanningQuestion } from './types.ts';

/** The schedule of a plan with so many chunks a stage. */
export const scheduleOf = (question: PlanningQuestion, chunks: number): TrainingScenario['schedule'] =>
  question.schedule ?? (chunks > 1 ? 'interleaved' : '1f1b');

/** One of everything: what is not yet chosen. */
export const ALONE: Choice = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualPipeline: 1,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  zeroStage: 0,
  recompute: 'none',
  sequenceParallel: false,
};

const fusedAttentionOf = ({ framework, kernels, fusedAttention }: PlanningQuestion): boolean =>
  fusedAttention ??
  keepsScoresOnChip({ attention: kernels?.attention ?? FRAMEWORK_RULES[framework].attention });

/** The whole scenario of a choice. */
export function scenarioOf(question: PlanningQuestion, choice: Choice): TrainingScenario {
  const { model, cluster, precision, globalBatch, framework, kernels, gradientFormat } = question;
  return {
    model,
    cluster,
    // Field by field: it is made for every cut, and a rest of fields takes longer than the rest.
    parallelism: {
      tensorParallel: choice.tensorParallel,
      pipelineParallel: choice.pipelineParallel,
      virtualPipeline: choice.virtualPipeline,
      contextParallel: choice.contextParallel,
      expertParallel: choice.expertParallel,
      expertTensorParallel: 1,
      sequenceParallel: choice.sequenceParallel,
      zeroStage: choice.zeroStage,
    },
    microBatch: choice.microBatch,
    globalBatch,
    precision,
    recompute: choice.recompute,
    schedule: scheduleOf(question, choice.virtualPipeline),
    framework,
    fusedAttention: fusedAttentionOf(question),
    ...(kernels === undefined ? undefined : { kernels }),
    ...(gradientFormat === undefined ? undefined : { gradientFormat }),
  };
}

const RECOMPUTE = { none: 0, selective: 1, full: 2 } as const;

/** What decides between plans that are equally fast and large, most telling first: the simpler one wins. */
const inOrder = (choice: Choice): readonly number[] => [
  RECOMPUTE[choice.recompute],
  choice.zeroStage,
  choice.tensorParallel,
  Number(choice.sequenceParallel),
  choice.pipelineParallel,
  choice.virtualPipeline,
  choice.contextParallel,
  choice.expertParallel,
  choice.microBatch,
];

/** Below 0 where the one choice comes before the other. */
export function compareChoices(a: Choice, b: Choice): number {
  const others = inOrder(b);
  return inOrder(a).reduce((order, value, i) => order || value - others[i]!, 0);
}
