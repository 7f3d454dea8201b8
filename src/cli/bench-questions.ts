/** The questions that `bench` puts to the planner: models and machines of the catalogue. */
import type { PlanningQuestion } from '#estimator';
import { clusterOf, modelById } from './records.ts';

export interface NamedQuestion {
  readonly name: string;
  readonly question: PlanningQuestion;
}

const named = (
  name: string,
  model: string,
  [node, gpus]: readonly [string, number],
  globalBatch: number,
): NamedQuestion => ({
  name,
  question: {
    model: modelById(model),
    cluster: clusterOf(node, gpus),
    precision: 'bf16',
    globalBatch,
    framework: 'megatron-core',
  },
});

/** Batches: GPT-3's 3.2M tokens; Llama 3's 16M of 8,192; that of Narayanan 2021, table 1; DeepSeek-V3's 15,360. */
export const benchQuestions = (): readonly NamedQuestion[] => [
  named('GPT-3 175B on 1,024 A800', 'gpt3-175b', ['hgx-a800', 1024], 1536),
  named('Llama 3 405B on 16,384 H100', 'llama3-405b', ['dgx-h100', 16384], 2048),
  named('1T on 16,384 H100', 'megatron-1t', ['dgx-h100', 16384], 3072),
  named('DeepSeek-V3 on 2,048 H800', 'deepseek-v3', ['hgx-h800', 2048], 15360),
];
