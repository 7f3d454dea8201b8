import { efficiencySpread } from '#catalog/efficiency.ts';
import { publishedRuns } from '#catalog/published-runs.ts';
import { solveTraining, type Outcome, type TrainingAnswer } from '#estimator';
import { formatQuantity, type Quantity } from '#format';
import { formatName, type FieldKey, type Scenario } from '#scenario';
import type { ShownEquation, Span, View } from '../frame/types.ts';
import { codeOf } from './code.ts';

export interface TimePart {
  readonly id: 'sixNd' | 'extra' | 'lost';
  readonly label: string;
  readonly seconds: number;
}

export interface TimeView extends View {
  readonly parts: readonly TimePart[];
  readonly seconds: number;
  /** Calendar seconds if the efficiency were that of published runs; null where there are too few. */
  readonly range: { readonly low: number; readonly high: number; readonly label: string } | null;
}

const show = (value: number, unit: Quantity['unit'], digits = 3): string =>
  formatQuantity({ value, unit, digits });
const days = (value: number, digits = 3): string => show(value, 's', digits);

function partsOf({ seconds, fuller }: TrainingAnswer): TimePart[] {
  const counted = seconds.fuller ?? seconds.sixNd;
  return [
    { id: 'sixNd', label: '6ND', seconds: Math.min(seconds.sixNd, counted) },
    ...(fuller && counted > seconds.sixNd
      ? [{ id: 'extra', label: 'attention, logits', seconds: counted - seconds.sixNd } as const]
      : []),
    { id: 'lost', label: 'failures, restarts', seconds: seconds.withGoodput - counted },
  ];
}

function rangeOf(scenario: Scenario, answer: TrainingAnswer): TimeView['range'] {
  const { gpu } = scenario.cluster;
  const { precision } = scenario.execution;
  const published = efficiencySpread(publishedRuns, {
    family: gpu.short,
    precision,
    parameters: answer.parameters,
  });
  if (!published) return null;
  const at = (efficiency: number): number => (answer.seconds.withGoodput * answer.efficiency) / efficiency;
  const reach = `${show(published.p25, 'ratio', 2)} to ${show(published.p75, 'ratio', 2)}`;
  return {
    low: at(published.p75),
    high: at(published.p25),
    label: `at the ${reach} of peak that the middle half of ${published.count} published runs like it reach (${published.families.join(', ')})`,
  };
}

function sentenceOf(scenario: Scenario, answer: TrainingAnswer): Span[] {
  const { gpu } = scenario.cluster;
  const who = `${show(answer.wholeGpus ?? answer.gpus, 'GPU')} ${gpu.short}`;
  const at = show(answer.efficiency, 'ratio');
  const what = answer.unknown === 'parameters' ? 'a model' : scenario.model.name;
  const tokens = show(answer.tokens, 'token');
  const time = days(answer.unknown === 'time' ? answer.seconds.withGoodput : answer.time);
  const strong = (text: string): Span => ({ text, strong: true });
  switch (answer.unknown) {
    case 'time':
      return [
        { text: `${who} at ${at} of peak train ${what} on ${tokens} tokens in ` },
        strong(time),
        { text: answer.fuller ? `; by 6ND alone, without failures, in ${days(answer.seconds.sixNd)}.` : '.' },
      ];
    case 'gpus':
      return [
        { text: `To train ${what} on ${tokens} tokens in ${time} at ${at} of peak takes ` },
        strong(who),
        { text: '.' },
      ];
    case 'efficiency':
      return [
        { text: `To train ${what} on ${tokens} tokens in ${time}, ${who} must reach ` },
        strong(`${at} of peak`),
        { text: '.' },
      ];
    case 'tokens':
      return [
        { text: `In ${time}, ${who} at ${at} of peak train ${what} on ` },
        strong(`${tokens} tokens`),
        { text: '.' },
      ];
    case 'parameters':
      return [
        { text: `In ${time}, ${who} at ${at} of peak train a model of ` },
        strong(`${show(answer.parameters, 'size')} parameters`),
        { text: ` on ${tokens} tokens, by 6ND.` },
      ];
  }
}

const SOLVED_FIELD: Readonly<Record<TrainingAnswer['unknown'], FieldKey>> = {
  time: 'time',
  gpus: 'gpus',
  efficiency: 'efficiency',
  tokens: 'tokens',
  parameters: 'parameters',
};

function numbersOf(answer: TrainingAnswer, peak: number, time: number): Record<string, string> {
  const plain = (value: number, unit: Quantity['unit'], digits = 3): string =>
    formatQuantity({ value, unit, digits });
  return {
    time: plain(time, 's'),
    flopsPerToken: plain(answer.fuller?.flopsPerToken ?? 0, 'FLOP/token', 4),
    gpus: plain(answer.wholeGpus ?? answer.gpus, 'GPU'),
    peak: plain(peak, 'FLOP/s', 4),
    efficiency: plain(answer.efficiency, 'ratio'),
    goodput: plain(answer.goodput, 'ratio'),
    parameters: plain(answer.parameters, 'size'),
    tokens: plain(answer.tokens, 'token'),
  };
}

