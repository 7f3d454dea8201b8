import {
  failed,
  meanLayerParameters,
  ok,
  zeroSchedule,
  type Moment,
  type Outcome,
  type ZeroQuestion,
  type ZeroSchedule,
  type ZeroStage,
} from '#estimator';
import { formatQuantity, type Quantity } from '#format';
import type { Scenario } from '#scenario';
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

/** What the scheme sends beside plain data parallelism. */
function besidePlain(sent: number, plain: number): string {
  const ratio = sent / plain;
  if (Math.abs(ratio - 1) < 1e-9) return 'as much as DDP';
  return `${formatQuantity({ value: ratio, unit: 'factor', digits: 2 })} as much as DDP`;
}

function sentenceOf(
  view: Omit<HoldsView, keyof View>,
  { name, asked: { layers } }: { readonly name: string; readonly asked: ZeroQuestion },
  plain: ZeroSchedule,
): Span[] {
  const { moment, place, doing, sent, ranks, at } = view;
  const held = formatQuantity({ value: moment.bytes.total, unit: 'B', as: 'GiB' });
  const share = moment.bytes.total / (plain.moments[at] as Moment).bytes.total;
  const alone = name === 'DDP';
  return [
    { text: `${name} on ${ranks} GPUs, ${place}: ${doing}. Of the ${layers} layers drawn each holds ` },
    { text: alone ? held : `${held}, ${percent(share)} of DDP’s`, strong: true },
    { text: ', and sends ' },
    { text: `${show(sent)} in the step${alone ? '' : `, ${besidePlain(sent, plain.sent)}`}`, strong: true },
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

/** Every scheme's step, of equal layers; none where the layers have no parameters. */
function schemesOf(small: Omit<ZeroQuestion, 'zeroStage'>) {
  return STAGES.flatMap(([zeroStage, name]) => {
    const asked: ZeroQuestion = { zeroStage, ...small };
    const schedule = zeroSchedule(asked);
    return schedule.ok ? [{ name, asked, schedule: schedule.value }] : [];
  });
}

/** A small step of plain data parallelism or ZeRO at one of its moments, beside the other schemes. */
export function view({ values }: Scenario): Outcome<HoldsView> {
  const shape = shapeOf(values);
  if (!shape)
    return failed({ code: 'missing', path: 'model', message: 'A layer needs a model whose shape is known.' });
  const parameters = meanLayerParameters(shape);
  const all = schemesOf({ ranks: values.holdRanks, layers: Number(values.holdLayers), parameters });
  const [plain, mine] = [all[0], all[Number(values.holdStage)]];
  if (!plain || !mine)
    return failed({ code: 'inconsistent', path: 'model', message: 'Its layers have no parameters.' });
  const { schedule, asked, name } = mine;
  const last = schedule.moments.length - 1;
  const at = Math.min(values.holdMoment, last);
  const moment = schedule.moments[at] as Moment;
  const shown = {
    moment,
    at,
    last,
    ranks: asked.ranks,
    place: placeOf(moment),
    doing: doingOf(moment),
    sent: schedule.sent,
    most: plain.schedule.peak,
    schemes: all.map((scheme) => ({
      stage: scheme.asked.zeroStage,
      name: scheme.name,
      chosen: scheme === mine,
      bytes: (scheme.schedule.moments[at] as Moment).bytes,
      sent: scheme.schedule.sent,
    })),
  };
  return ok({
    ...shown,
    sentence: sentenceOf(shown, mine, plain.schedule),
    equations: [
      {
        id: 'zero-traffic',
        numbers: {
          crossings: String(crossingsOf(schedule, asked)),
          bytesOnWire: '2 B',
          storedParameters: formatQuantity({ value: asked.layers * parameters, unit: 'size', digits: 4 }),
          ranks: String(asked.ranks),
          sentBytes: formatQuantity({ ...gigabytes(schedule.sent), digits: 4 }),
        },
      },
    ],
    code: codeOf(asked),
    table: tableOf(name, asked, schedule),
  });
}
