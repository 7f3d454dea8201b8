import { checkMemory } from '../memory/check-memory.ts';
import { contradictionAt } from '../training/check-scenario.ts';
import type { Contradiction, SplitField } from '../training/contradictions.ts';
import { scenarioOf } from './choice.ts';
import type { Choice, PlanningQuestion, Rejection } from './types.ts';

const EXAMPLES = 3;

interface Tally {
  plans: number;
  readonly examples: { readonly choice: Choice; readonly rule: string }[];
}

/** Counts what is rejected and keeps examples. */
export class Rejections {
  readonly #byPath = new Map<SplitField, Tally>();
  #outOfMemory = 0;
  /** The least that a plan needs which does not fit, bytes. */
  nearest = Infinity;
  #nearestChoice: Choice | undefined;

  /** `plans` plans contradict this first; `choice` with `changes` is one of them. */
  add({ path, rule }: Contradiction, plans: number, choice: Choice, changes: Partial<Choice> = {}): void {
    let tally = this.#byPath.get(path);
    if (!tally) this.#byPath.set(path, (tally = { plans: 0, examples: [] }));
    tally.plans += plans;
    const { examples } = tally;
    if (examples.length < EXAMPLES && examples.every((known) => known.rule !== rule))
      examples.push({ choice: { ...choice, ...changes }, rule });
  }

  /** So many more plans contradict what others did before. */
  more(path: SplitField, plans: number): void {
    this.#byPath.get(path)!.plans += plans;
  }

  /** So many plans do not fit. */
  addOutOfMemory(plans: number): void {
    this.#outOfMemory += plans;
  }

  /** A plan that does not fit and needs less than all others so far. */
  near(memory: number, choice: Choice): void {
    this.nearest = memory;
    this.#nearestChoice = choice;
  }

  /** All of them, those with most plans first. */
  list(question: PlanningQuestion): readonly Rejection[] {
    const rejected: Rejection[] = [...this.#byPath].map(([path, { plans, examples }]) => ({
      path,
      plans,
      examples: examples.flatMap(({ choice }) => {
        const scenario = scenarioOf(question, choice);
        const issue = contradictionAt(scenario, path);
        return issue ? [{ scenario, issue }] : [];
      }),
    }));
    if (this.#nearestChoice) {
      const scenario = scenarioOf(question, this.#nearestChoice);
      rejected.push({
        path: 'memory',
        plans: this.#outOfMemory,
        examples: checkMemory(scenario).map((issue) => ({ scenario, issue })),
      });
    }
    return rejected.sort((a, b) => b.plans - a.plans || (a.path < b.path ? -1 : 1));
  }
}