/** The time by 6ND alone stands above the full answer, because that is the number most people quote. */
function equationsOf(answer: TrainingAnswer, peak: number): ShownEquation[] {
  const work = answer.fuller ? 'per-token' : '6nd';
  const full = { id: `${answer.unknown}-${work}-goodput`, numbers: numbersOf(answer, peak, answer.time) };
  const rule = { id: 'time-6nd', numbers: numbersOf(answer, peak, answer.seconds.sixNd) };
  return answer.unknown === 'time' ? [rule, full] : [full];
}

function cautionsOf(scenario: Scenario, answer: TrainingAnswer): string[] {
  const power = show(scenario.cluster.gpu.power, 'W');
  const cost = `${show(gpuHours(answer, answer.seconds.withGoodput).value, 'GPU·s')}, and up to ${show(energy(scenario, answer), 'J')} at the boards’ limit of ${power} each.`;
  if (answer.fuller) return [cost];
  if (answer.unknown === 'parameters')
    return [cost, 'A size that is asked for has no shape yet, so attention and logits are not counted.'];
  const why = answer.notes.map((note) => note.message).join(' ');
  return [
    cost,
    `${why.replace('this number of parameters', scenario.model.name)} Choose a model or paste a config.json to count them.`,
  ];
}

/** The training-time question of a scenario, answered: by 6ND, by the fuller count, with goodput, and as a range. */
export function view(scenario: Scenario): Outcome<TimeView> {
  const { model, cluster, execution, data, question } = scenario;
  const solved = solveTraining({
    unknown: question.unknown,
    parameters: model.parameters,
    shape: model.shape,
    tokens: data.tokens,
    sequence: data.sequence,
    peak: execution.peak,
    gpus: cluster.gpus,
    efficiency: execution.efficiency,
    goodput: execution.goodput,
    time: question.time,
    count: question.attention === 'causal' ? 'exact-causal' : 'exact',
    withGoodput: true,
  });
  if (!solved.ok) return solved;
  const answer = solved.value;
  const seconds = answer.seconds.withGoodput;
  const parts = partsOf(answer);
  const range = rangeOf(scenario, answer);
  const value = answer.unknown === 'time' ? seconds : (answer.wholeGpus ?? answer.value);
  const flops = (n: number): Quantity => ({ value: n, unit: 'FLOP' });
  const time = (n: number): Quantity => ({ value: n, unit: 's' });
  return {
    ok: true,
    value: {
      sentence: sentenceOf(scenario, answer),
      cautions: cautionsOf(scenario, answer),
      parts,
      seconds,
      range,
      solved: { [SOLVED_FIELD[answer.unknown]]: value },
      equations: equationsOf(answer, execution.peak),
      code: codeOf(scenario),
      table: {
        caption: 'The same run, read step by step',
        columns: [
          { label: 'Reading' },
          { label: 'Model FLOPs', unit: 'FLOP' },
          { label: 'Time', unit: 's' },
          { label: 'GPU-hours', unit: 'GPU·s' },
        ],
        rows: [
          ['6ND', flops(answer.flops), time(answer.seconds.sixNd), gpuHours(answer, answer.seconds.sixNd)],
          ...(answer.fuller && answer.seconds.fuller !== null
            ? [
                [
                  `Exact count, attention ${answer.fuller.convention === 'exact' ? 'in full' : 'causal'}`,
                  flops(answer.fuller.flops),
                  time(answer.seconds.fuller),
                  gpuHours(answer, answer.seconds.fuller),
                ] as const,
              ]
            : []),
          [
            `With ${show(answer.goodput, 'ratio')} goodput`,
            flops(answer.fuller?.flops ?? answer.flops),
            time(seconds),
            gpuHours(answer, seconds),
          ],
          ...(range
            ? ([
                ['Range, fast end', '', time(range.low), gpuHours(answer, range.low)],
                ['Range, slow end', '', time(range.high), gpuHours(answer, range.high)],
              ] as const)
            : []),
          [
            `Electricity at ${show(cluster.gpu.power, 'W')} a GPU`,
            { value: energy(scenario, answer), unit: 'J' },
            '',
            '',
          ],
          [
            `Peak in ${formatName(execution.precision)}, all GPUs`,
            { value: execution.peak * (answer.wholeGpus ?? answer.gpus), unit: 'FLOP/s' },
            '',
            '',
          ],
        ],
      },
    },
  };
}

function gpuHours(answer: TrainingAnswer, seconds: number): Quantity {
  return { value: (answer.wholeGpus ?? answer.gpus) * seconds, unit: 'GPU·s' };
}

/** Joules of the boards at their limit; of whole boards, also where a part of one would have done. */
function energy(scenario: Scenario, answer: TrainingAnswer): number {
  return scenario.cluster.gpu.power * gpuHours(answer, answer.seconds.withGoodput).value;
}
