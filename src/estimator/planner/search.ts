import { communicatorBytes, CUDA_CONTEXT } from '../memory/framework-overhead.ts';
import { memoryRules } from '../memory/family-rules.ts';
import { memoryRates, type MemoryRates } from '../memory/memory-rates.ts';
import { passingBytes } from '../memory/stage-bytes.ts';
import {
  breakdownTotal,
  composePipeline,
  composeReplicas,
  emptyDraft,
  passesOf,
  recomputeSeconds,
  type StepPlan,
} from '../step/compose.ts';
import { stepCosts, type StepCosts } from '../step/costs.ts';
import { machineOf } from '../step/machine.ts';
import { passTotal } from '../step/pass.ts';
import { bubbleSeconds } from '../step/pipeline.ts';
import { scopeOf } from '../step/scope.ts';
import type { Bytes, Seconds } from '../units.ts';
import type { Candidates } from './candidates.ts';
import { scenarioOf } from './choice.ts';
import { setInFlight, type Layout } from './layouts.ts';
import { Ranking } from './ranking.ts';
import type { Rejections } from './rejections.ts';
import type { Group, Row } from './space.ts';
import { layoutStates, trafficOf, type LayoutStates } from './states.ts';
import type { Choice, PlanningQuestion } from './types.ts';

/** Rounding never makes a bound larger than what it bounds. */
const BELOW = 1 - 1e-12;

/**
 * What a step takes at least: the stage with most layers computes them for every micro-batch, and the pipeline fills and
 * drains. The ends of the model, what is sent, the optimizer and the host come on top.
 * @param again what one layer runs a second time
 */
function leastSeconds(costs: StepCosts, layout: Layout, microBatches: number, again: Seconds): Seconds {
  const { most, others, pipelineParallel, virtualPipeline, schedule } = layout;
  const passes = passesOf(costs, layout);
  const forward = passTotal(passes.forward);
  const backward = passTotal(passes.backward) + again;
  const bubble = bubbleSeconds(
    schedule,
    others * (forward + backward),
    pipelineParallel,
    virtualPipeline,
    most * forward,
    most * backward,
    most * costs.weightGradient,
  );
  return (microBatches * most * (forward + backward) + bubble) * BELOW;
}

