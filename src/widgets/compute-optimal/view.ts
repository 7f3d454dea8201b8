import {
  computeOptimal,
  expectedLoss,
  failed,
  flopsForTime,
  ok,
  optimalSizes,
  equations,
  SCALING_LAWS,
  SECONDS_PER_DAY,
  testedBudgets,
  type ComputeOptimum,
  type Outcome,
  type ScalingLaw,
} from '#estimator';
import { formatQuantity, significant, type Quantity } from '#format';
import type { Scenario, Values } from '#scenario';
import type { ShownEquation, Span, View } from '../frame/types.ts';
import { codeOf } from './code.ts';
import { trained, type TrainedModel } from './models.ts';

type Show = Values['kShow'];

/** One law: its answer to the budget, and its line over all budgets with the part that was tested. */
export interface LawLine {
  readonly law: ScalingLaw;
  readonly answer: ComputeOptimum;
  /** Budgets between which its models were trained. */
  readonly tested: readonly [number, number];
}

export interface OptimalView extends View {
  readonly flops: number;
  readonly show: Show;
  readonly chosen: ScalingLaw['id'];
  readonly lines: readonly LawLine[];
  readonly models: readonly TrainedModel[];
  readonly note: string;
}

/** What the side of the chart shows of a size and its data. */
export const shownOf = (show: Show, { parameters, tokens }: { parameters: number; tokens: number }): number =>
  ({ parameters, tokens, ratio: tokens / parameters })[show];

const size = (value: number): string => formatQuantity({ value, unit: 'size' });
const token = (value: number): string => formatQuantity({ value, unit: 'token' });
const flop = (value: number): string => formatQuantity({ value, unit: 'FLOP' });
/** `4.2`, `1,875`: tokens for each parameter. */
const each = (value: number): string => significant(value, 3);

/** FLOP of the budget, however it is said. */
function budgetOf({ values, execution }: Scenario): number {
  if (values.kBudgetIn === 'flop') return values.kBudget;
  const { peak, efficiency } = execution;
  return flopsForTime({ time: values.kGpuDays * SECONDS_PER_DAY, gpus: 1, peak, efficiency });
}

/** A law's answer to a budget; none where the budget is none. */
function linesOf(law: ScalingLaw, flops: number): LawLine[] {
  const answer = computeOptimal(law.id, flops);
  return answer.ok ? [{ law, answer: answer.value, tested: testedBudgets(law.id) }] : [];
}

function sentenceOf(flops: number, { law, answer }: LawLine, lines: readonly LawLine[]): Span[] {
  const sizes = lines.map((line) => line.answer.parameters);
  return [
    { text: `For ${flop(flops)}, ${law.name} would train ` },
    { text: `${size(answer.parameters)} parameters on ${token(answer.tokens)} tokens`, strong: true },
    {
      text: `, ${each(answer.tokens / answer.parameters)} for each. The laws choose between ${size(Math.min(...sizes))} and ${size(Math.max(...sizes))}.`,
    },
  ];
}

/** How far the answer is from what was tried, and what the talk's model is by the same law. */
function noteOf(flops: number, { law, answer, tested: [low, high] }: LawLine): string {
  const beyond = flops > high ? flops / high : low / flops;
  const reach = answer.tested
    ? 'Models of this size and with this much data were among those it was fitted on.'
    : `It was fitted on budgets between ${flop(low)} and ${flop(high)}: this one is ${each(beyond)} times outside.`;
  const counted = law.counts === 'without embeddings' ? ' Its N leaves the embeddings out.' : '';
  const gpt = trained.find(({ name }) => name === 'GPT-3 175B');
  const loss = gpt ? expectedLoss(law.id, gpt.parameters, gpt.tokens) : null;
  const other = gpt ? computeOptimal(law.id, gpt.flops) : null;
  const compared =
    gpt && loss !== null && other?.ok && other.value.loss !== null
      ? ` GPT-3’s ${size(gpt.parameters)} parameters on ${token(gpt.tokens)} tokens have a loss of ${significant(loss, 4)} by it; GPT-3’s FLOP split its way, ${significant(other.value.loss, 4)}.`
      : ' It has no formula for the loss.';
  // Kaplan's L(N, D) is of models trained until they stop improving; the optimum comes from another fit.
  const judged =
    law.id === 'kaplan'
      ? ' Its formula for the loss is of training to the end and does not judge a split.'
      : compared;
  return reach + counted + judged;
}

