import type { Issue } from '../issues.ts';
import { checkMemory } from '../memory/check-memory.ts';
import { scenarioOf } from './choice.ts';
import type { Choice, PlanningQuestion, Rejection } from './types.ts';

const EXAMPLES = 3;

interface Tally {
  plans: number;
  readonly examples: { readonly choice: Choice; readonly issue: Issue }[];
}

/** Counts what is rejected and keeps examples. */
export class Rejections {
  readonly #byPath = new Map<string, Tally>();
  #outOfMemory = 0;
  /** The least that a plan needs which does not fit, bytes. */
  nearest = Infinity;
  #nearestChoice: Choice | undefined;

  /** `plans` plans have this issue first; `choice` is one of them. */
  add(issue: Issue, plans: number, choice: Choice): void {
    let tally = this.#byPath.get(issue.path);
    if (!tally) this.#byPath.set(issue.path, (tally = { plans: 0, examples: [] }));
    tally.plans += plans;
    const { examples } = tally;
    if (examples.length < EXAMPLES && examples.every((known) => known.issue.message !== issue.message))
      examples.push({ choice, issue });
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
      examples: examples.map(({ choice, issue }) => ({ scenario: scenarioOf(question, choice), issue })),
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
