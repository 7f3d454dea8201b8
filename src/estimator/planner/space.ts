import {
  batchContradictions,
  expertContradictions,
  interleavingContradictions,
  sliceContradictions,
  splitContradictions,
  stageContradictions,
  type Contradiction,
  type SplitField,
} from '../training/contradictions.ts';
import { firstChoice, sequenceChoices, type Candidates } from './candidates.ts';
import { scenarioOf, scheduleOf } from './choice.ts';
import { layoutOf, type Layout } from './layouts.ts';
import type { Rejections } from './rejections.ts';
import type { Choice, PlanningQuestion } from './types.ts';

/** One number of stages: its legal layouts and expert-parallel degrees. */
interface Stages {
  readonly pipelineParallel: number;
  /** Chunks a stage of its legal layouts. */
  readonly chunks: readonly number[];
  /** The layout with so many, made when it is first asked for: few are part of a legal plan. */
  readonly layout: (virtualPipeline: number) => Layout;
  readonly experts: ReadonlySet<number>;
  readonly wrongStages: readonly (readonly [Contradiction, number])[];
  readonly wrongExperts: readonly (readonly [Contradiction, number])[];
}

/** A legal layout with the replicas it leaves room for and their legal micro-batches. */
export interface Row {
  readonly layout: Layout;
  readonly dataParallel: number;
  readonly microBatches: readonly number[];
  readonly experts: ReadonlySet<number>;
}

/** The rows of a cut, and how many plans contradict each field. */
interface Rows {
  readonly rows: readonly Row[];
  readonly wrong: ReadonlyMap<SplitField, number>;
}

/** Plans that share a layer's cut, but for the micro-batch. */
export interface Group extends Pick<
  Choice,
  'tensorParallel' | 'contextParallel' | 'sequenceParallel' | 'expertParallel'
> {
  readonly rows: readonly Row[];
}

/** The rules about stages and experts, asked once for each number of stages. */
function stagesOf(question: PlanningQuestion, candidates: Candidates, first: Choice): readonly Stages[] {
  const { model, framework, cluster } = question;
  return candidates.pipelineParallel.map((pipelineParallel) => {
    const wrongStages: [Contradiction, number][] = [];
    const wrongExperts: [Contradiction, number][] = [];
    const chunks: number[] = [];
    const layouts = new Map<number, Layout>();
    const experts = new Set<number>();
    for (const virtualPipeline of candidates.virtualPipeline) {
      const parallelism = { pipelineParallel, virtualPipeline };
      const schedule = scheduleOf(question, virtualPipeline);
      const [wrong] = stageContradictions({ model, framework, schedule, cluster, parallelism });
      if (wrong) wrongStages.push([wrong, virtualPipeline]);
      else chunks.push(virtualPipeline);
    }
    const layout = (virtualPipeline: number): Layout => {
      const known = layouts.get(virtualPipeline);
      if (known) return known;
      const made = layoutOf(scenarioOf(question, { ...first, pipelineParallel, virtualPipeline }));
      layouts.set(virtualPipeline, made);
      return made;
    };
    for (const expertParallel of candidates.expertParallel) {
      const ranks = cluster.gpus / pipelineParallel;
      const [wrong] = expertContradictions(model, { expertParallel, expertTensorParallel: 1 }, ranks);
      if (wrong) wrongExperts.push([wrong, expertParallel]);
      else experts.add(expertParallel);
    }
    return { pipelineParallel, chunks, layout, experts, wrongStages, wrongExperts };
  });
}

/**
 * The legal space in groups, and the tally of what is not legal. The rules are those of `checkScenario`, each asked once
 * for all plans that share what it looks at, in the same order: a plan counts under its first issue.
 */
