import {
  countParameters,
  failed,
  ok,
  zeroSchedule,
  type Moment,
  type Outcome,
  type ZeroQuestion,
  type ZeroSchedule,
  type ZeroStage,
} from '#estimator';
import { formatPlain, formatQuantity, type Quantity } from '#format';
import type { Scenario, Values } from '#scenario';
import type { Span, View } from '../frame/types.ts';
import { shapeOf } from '../step/question.ts';
import { doingOf, placeOf } from './moments.ts';

/** One scheme at the moment that is shown, beside the others. */
export interface Scheme {
  readonly stage: ZeroStage;
  readonly name: string;
  readonly chosen: boolean;
  readonly bytes: Moment['bytes'];
  /** Of the whole step. */
  readonly sent: number;
}

export interface HoldsView extends View {
  readonly ranks: number;
  readonly moment: Moment;
  /** From 0, and the last there is. */
  readonly at: number;
  readonly last: number;
  readonly place: string;
  readonly doing: string;
  readonly schemes: readonly Scheme[];
  /** The most that plain data parallelism holds: what the bars are measured by. */
  readonly most: number;
  readonly sent: number;
}

const STAGES: readonly (readonly [ZeroStage, string])[] = [
  [0, 'DDP'],
  [1, 'ZeRO-1'],
  [2, 'ZeRO-2'],
  [3, 'ZeRO-3'],
];

/** Times that each parameter crosses the wires, as the ZeRO paper counts them. */
const crossingsOf = (schedule: ZeroSchedule, { layers, parameters, ranks }: ZeroQuestion): number =>
  Math.round(schedule.sent / ((2 * layers * parameters * (ranks - 1)) / ranks));

const gigabytes = (value: number): Quantity => ({ value, unit: 'B' });
const show = (value: number): string => formatQuantity(gigabytes(value));
const percent = (value: number): string => formatQuantity({ value, unit: 'ratio', digits: 2 });

/** The mean layer of the model, embedding and logits left out. */
function layerParameters(values: Values): number | null {
  const shape = shapeOf(values);
  if (!shape) return null;
  const { total, embedding } = countParameters(shape);
  return (total - embedding) / shape.layers;
}

function sentenceOf(
  name: string,
  ranks: number,
  view: Pick<HoldsView, 'moment' | 'place' | 'doing' | 'sent'>,
  plain: ZeroSchedule,
  at: number,
): Span[] {
  const { moment, place, doing, sent } = view;
  const reference = plain.moments[at] as Moment;
  const share = moment.bytes.total / reference.bytes.total;
  return [
    { text: `${name} on ${ranks} GPUs, ${place}: ${doing}. Each holds ` },
    {
      text:
        name === 'DDP' ? show(moment.bytes.total) : `${show(moment.bytes.total)}, ${percent(share)} of DDP’s`,
      strong: true,
    },
    { text: ', and sends ' },
    {
      text: `${show(sent)} in the step${name === 'DDP' ? '' : `, ${formatQuantity({ value: sent / plain.sent, unit: 'factor', digits: 2 })} DDP’s`}`,
      strong: true,
    },
    { text: '.' },
  ];
}

const codeOf = (asked: ZeroQuestion): string =>
  [
    `import { zeroSchedule } from './src/estimator/index.ts';`,
    '',
    `const answer = zeroSchedule(${JSON.stringify(asked)});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');

const tableOf = (name: string, asked: ZeroQuestion, { moments }: ZeroSchedule): View['table'] => ({
  caption: `One step of ${name} on ${asked.ranks} GPUs and ${asked.layers} layers, moment by moment; bytes of one GPU`,
  columns: [
    { label: 'Moment' },
    { label: 'Where' },
    { label: 'Collective' },
    { label: 'Message', unit: 'B' },
    { label: 'Sent', unit: 'B' },
    { label: 'Weights', unit: 'B' },
    { label: 'Gradients', unit: 'B' },
    { label: 'Optimizer', unit: 'B' },
    { label: 'Held', unit: 'B' },
  ],
  rows: moments.map((moment, i) => {
    const { sending, bytes } = moment;
    return [
      String(i),
      placeOf(moment),
      sending?.op ?? 'none',
      gigabytes(sending?.bytes ?? 0),
      gigabytes(sending?.sent ?? 0),
      ...[bytes.weights, bytes.gradients, bytes.optimizer, bytes.total].map(gigabytes),
    ];
  }),
});

/** A small step of plain data parallelism or ZeRO at one of its moments, beside the other schemes. */
export function view({ values }: Scenario): Outcome<HoldsView> {
  const parameters = layerParameters(values);
  if (parameters === null)
    return failed({ code: 'missing', path: 'model', message: 'A layer needs a model whose shape is known.' });
  const chosen = Number(values.holdStage) as ZeroStage;
  const small = { ranks: values.holdRanks, layers: Number(values.holdLayers), parameters };
  const all = STAGES.map(([zeroStage, name]) => {
    const asked: ZeroQuestion = { zeroStage, ...small };
    return { name, asked, schedule: zeroSchedule(asked) };
  });
  const answered = all.flatMap(({ schedule, ...rest }) =>
    schedule.ok ? [{ ...rest, schedule: schedule.value }] : [],
  );
  const [plain, mine] = [answered[0], answered[chosen]];
  if (!plain || !mine)
    return failed({ code: 'inconsistent', path: 'model', message: 'Its layers have no parameters.' });
  const { schedule, asked, name } = mine;
  const last = schedule.moments.length - 1;
  const at = Math.min(values.holdMoment, last);
  const moment = schedule.moments[at] as Moment;
  const crossings = crossingsOf(schedule, asked);
  const shown = { moment, place: placeOf(moment), doing: doingOf(moment), sent: schedule.sent };
  return ok({
    ...shown,
    at,
    last,
    ranks: asked.ranks,
    most: plain.schedule.peak,
    schemes: answered.map((scheme) => ({
      stage: scheme.asked.zeroStage,
      name: scheme.name,
      chosen: scheme === mine,
      bytes: (scheme.schedule.moments[at] as Moment).bytes,
      sent: scheme.schedule.sent,
    })),
    sentence: sentenceOf(name, asked.ranks, shown, plain.schedule, at),
    equations: [
      {
        id: 'zero-traffic',
        numbers: {
          crossings: String(crossings),
          bytesOnWire: '2 B',
          storedParameters: formatPlain({ value: asked.layers * parameters, unit: 'size', digits: 4 }),
          ranks: String(asked.ranks),
          sentBytes: formatPlain({ ...gigabytes(schedule.sent), digits: 4 }),
        },
      },
    ],
    code: codeOf(asked),
    table: tableOf(name, asked, schedule),
  });
}
