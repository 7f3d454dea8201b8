import { expect } from 'vitest';
import {
  bestTraining,
  trainingStep,
  type Choice,
  type Plan,
  type PlanningQuestion,
  type TrainingPlans,
} from '#estimator';
import { candidatesOf, sequenceChoices } from '../../../../src/estimator/planner/candidates.ts';
import { compareChoices, scenarioOf } from '../../../../src/estimator/planner/choice.ts';
import { contradictionsOf } from '../../../../src/estimator/training/contradictions.ts';

function everyChoice(asked: PlanningQuestion): readonly Choice[] {
  const candidates = candidatesOf(asked);
  const all: Choice[] = [];
  for (const tensorParallel of candidates.tensorParallel)
    for (const sequenceParallel of sequenceChoices(candidates, tensorParallel))
      for (const pipelineParallel of candidates.pipelineParallel)
        for (const virtualPipeline of candidates.virtualPipeline)
          for (const contextParallel of candidates.contextParallel)
            for (const expertParallel of candidates.expertParallel)
              for (const microBatch of candidates.microBatch)
                for (const zeroStage of candidates.zeroStage)
                  for (const recompute of candidates.recompute)
                    all.push({
                      tensorParallel,
                      sequenceParallel,
                      pipelineParallel,
                      virtualPipeline,
                      contextParallel,
                      expertParallel,
                      microBatch,
                      zeroStage,
                      recompute,
                    });
  return all;
}

/** The planner's answer by trying everything, one whole step at a time. */
export function bruteForce(asked: PlanningQuestion) {
  const rejected = new Map<string, number>();
  const reject = (path: string): void => void rejected.set(path, (rejected.get(path) ?? 0) + 1);
  const fitting: (Plan & { readonly choice: Choice })[] = [];
  let legal = 0;
  let nearest = Infinity;
  for (const choice of everyChoice(asked)) {
    const scenario = scenarioOf(asked, choice);
    const [wrong] = contradictionsOf(scenario);
    if (wrong) {
      reject(wrong.path);
      continue;
    }
    const step = trainingStep(scenario);
    if (!step.ok) throw new Error(JSON.stringify(step.issues));
    legal += 1;
    const { seconds, memory } = step.value;
    if (memory.total > asked.cluster.gpu.memory) {
      reject('memory');
      nearest = Math.min(nearest, memory.total);
    } else fitting.push({ scenario, seconds, memory: memory.total, choice });
  }
  fitting.sort((a, b) => a.seconds - b.seconds || a.memory - b.memory || compareChoices(a.choice, b.choice));
  let least = Infinity;
  const front = fitting.filter(({ memory }) => {
    const better = memory < least;
    least = Math.min(least, memory);
    return better;
  });
  const bare = ({ scenario, seconds, memory }: Plan): Plan => ({ scenario, seconds, memory });
  return {
    rejected,
    legal,
    nearest,
    best: fitting.slice(0, asked.best ?? 10).map(bare),
    front: front.map(bare),
  };
}

export function plansOf(asked: PlanningQuestion): TrainingPlans {
  const outcome = bestTraining(asked);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

/** Best, front, what is rejected and why, and the example that came nearest to fitting. */
export function expectNoneMissed(plans: TrainingPlans, truth: ReturnType<typeof bruteForce>): void {
  expect(plans.evaluations).toBe(truth.legal);
  expect(plans.best).toEqual(truth.best);
  expect(plans.front).toEqual(truth.front);
  expect(new Map(plans.rejected.map(({ path, plans: count }) => [path, count]))).toEqual(truth.rejected);
  const memory = plans.rejected.find(({ path }) => path === 'memory');
  if (!memory) return;
  const step = trainingStep(memory.examples[0]!.scenario);
  expect(step.ok && step.value.memory.total).toBe(truth.nearest);
}