export function spaceOf(
  question: PlanningQuestion,
  candidates: Candidates,
  rejections: Rejections,
): readonly Group[] {
  const { model, cluster, globalBatch, framework } = question;
  const first = firstChoice(candidates);
  const each = candidates.zeroStage.length * candidates.recompute.length;
  const microBatches = candidates.microBatch.length;
  const perLayout = candidates.expertParallel.length * microBatches * each;
  const perCut = candidates.pipelineParallel.length * candidates.virtualPipeline.length * perLayout;
  const pipelines = stagesOf(question, candidates, first);
  const groups: Group[] = [];
  const byRanks = new Map<number, Rows>();

  /** Stages, replicas and micro-batches see of a cut only how many ranks it takes. */
  function rowsOf(cut: Choice): readonly Row[] {
    const ranks = cut.tensorParallel * cut.contextParallel;
    const known = byRanks.get(ranks);
    if (known) {
      for (const [path, plans] of known.wrong) rejections.more(path, plans);
      return known.rows;
    }
    const rows: Row[] = [];
    const wrongs = new Map<SplitField, number>();
    const reject = (wrong: Contradiction, plans: number, choice: Choice, changes?: Partial<Choice>): void => {
      wrongs.set(wrong.path, (wrongs.get(wrong.path) ?? 0) + plans);
      rejections.add(wrong, plans, choice, changes);
    };
    for (const stages of pipelines) {
      const { pipelineParallel, chunks } = stages;
      for (const [wrong, virtualPipeline] of stages.wrongStages)
        reject(wrong, perLayout, cut, { pipelineParallel, virtualPipeline });
      if (chunks.length === 0) continue;
      const choice = { ...cut, pipelineParallel, virtualPipeline: chunks[0]! };
      const ways = ranks * pipelineParallel;
      const [split] = splitContradictions({ cluster, globalBatch, microBatch: first.microBatch }, ways);
      if (split) {
        reject(split, chunks.length * perLayout, choice);
        continue;
      }
      for (const [wrong, expertParallel] of stages.wrongExperts)
        reject(wrong, chunks.length * microBatches * each, choice, { expertParallel });
      if (stages.experts.size === 0) continue;
      const dataParallel = cluster.gpus / ways;
      const legal: number[] = [];
      const [expertParallel] = stages.experts as Set<number>;
      for (const microBatch of candidates.microBatch) {
        const [wrong] = batchContradictions(globalBatch, microBatch, dataParallel);
        if (!wrong) legal.push(microBatch);
        else
          reject(wrong, chunks.length * stages.experts.size * each, choice, {
            expertParallel: expertParallel!,
            microBatch,
          });
      }
      for (const virtualPipeline of chunks) {
        const enough: number[] = [];
        for (const microBatch of legal) {
          const count = globalBatch / (dataParallel * microBatch);
          const [wrong] = interleavingContradictions(framework, { pipelineParallel, virtualPipeline }, count);
          if (!wrong) enough.push(microBatch);
          else
            reject(wrong, stages.experts.size * each, choice, {
              virtualPipeline,
              expertParallel: expertParallel!,
              microBatch,
            });
        }
        if (enough.length === 0) continue;
        const layout = stages.layout(virtualPipeline);
        rows.push({ layout, dataParallel, microBatches: enough, experts: stages.experts });
      }
    }
    byRanks.set(ranks, { rows, wrong: wrongs });
    return rows;
  }

  for (const tensorParallel of candidates.tensorParallel)
    for (const sequenceParallel of sequenceChoices(candidates, tensorParallel))
      for (const contextParallel of candidates.contextParallel) {
        const degrees = { tensorParallel, contextParallel, sequenceParallel };
        const [wrong] = sliceContradictions(model, degrees);
        if (wrong) {
          rejections.add(wrong, perCut, first, degrees);
          continue;
        }
        const rows = rowsOf({ ...first, ...degrees });
        for (const expertParallel of candidates.expertParallel) {
          const own = rows.filter((row) => row.experts.has(expertParallel));
          if (own.length > 0) groups.push({ ...degrees, expertParallel, rows: own });
        }
      }
  return groups;
}