function equationsOf(flops: number, { law, answer }: LawLine): ShownEquation[] {
  const plain = (value: number, unit: Quantity['unit']): string => formatQuantity({ value, unit });
  const parameters = plain(answer.parameters, 'size');
  const budget = plain(flops, 'FLOP');
  const loss = {
    'hoffmann-3': equations.hoffmannLoss.id,
    besiroglu: equations.besirogluLoss.id,
    kaplan: null,
    'hoffmann-1': null,
    'hoffmann-2': null,
  }[law.id];
  return [
    {
      id: optimalSizes[SCALING_LAWS.indexOf(law)]?.id ?? '',
      numbers: {
        sizeAt: plain(law.optimum.parameters, 'size'),
        budget,
        budgetAt: plain(law.optimum.flops, 'FLOP'),
        parameters,
      },
    },
    {
      id: equations.tokensInBudget.id,
      numbers: { budget, parameters, tokens: plain(answer.tokens, 'token') },
    },
    ...(loss === null || answer.loss === null
      ? []
      : [
          {
            id: loss,
            numbers: {
              lawParameters: parameters,
              lawTokens: plain(answer.tokens, 'token'),
              loss: significant(answer.loss, 4),
            },
          },
        ]),
  ];
}

/** Rows of models in the table: those whose budget is nearest. */
const ROWS = 15;

const nearest = (flops: number): readonly TrainedModel[] => {
  const far = (model: TrainedModel): number => Math.abs(Math.log(model.flops / flops));
  return [...trained].sort((a, b) => far(a) - far(b)).slice(0, ROWS);
};

/** A budget, spent as each published law would spend it, among models that were really trained. */
export function view(scenario: Scenario): Outcome<OptimalView> {
  const { kShow: show, kLaw: chosen } = scenario.values;
  const flops = budgetOf(scenario);
  const lines = SCALING_LAWS.flatMap((law) => linesOf(law, flops));
  const line = lines.find(({ law }) => law.id === chosen);
  if (!line)
    return failed({ code: 'out-of-reach', path: 'kBudget', message: 'No law has an answer to this budget.' });
  const loss = (value: number | null, digits = 4): Quantity | string =>
    value === null ? 'no formula' : { value, unit: 'real', digits };
  return ok({
    flops,
    show,
    chosen,
    lines,
    models: trained,
    note: noteOf(flops, line),
    sentence: sentenceOf(flops, line, lines),
    equations: equationsOf(flops, line),
    code: codeOf(chosen, flops),
    table: {
      caption: `${flop(flops)} by each law, and the models with the nearest budgets as they were trained; losses are the law’s own`,
      columns: [
        { label: 'Law or model' },
        { label: 'Budget', unit: 'FLOP' },
        { label: 'Parameters' },
        { label: 'Tokens' },
        { label: 'Tokens for each' },
        { label: 'Loss', unit: 'nat/token' },
        { label: 'Fitted up to', unit: 'FLOP' },
      ],
      rows: [
        ...lines.map(({ law, answer, tested }) => [
          law.name,
          { value: flops, unit: 'FLOP' } as const,
          { value: answer.parameters, unit: 'size' } as const,
          { value: answer.tokens, unit: 'token' } as const,
          { value: answer.tokens / answer.parameters, unit: 'real' } as const,
          loss(answer.loss),
          { value: tested[1], unit: 'FLOP' } as const,
        ]),
        ...nearest(flops).map((model) => [
          model.name,
          { value: model.flops, unit: 'FLOP', digits: 2 } as const,
          { value: model.parameters, unit: 'size' } as const,
          { value: model.tokens, unit: 'token' } as const,
          { value: model.tokens / model.parameters, unit: 'real', digits: 2 } as const,
          loss(expectedLoss(chosen, model.parameters, model.tokens), 3),
          '',
        ]),
      ],
    },
  });
}
