import { sixNd } from '../flops/six-nd.ts';
import { modelFlops } from '../flops/model-flops.ts';
import { failed, ok, type Issue, type Outcome } from '../issues.ts';
import {
  efficiencyForTime,
  flopsForTime,
  gpusForTime,
  parametersForFlops,
  timeToTrain,
  tokensForFlops,
} from '../time-to-train.ts';
import type { Model } from '../types.ts';
import { checkAnswer } from './check-answer.ts';
import { checkQuestion } from './check-question.ts';
import { fullerCount } from './fuller-count.ts';
import type { TrainingAnswer, TrainingCount, TrainingQuestion, TrainingUnknown } from './types.ts';

/** The question with its blanks filled; the unknown's field holds whatever the form held. */
interface Known {
  readonly unknown: TrainingUnknown;
  readonly shape: Model | null;
  readonly count: TrainingCount;
  readonly causal: boolean;
  readonly withGoodput: boolean;
  readonly goodput: number;
  readonly peak: number;
  readonly parameters: number;
  readonly tokens: number;
  readonly gpus: number;
  readonly efficiency: number;
  readonly time: number;
}

const NO_SHAPE: Issue = {
  code: 'shape-unknown',
  path: 'model',
  message:
    'No shape is known for this number of parameters, so attention and logits cannot be counted: 6ND only.',
};

function complete(question: TrainingQuestion): Known {
  const { unknown, shape, sequence } = question;
  // A size that is asked for has no shape yet.
  const known = shape && unknown !== 'parameters' ? { ...shape, sequence: sequence ?? shape.sequence } : null;
  const asked = question.count ?? '6nd';
  return {
    unknown,
    shape: known,
    count: known ? asked : '6nd',
    causal: asked === 'exact-causal' || (asked === '6nd' && question.attention === 'causal'),
    withGoodput: question.withGoodput === true,
    goodput: question.goodput ?? 1,
    peak: question.peak,
    parameters: question.parameters ?? 0,
    tokens: question.tokens ?? 0,
    gpus: question.gpus ?? 0,
    efficiency: question.efficiency ?? 0,
    time: question.time ?? 0,
  };
}

/** FLOPs per token in the convention that the unknown is solved with. */
function flopsPerToken({ count, shape, parameters, causal }: Known): number {
  return count === '6nd' || !shape ? sixNd(parameters, 1) : modelFlops(shape, { causal }).total;
}

function solveUnknown(known: Known): number {
  const { unknown, tokens, withGoodput } = known;
  const perToken = flopsPerToken(known);
  const run = { ...known, flops: perToken * tokens, goodput: withGoodput ? known.goodput : 1 };
  const solvers: Readonly<Record<TrainingUnknown, () => number>> = {
    time: () => timeToTrain(run),
    gpus: () => gpusForTime(run),
    efficiency: () => efficiencyForTime(run),
    tokens: () => tokensForFlops(flopsForTime(run), perToken),
    parameters: () => parametersForFlops(flopsForTime(run), tokens),
  };
  return solvers[unknown]();
}

/** Rounds up, but forgives the last bits of a division that should have come out whole. */
const roundUp = (value: number): number => Math.max(1, Math.ceil(value * (1 - 1e-12)));

function answer(known: Known, value: number, power: number | null): TrainingAnswer {
  const solved = { ...known, [known.unknown]: value };
  const { shape, parameters, tokens, gpus, efficiency, goodput, peak, time } = solved;
  const flops = sixNd(parameters, tokens);
  const fuller = shape && fullerCount(shape, parameters, tokens, known.causal);
  const delivery = { peak, gpus, efficiency };
  const gpuSeconds = gpus * time;
  return {
    unknown: known.unknown,
    value,
    wholeGpus: known.unknown === 'gpus' ? roundUp(value) : null,
    parameters,
    tokens,
    gpus,
    efficiency,
    goodput,
    time,
    count: known.count,
    withGoodput: known.withGoodput,
    flops,
    fuller,
    seconds: {
      sixNd: timeToTrain({ flops, ...delivery }),
      fuller: fuller && timeToTrain({ flops: fuller.flops, ...delivery }),
      withGoodput: timeToTrain({ flops: fuller?.flops ?? flops, ...delivery, goodput }),
    },
    gpuSeconds,
    energy: power === null ? null : power * gpuSeconds,
    notes: shape ? [] : [NO_SHAPE],
  };
}

/**
 * Solves the training-time question for any one of time, GPUs, efficiency, tokens or parameters.
 *
 * T = F / (n P e g), with F = 6ND or an exact count of the shape. The convention of the efficiency is that of `count`.
 * Solving for parameters is by 6ND always: a size that is not known yet has no shape. The answer holds the unknown and
 * the complete, consistent set, and the same run read by 6ND, by the fuller count and with goodput.
 *
 * @returns the answer, or every Issue at its field: never an exception, a NaN or an Infinity, whatever is passed
 * @source Kaplan 2020, section 2.1 (6ND); Narayanan 2021, equation 4
 */
export function solveTraining(question: TrainingQuestion): Outcome<TrainingAnswer> {
  const issues = checkQuestion(question);
  if (issues.length > 0) return failed(...issues);
  const known = complete(question);
  const value = solveUnknown(known);
  const impossible = checkAnswer(known.unknown, value);
  return impossible ? failed(impossible) : ok(answer(known, value, question.power ?? null));
}
