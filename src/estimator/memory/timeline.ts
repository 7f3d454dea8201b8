import { checkNumber } from '../check-number.ts';
import { failed, ok, type Outcome } from '../issues.ts';
import { checkScenario } from '../training/check-scenario.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';
import { memoryPerGpu, type StageMemory } from './memory-per-gpu.ts';
import { memoryRates, type MemoryRates } from './memory-rates.ts';
import { activationBytes, backwardBytes, type StageLoad } from './stage-bytes.ts';
import { stageLoads } from './stage-loads.ts';
import { stagePasses, type StagePasses } from './stage-passes.ts';

/** What comes and goes on one GPU, at one moment of a step. Between two moments it changes evenly. */
export interface MemoryMoment {
  readonly time: Seconds;
  readonly activations: Bytes;
  readonly logits: Bytes;
  /** Needed for a moment by the backward pass of a layer. */
  readonly temporary: Bytes;
}

export type PhaseName =
  'fill' | 'warm-up' | 'steady' | 'cool-down' | 'drain' | 'replicas' | 'optimizer' | 'host';

export interface MemoryTimeline {
  /** Of the stage: its parts at the peak, of which all but what {@link MemoryMoment} names stay throughout. */
  readonly stage: StageMemory;
  /** In order of time; two at the same time where something appears or goes at once. */
  readonly moments: readonly MemoryMoment[];
  readonly phases: readonly { readonly name: PhaseName; readonly from: Seconds; readonly to: Seconds }[];
  /** The time left out between two moments, in which so many passes repeat what is around it; null when all is there. */
  readonly cut: { readonly from: Seconds; readonly to: Seconds; readonly passes: number } | null;
  /** First moment at which the stage holds all of `stage.total`. */
  readonly peakAt: Seconds;
  /** Of the step. */
  readonly seconds: Seconds;
}

/** Everything about one stage that its moments are made of. */
interface Stage {
  readonly rates: MemoryRates;
  readonly load: StageLoad;
  readonly clock: StagePasses;
  readonly chunks: number;
  /** Forward passes of a chunk before the first backward pass is due. */
  readonly warmUp: number;
}

/** Activations of so many passes under way, without what waits for the loss. */
const kept = ({ rates, load, chunks }: Stage, passes: number): Bytes =>
  activationBytes(rates, { ...load, inFlight: passes / chunks }) - (load.last ? rates.outputKept : 0);

/** On the last stage every backward pass of the model's last chunk starts at the loss; chunks take turns. */
function startsAtLoss({ load, chunks }: Stage, pass: number, stages: number): boolean {
  return load.last && pass % (chunks * stages) < stages;
}

/** Moments as they are made. A pass that is left out moves the clock on. */
class Recorder {
  readonly moments: MemoryMoment[] = [];
  private readonly stage: Stage;
  private readonly stages: number;
  time = 0;
  held = 0;

  constructor(stage: Stage, stages: number) {
    this.stage = stage;
    this.stages = stages;
  }

  mark(extra: Partial<MemoryMoment> = {}): void {
    const activations = kept(this.stage, this.held) + (extra.activations ?? 0);
    this.moments.push({ time: this.time, logits: 0, temporary: 0, ...extra, activations });
  }

  /** `count` forward passes in a row: what they leave grows evenly. */
  forward(count: number): void {
    const { clock } = this.stage;
    this.time += clock.wait;
    this.mark();
    this.time += count * clock.forward + (count - 1) * clock.wait;
    this.held += count;
    this.mark();
  }

  /** `count` backward passes in a row from number `pass` on; the first from the loss on, where it starts there. */
  backward(pass: number, count = 1): void {
    const { clock, rates, load } = this.stage;
    const loss = startsAtLoss(this.stage, pass, this.stages);
    const activations = loss ? rates.outputKept : 0;
    const logits = loss ? rates.logits : 0;
    const temporary = backwardBytes(rates, load);
    this.mark({ activations, logits });
    this.time += clock.wait;
    this.mark({ activations, logits });
    this.mark({ activations, temporary });
    this.time += count * clock.backward + (count - 1) * clock.wait;
    this.held -= count;
    this.mark({ temporary });
    this.mark();
  }

  /** Passes that are not drawn. */
  skip(forward: number, backward: number): void {
    const { clock } = this.stage;
    this.time += forward * (clock.wait + clock.forward) + backward * (clock.wait + clock.backward);
    this.held += forward - backward;
  }

  rest(seconds: Seconds): void {
    this.time += seconds;
    this.mark();
  }
}

