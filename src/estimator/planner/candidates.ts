import { SPLITS_SEQUENCE } from '../training/families.ts';
import type { FrameworkFamily, ZeroStage } from '../training/types.ts';
import { DEGREES } from '../training/scenario-fields.ts';
import type { Recompute } from '../types.ts';
import { keepsScoresOnChip, rulesOf } from '../step/rules.ts';
import { ALONE, scenarioOf } from './choice.ts';
import type { Choice, Degree, PlanningQuestion } from './types.ts';

/** Every value to try, by choice, in ascending order. */
export type Candidates = { readonly [key in keyof Choice]: readonly Choice[key][] };

/** What a family offers together with pipelines: distributed optimizer (ZeRO-1), or FSDP's two ways to shard. */
const ZERO_STAGES: Readonly<Record<FrameworkFamily, readonly ZeroStage[]>> = {
  'megatron-2021': [0],
  'megatron-2022': [0, 1],
  'megatron-core': [0, 1],
  fsdp: [2, 3],
  deepspeed: [0, 1],
  nanotron: [0, 1],
};

/**
 * Tokens that a context-parallel rank keeps at least. Of the published runs that split the sequence all but one keep so
 * many: the model leaves out what attention in short pieces costs, so it would recommend what nobody has found worthwhile.
 */
const LEAST_TOKENS = 4096;

/** Powers of two and divisors of the counts that a degree has to divide, up to a limit. */
export function powersAndDivisors(counts: readonly number[], most: number): readonly number[] {
  const values = new Set<number>();
  for (let power = 1; power <= most; power *= 2) values.add(power);
  for (const count of counts)
    for (let small = 1; small * small <= count; small++) {
      if (count % small !== 0) continue;
      if (small <= most) values.add(small);
      if (count / small <= most) values.add(count / small);
    }
  return [...values].sort((a, b) => a - b);
}

/** Counts whose divisors are tried, and the largest value unless the question says. */
function habits({ model, cluster, globalBatch }: PlanningQuestion): Record<Degree, [number[], number]> {
  const { layers, heads, sequence, moe } = model;
  const experts = moe?.experts ?? 1;
  // Embedding and logits may take a layer's place.
  const chunks = [layers, layers + 1, layers + 2];
  return {
    tensorParallel: [[heads], cluster.nvlinkDomain],
    pipelineParallel: [[...chunks, cluster.gpus], Math.min(layers + 2, cluster.gpus)],
    virtualPipeline: [chunks, layers + 2],
    contextParallel: [[sequence], Math.max(1, Math.floor(sequence / LEAST_TOKENS))],
    expertParallel: [[experts], experts],
    microBatch: [[globalBatch], globalBatch],
  };
}

/** Where the kernel keeps scores on the chip and only scores would be run again, `selective` has nothing to do. */
function recomputes(question: PlanningQuestion): readonly Recompute[] {
  const rules = rulesOf(scenarioOf(question, ALONE));
  const idle = rules.selective === 'scores' && keepsScoresOnChip(rules);
  return idle ? ['none', 'full'] : ['none', 'selective', 'full'];
}

const ascending = <T extends number>(values: readonly T[]): readonly T[] =>
  [...new Set(values)].sort((a, b) => a - b);

/**
 * The values that the planner tries, of which it takes every combination that `checkScenario` accepts: powers of two and
 * divisors of what a degree has to divide.
 *
 * Unless the question says: tensor parallelism inside the NVLink domain; context-parallel ranks of 4,096 tokens or more;
 * the ZeRO stages that a family offers together with pipelines; sequence parallelism off and on where a family has it;
 * selective recomputation where it has something to run again.
 */
export function candidatesOf(question: PlanningQuestion): Candidates {
  const { framework, choices = {}, limits = {} } = question;
  const usual = habits(question);
  const degree = (key: Degree): readonly number[] => {
    const said = choices[key];
    if (said) return ascending(said);
    const [counts, most] = usual[key];
    return powersAndDivisors(counts, Math.min(limits[key] ?? most, DEGREES[key].max));
  };
  return {
    tensorParallel: degree('tensorParallel'),
    pipelineParallel: degree('pipelineParallel'),
    virtualPipeline: degree('virtualPipeline'),
    contextParallel: degree('contextParallel'),
    expertParallel: degree('expertParallel'),
    microBatch: degree('microBatch'),
    zeroStage: ascending(choices.zeroStage ?? ZERO_STAGES[framework]),
    recompute: [...new Set(choices.recompute ?? recomputes(question))],
    sequenceParallel: [
      ...new Set(choices.sequenceParallel ?? (SPLITS_SEQUENCE.has(framework) ? [false, true] : [false])),
    ],
  };
}

/** With one tensor-parallel rank there is no sequence to split between them: one of the two ways is tried. */
export const sequenceChoices = (candidates: Candidates, tensorParallel: number): readonly boolean[] =>
  tensorParallel === 1 ? candidates.sequenceParallel.slice(0, 1) : candidates.sequenceParallel;

/** The first of every choice: where an example starts from. */
export const firstChoice = (candidates: Candidates): Choice => ({
  tensorParallel: candidates.tensorParallel[0]!,
  pipelineParallel: candidates.pipelineParallel[0]!,
  virtualPipeline: candidates.virtualPipeline[0]!,
  contextParallel: candidates.contextParallel[0]!,
  expertParallel: candidates.expertParallel[0]!,
  microBatch: candidates.microBatch[0]!,
  zeroStage: candidates.zeroStage[0]!,
  recompute: candidates.recompute[0]!,
  sequenceParallel: candidates.sequenceParallel[0]!,
});
