import { modelById } from '#catalog';
import {
  budgetFor,
  computeOptimal,
  expectedLoss,
  HOFFMANN_3_PRINTED,
  parametricOptimum,
  scalingLaw,
  sixNd,
  testedBudgets,
  valueOrThrow,
  type ScalingLawId,
} from '#estimator';
import type { Scenario } from '#scenario';
import { published } from '../published.ts';
import { factor, plain, ratio, size, type Fact } from './shared.ts';

/** What GPT-3 took, by 6ND. */
const { largestSize, largestFlops } = published;
const gptBudget = ({ model, data }: Scenario): number => sixNd(model.parameters, data.tokens);

function at(id: ScalingLawId, flops: number): { parameters: number; tokens: number; loss: number | null } {
  return valueOrThrow(computeOptimal(id, flops));
}
function budget(id: ScalingLawId, parameters: number): number {
  return valueOrThrow(budgetFor(id, parameters));
}
const flop = (value: number) => plain(value, 'FLOP');
const tokens = (value: number) => plain(value, 'token');
const loss = (value: number | null) => plain(value ?? Number.NaN, 'real', 4);
const gopher = published.gopherFlops.value;
const llama8 = () => modelById('llama3-8b');
const llamaBudget = (): number => sixNd(llama8().parameters, llama8().tokens ?? Number.NaN);

export const budgetFacts = {
  gptBudget: (s) => flop(gptBudget(s)),
  kaplanSize: (s) => size(at('kaplan', gptBudget(s)).parameters, 3),
  kaplanTokens: (s) => tokens(at('kaplan', gptBudget(s)).tokens),
  oneSize: (s) => size(at('hoffmann-1', gptBudget(s)).parameters, 3),
  oneTokens: (s) => tokens(at('hoffmann-1', gptBudget(s)).tokens),
  twoSize: (s) => size(at('hoffmann-2', gptBudget(s)).parameters, 3),
  twoTokens: (s) => tokens(at('hoffmann-2', gptBudget(s)).tokens),
  threeSize: (s) => size(at('hoffmann-3', gptBudget(s)).parameters, 3),
  threeTokens: (s) => tokens(at('hoffmann-3', gptBudget(s)).tokens),
  refitSize: (s) => size(at('besiroglu', gptBudget(s)).parameters, 3),
  refitTokens: (s) => tokens(at('besiroglu', gptBudget(s)).tokens),
  refitRatio: (s) =>
    plain(at('besiroglu', gptBudget(s)).tokens / at('besiroglu', gptBudget(s)).parameters, 'real'),
  gptRatio: ({ model, data }) => plain(data.tokens / model.parameters, 'real'),
  refitLoss: (s) => loss(at('besiroglu', gptBudget(s)).loss),
  gptLoss: ({ model, data }) => loss(expectedLoss('besiroglu', model.parameters, data.tokens)),
  refitTestedTo: () => flop(testedBudgets('besiroglu')[1]),
  refitBeyond: (s) => factor(gptBudget(s) / testedBudgets('besiroglu')[1]),
  kaplanTestedTo: () => flop(testedBudgets('kaplan')[1]),
  kaplanBeyond: (s) => factor(gptBudget(s) / testedBudgets('kaplan')[1]),
  gptOptimalBudget: () => flop(budget('besiroglu', 175e9)),
  gptOptimalTimes: (s) => factor(budget('besiroglu', 175e9) / gptBudget(s)),
  llamaRatio: () => plain((llama8().tokens ?? 0) / llama8().parameters, 'real', 4),
  llamaOptimal: () => size(at('besiroglu', llamaBudget()).parameters, 3),
  llamaSmaller: () => factor(at('besiroglu', llamaBudget()).parameters / llama8().parameters),

  gopherThree: () => size(at('hoffmann-3', gopher).parameters, 2),
  gopherPrinted: () => size(parametricOptimum(HOFFMANN_3_PRINTED, gopher), 2),
  gopherRefit: () => size(at('besiroglu', gopher).parameters, 2),
  printedShort: () =>
    ratio(1 - parametricOptimum(HOFFMANN_3_PRINTED, gopher) / at('hoffmann-3', gopher).parameters),
  largestShort: () => ratio(1 - at('hoffmann-3', largestFlops.value).parameters / largestSize.value),
  largestPrinted: () =>
    ratio(1 - parametricOptimum(HOFFMANN_3_PRINTED, largestFlops.value) / largestSize.value),
  threeExponent: () => plain(scalingLaw('hoffmann-3').optimum.exponent, 'real'),
  refitExponent: () => plain(scalingLaw('besiroglu').optimum.exponent, 'real', 3),
} satisfies Record<string, Fact>;