/** Decides the plans of a space group by group and micro-batch by micro-batch; all buffers are made once. */
export class Search {
  readonly ranking: Ranking;
  evaluated = 0;
  computed = 0;
  readonly #question: PlanningQuestion;
  readonly #candidates: Candidates;
  readonly #rejections: Rejections;
  readonly #machine;
  readonly #limit: Bytes;
  /** For each ZeRO stage the first one with the same rules of memory. */
  readonly #like: readonly number[];
  readonly #statesByCut = new Map<string, Map<Layout, LayoutStates>>();
  /** Those of the group at hand. */
  #states = new Map<Layout, LayoutStates>();
  readonly #draft = emptyDraft();
  readonly #plan: { -readonly [key in keyof StepPlan]: StepPlan[key] } = {
    layers: [],
    chunks: 1,
    microBatches: 1,
    zeroStage: 0,
    recompute: 'none',
    recomputeLayers: Infinity,
    schedule: '1f1b',
  };
  /** Bytes of the plans at hand, by row, recompute mode and ZeRO stage. */
  #memory = new Float64Array(0);
  /** Rates of the cut at hand by recompute mode and ZeRO stage; those not yet asked for are undefined. */
  #rates: (MemoryRates | undefined)[] = [];
  /** Costs of the cut at hand, of one stage and of several. */
  #costs: (StepCosts | undefined)[] = [];

  constructor(question: PlanningQuestion, candidates: Candidates, rejections: Rejections) {
    this.#question = question;
    this.#candidates = candidates;
    this.#rejections = rejections;
    this.ranking = new Ranking(question.best ?? 10);
    this.#machine = machineOf(question.cluster, question.precision);
    this.#limit = question.cluster.gpu.memory;
    const rules = candidates.zeroStage.map((zeroStage) =>
      JSON.stringify(memoryRules({ ...question, parallelism: { zeroStage } })),
    );
    this.#like = rules.map((rule) => rules.indexOf(rule));
  }

  /** All plans of a group. Returns after each micro-batch what is left of the rows. */
  *group(group: Group): Generator<void, void, void> {
    const { rows } = group;
    const { tensorParallel, contextParallel, expertParallel } = group;
    const framework = rows.map(({ layout: { pipelineParallel }, dataParallel }) => {
      const degrees = { tensorParallel, pipelineParallel, contextParallel, expertParallel };
      return CUDA_CONTEXT + communicatorBytes(degrees, dataParallel);
    });
    const key = `${tensorParallel},${expertParallel}`;
    let states = this.#statesByCut.get(key);
    if (!states) this.#statesByCut.set(key, (states = new Map<Layout, LayoutStates>()));
    this.#states = states;
    // Rows of which nothing fitted: memory never falls as the micro-batch grows.
    const full = new Uint8Array(rows.length);
    for (const microBatch of this.#candidates.microBatch) {
      this.#decide(group, microBatch, framework, full);
      yield;
    }
  }

  #choice(group: Group, microBatch: number): Choice {
    return {
      tensorParallel: group.tensorParallel,
      pipelineParallel: 1,
      virtualPipeline: 1,
      contextParallel: group.contextParallel,
      expertParallel: group.expertParallel,
      sequenceParallel: group.sequenceParallel,
      zeroStage: this.#candidates.zeroStage[0]!,
      recompute: this.#candidates.recompute[0]!,
      microBatch,
    };
  }

  #planOf(group: Group, row: Row, microBatch: number, again: number, zero: number): Choice {
    return {
      ...this.#choice(group, microBatch),
      pipelineParallel: row.layout.pipelineParallel,
      virtualPipeline: row.layout.virtualPipeline,
      recompute: this.#candidates.recompute[again]!,
      zeroStage: this.#candidates.zeroStage[zero]!,
    };
  }

  #ratesOf(group: Group, microBatch: number, again: number, zero: number): MemoryRates {
    const { recompute, zeroStage } = this.#candidates;
    const like = this.#like[zero]!;
    const at = again * zeroStage.length + like;
    return (this.#rates[at] ??= memoryRates(
      scenarioOf(this.#question, {
        ...this.#choice(group, microBatch),
        recompute: recompute[again]!,
        zeroStage: zeroStage[like]!,
      }),
    ));
  }

  /** Costs know whether there are stages at all, not how many. */
  #costsOf(group: Group, microBatch: number, layout: Layout): StepCosts {
    const { pipelineParallel } = layout;
    const pipelined = pipelineParallel > 1 ? 1 : 0;
    return (this.#costs[pipelined] ??= stepCosts(
      scopeOf(
        scenarioOf(this.#question, { ...this.#choice(group, microBatch), pipelineParallel }),
        this.#machine,
      ),
    ));
  }

  #statesOf(group: Group, layout: Layout, microBatch: number): LayoutStates {
    const known = this.#states.get(layout);
    if (known) return known;
    const { tensorParallel, expertParallel } = group;
    const { zeroStage } = this.#candidates;
    const rates = zeroStage.map((_, zero) => this.#ratesOf(group, microBatch, 0, zero));
    const { gpus } = this.#question.cluster;
    const states = layoutStates(layout, zeroStage, rates, tensorParallel, expertParallel, gpus);
    this.#states.set(layout, states);
    return states;
  }

  #decide(group: Group, microBatch: number, framework: readonly Bytes[], full: Uint8Array): void {
    const { rows } = group;
    const { recompute, zeroStage } = this.#candidates;
    const each = recompute.length * zeroStage.length;
    if (this.#memory.length < rows.length * each) this.#memory = new Float64Array(rows.length * each);
    this.#rates = [];
    this.#costs = [undefined, undefined];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (!row.microBatches.includes(microBatch)) continue;
      this.evaluated += each;
      if (full[i] === 1) {
        this.#rejections.addOutOfMemory(each);
        continue;
      }
      const least = this.#weigh(group, row, microBatch, framework[i]!);
      if (least > this.#limit) {
        full[i] = 1;
        continue;
      }
      this.#time(group, row, microBatch, least);
    }
  }

  /**
   * Memory of the plans of one row, into the buffer.
   * @returns bytes of the one that needs least
   */
  #weigh(group: Group, row: Row, microBatch: number, framework: Bytes): Bytes {
    const { layout } = row;
    const { recompute, zeroStage } = this.#candidates;
    const rejections = this.#rejections;
    const states = this.#statesOf(group, layout, microBatch);
    // Activations come on top: where state alone is too much, nothing fits.
    const floor = states.least + framework;
    if (floor > this.#limit && floor >= rejections.nearest) {
      rejections.addOutOfMemory(recompute.length * zeroStage.length);
      return floor;
    }
    const { kinds } = layout;
    setInFlight(layout, this.#question.globalBatch / (row.dataParallel * microBatch));
    let least = Infinity;
    for (let again = 0; again < recompute.length; again++) {
      for (let zero = 0; zero < zeroStage.length; zero++) {
        const rates = this.#ratesOf(group, microBatch, again, zero);
        let worst = 0;
        for (let kind = 0; kind < kinds.length; kind++) {
          const bytes = states.bytes[zero * kinds.length + kind]! + passingBytes(rates, kinds[kind]!.load);
          if (bytes > worst) worst = bytes;
        }
        const memory = worst + framework;
        this.#memory[again * zeroStage.length + zero] = memory;
        if (memory < least) least = memory;
        if (memory <= this.#limit) continue;
        rejections.addOutOfMemory(1);
        if (memory < rejections.nearest)
          rejections.near(memory, this.#planOf(group, row, microBatch, again, zero));
      }
    }
    return least;
  }

  /** Whether what takes so long at least and needs so much is neither among the best nor on the Pareto front. */
  #hopeless(bound: Seconds, memory: Bytes): boolean {
    return bound > this.ranking.slowest && memory >= this.ranking.memoryOfFaster(bound);
  }

  /** Seconds of the plans of one row that fit. */
  #time(group: Group, row: Row, microBatch: number, least: Bytes): void {
    const { layout } = row;
    const costs = this.#costsOf(group, microBatch, layout);
    const { recompute, zeroStage } = this.#candidates;
    const { ranking } = this;
    const microBatches = this.#question.globalBatch / (row.dataParallel * microBatch);
    if (this.#hopeless(leastSeconds(costs, layout, microBatches, 0), least)) return;
    const states = this.#statesOf(group, layout, microBatch);
    const plan = this.#plan;
    plan.layers = layout.layers;
    plan.chunks = layout.virtualPipeline;
    plan.schedule = layout.schedule;
    plan.microBatches = microBatches;
    for (let again = 0; again < recompute.length; again++) {
      plan.recompute = recompute[again]!;
      const bound = leastSeconds(costs, layout, microBatches, recomputeSeconds(costs, plan, layout.most));
      let composed = false;
      for (let zero = 0; zero < zeroStage.length; zero++) {
        const memory = this.#memory[again * zeroStage.length + zero]!;
        if (memory > this.#limit || this.#hopeless(bound, memory)) continue;
        if (!composed) composePipeline(this.#draft, costs, plan);
        composed = true;
        const stage = zeroStage[zero]!;
        composeReplicas(this.#draft, costs, stage, trafficOf(states, layout, zero, stage, costs));
        const seconds = breakdownTotal(this.#draft);
        this.computed += 1;
        if (ranking.wants(seconds, memory))
          ranking.offer(seconds, memory, this.#planOf(group, row, microBatch, again, zero));
      }
    }
  }
}
