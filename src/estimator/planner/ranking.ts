import type { Bytes, Seconds } from '../units.ts';
import { compareChoices, scenarioOf } from './choice.ts';
import type { Choice, Plan, PlanningQuestion } from './types.ts';

interface Entry {
  readonly seconds: Seconds;
  readonly memory: Bytes;
  readonly choice: Choice;
}

const compare = (a: Entry, b: Entry): number =>
  a.seconds - b.seconds || a.memory - b.memory || compareChoices(a.choice, b.choice);

/** Index of the first entry that `before` does not hold for; it holds for all in front of that. */
function bound(entries: readonly Entry[], before: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(entries[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fastest plans, and those that none beats in both seconds and memory. In the end the order of offers is forgotten. */
export class Ranking {
  readonly #size: number;
  /** In order. */
  readonly #best: Entry[] = [];
  /** Seconds rise, memory falls. */
  readonly #front: Entry[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Seconds beyond which no plan is among the best. */
  get slowest(): Seconds {
    return this.#best.length < this.#size ? Infinity : this.#best[this.#size - 1]!.seconds;
  }

  /** The least memory of plans that are faster than that: who needs as much and more time is not on the front. */
  memoryOfFaster(seconds: Seconds): Bytes {
    const at = bound(this.#front, (other) => other.seconds < seconds);
    return at === 0 ? Infinity : this.#front[at - 1]!.memory;
  }

  /** Whether a plan may have a place; if so, offer it. */
  wants(seconds: Seconds, memory: Bytes): boolean {
    return seconds <= this.slowest || memory < this.memoryOfFaster(seconds);
  }

  offer(seconds: Seconds, memory: Bytes, choice: Choice): void {
    const entry = { seconds, memory, choice };
    const best = this.#best;
    best.splice(
      bound(best, (other) => compare(other, entry) < 0),
      0,
      entry,
    );
    if (best.length > this.#size) best.pop();
    this.#offerToFront(entry);
  }

  #offerToFront(entry: Entry): void {
    const front = this.#front;
    const at = bound(front, (other) => compare(other, entry) < 0);
    if (at > 0 && front[at - 1]!.memory <= entry.memory) return;
    let end = at;
    while (end < front.length && front[end]!.memory >= entry.memory) end += 1;
    front.splice(at, end - at, entry);
  }

  plans(question: PlanningQuestion): { readonly best: readonly Plan[]; readonly front: readonly Plan[] } {
    const plan = ({ choice, seconds, memory }: Entry): Plan => ({
      scenario: scenarioOf(question, choice),
      seconds,
      memory,
    });
    return { best: this.#best.map(plan), front: this.#front.map(plan) };
  }
}
