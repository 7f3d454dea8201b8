import { failed, ok, type Outcome } from '../issues.ts';
import { candidatesOf } from './candidates.ts';
import { checkPlanning } from './check-question.ts';
import { Rejections } from './rejections.ts';
import { Search } from './search.ts';
import { spaceOf } from './space.ts';
import type { PlanningQuestion, PlanProgress, TrainingPlans } from './types.ts';

/** Plans between two reports of progress, at least. */
const REPORT = 8192;

/**
 * Searches every way to split a training step: tensor, pipeline, virtual pipeline, context and expert parallelism, ZeRO
 * stage, recomputation, sequence parallelism and micro-batch; data parallelism is what is left. A plan is legal when
 * `checkScenario` accepts it and fits when `memoryPerGpu` says so.
 *
 * Never worse than trying everything. What is left out is left out by a bound: state alone exceeds the memory; a smaller
 * micro-batch of the same layout did not fit in any way; or the layers' own passes and the bubble take longer than all of
 * the best, and a faster plan on the front needs no more memory. Deterministic; ties go to the simpler plan.
 *
 * A worker should get its question as JSON: V8 is slow with objects that a structured clone made.
 *
 * @returns a generator that yields its progress now and then and ends with the plans, or with the question's Issues
 */
export function* planTraining(
  question: PlanningQuestion,
): Generator<PlanProgress, Outcome<TrainingPlans>, void> {
  const issues = checkPlanning(question);
  if (issues.length > 0) return failed(...issues);
  const candidates = candidatesOf(question);
  const rejections = new Rejections();
  const groups = spaceOf(question, candidates, rejections);
  const search = new Search(question, candidates, rejections);
  const each = candidates.zeroStage.length * candidates.recompute.length;
  const total = groups.reduce(
    (sum, { rows }) => sum + rows.reduce((all, { microBatches }) => all + microBatches.length * each, 0),
    0,
  );
  let reported = 0;
  for (const group of groups)
    for (const _ of search.group(group)) {
      if (search.evaluated - reported < REPORT) continue;
      reported = search.evaluated;
      yield { evaluated: reported, total };
    }
  return ok({
    ...search.ranking.plans(question),
    rejected: rejections.list(question),
    evaluations: search.evaluated,
    computed: search.computed,
  });
}

/** {@link planTraining} to its end, for those who need not stay responsive. */
export function bestTraining(question: PlanningQuestion): Outcome<TrainingPlans> {
  const search = planTraining(question);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}