/**
 * The passes of a step: warm-up, then one forward and one backward pass in turn, then the backward passes that are left.
 * Of more than twice `teeth` backward passes only so many at either end are drawn one by one: between them the steady
 * part is left out, and what is left of the cool-down is one slope.
 */
function recordPasses(recorder: Recorder, { clock, warmUp }: Stage, teeth: number): MemoryTimeline['cut'] {
  const { passes, turn } = clock;
  const paired = passes - warmUp;
  const single = passes <= 2 * teeth ? 0 : passes - teeth;
  if (warmUp > 0) recorder.forward(warmUp);
  let cut: MemoryTimeline['cut'] = null;
  for (let pass = 0; pass < passes; pass++) {
    if (pass === teeth && single > 0) {
      const from = recorder.time;
      const last = Math.max(teeth, Math.min(single, paired));
      const forward = Math.min(last, paired) - Math.min(teeth, paired);
      const left = forward + last - teeth;
      if (left > 0) {
        recorder.skip(forward, last - teeth);
        cut = { from, to: recorder.time, passes: left };
        recorder.mark();
      }
      if (single > last) recorder.backward(last, single - last);
      pass = single;
    }
    if (pass < paired) recorder.forward(1);
    if (pass === 0) recorder.rest(turn);
    recorder.backward(pass);
  }
  return cut;
}

/** Where one part of the step ends and the next begins; parts that take no time are left out. */
function phasesOf({ clock, warmUp }: Stage): MemoryTimeline['phases'] {
  const { wait, forward, backward, passes } = clock;
  const lengths: readonly (readonly [PhaseName, Seconds])[] = [
    ['fill', clock.fill],
    ['warm-up', warmUp * (wait + forward)],
    ['steady', clock.turn + (passes - warmUp) * (2 * wait + forward + backward)],
    ['cool-down', warmUp * (wait + backward)],
    ['drain', clock.drain],
    ['replicas', clock.replicas],
    ['optimizer', clock.optimizer],
    ['host', clock.host],
  ];
  let from = 0;
  return lengths.flatMap(([name, length]) => {
    const phase = { name, from, to: from + length };
    from = phase.to;
    return length > 0 ? [phase] : [];
  });
}

const passing = ({ activations, logits, temporary }: Omit<MemoryMoment, 'time'>): Bytes =>
  activations + logits + temporary;

/** Backward passes drawn at either end of a step, unless asked for otherwise. */
const TEETH = 8;

/**
 * Memory of one pipeline stage through one step: what forward passes leave and backward passes take away, the logits and
 * what a layer's backward pass needs for a moment, on the clock of {@link trainingStep}. Weights, gradients, optimizer
 * and buffers stay as they are, and what the allocator lost at the peak it does not give back. The most it reaches is what
 * {@link memoryPerGpu} says of the stage: both are sums of the same functions.
 *
 * Zero-bubble and DualPipe schedules hold what `memoryPerGpu` says, in the order of 1F1B.
 *
 * @param stage from 0
 * @param teeth backward passes to give at either end of the step; what lies between repeats them
 * @returns bytes and seconds; or every Issue of the scenario, or of the stage
 * @source Narayanan 2021, section 2.2; Korthikanti 2022, sections 4 and 5
 */
export function memoryTimeline(
  scenario: TrainingScenario,
  stage: number,
  teeth: number = TEETH,
): Outcome<MemoryTimeline> {
  const wrong = checkScenario(scenario);
  if (wrong.length > 0) return failed(...wrong);
  const { pipelineParallel: stages, virtualPipeline: chunks } = scenario.parallelism;
  const issue =
    checkNumber('stage', stage, { min: 0, max: stages - 1, integer: true }) ??
    checkNumber('teeth', teeth, { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true });
  if (issue) return failed(issue);
  const memory = memoryPerGpu(scenario).stages[stage]!;
  const load = stageLoads(scenario)[stage]!;
  const clock = stagePasses(scenario, stage);
  const warmUp = Math.round(load.inFlight * chunks) - 1;
  const at: Stage = { rates: memoryRates(scenario), load, clock, chunks, warmUp };
  const recorder = new Recorder(at, stages);
  recorder.rest(0);
  recorder.rest(clock.fill);
  const cut = recordPasses(recorder, at, teeth);
  for (const seconds of [clock.drain, clock.replicas, clock.optimizer, clock.host]) recorder.rest(seconds);
  const { moments } = recorder;
  const most = moments.reduce((a, b) => (passing(b) > passing(a) ? b : a));
  return ok({ stage: memory, moments, phases: phasesOf(at), cut, peakAt: most.time, seconds: clock.step });
}
