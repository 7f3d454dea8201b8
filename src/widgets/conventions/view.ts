import {
  conventionReading,
  conventionToggles,
  conventionTornado,
  type ConventionChoice,
  type ConventionRun,
  type Issue,
  type Outcome,
  type Reading,
  type ToggleId,
} from '#estimator';
import { formatQuantity, significant, type Quantity } from '#format';
import { OWN_FORMAT, TOGGLE_FIELDS, type FieldKey, type Scenario, type Values } from '#scenario';
import type { View } from '../frame/types.ts';
import { codeOf } from './code.ts';

export interface ConventionsView extends View {
  readonly told: Values['told'];
  /** The chosen telling of the number that is looked at, and its unit as printed. */
  readonly anchor: number;
  readonly unit: string;
  readonly rows: readonly {
    readonly label: string;
    readonly marks: readonly { readonly label: string; readonly value: number; readonly chosen: boolean }[];
  }[];
}

const toggles = Object.entries(TOGGLE_FIELDS) as [ToggleId, (typeof TOGGLE_FIELDS)[ToggleId]][];

export function runOf({ model, cluster, execution, data }: Scenario): ConventionRun {
  return {
    parameters: model.parameters,
    storedParameters: model.stored,
    shape: model.shape,
    sequence: data.sequence,
    gpu: cluster.gpu,
    gpus: cluster.gpus,
    format: execution.precision,
    tokensPerSecond: execution.throughput * cluster.gpus,
    tokens: data.tokens,
    goodput: execution.goodput,
  };
}

/**
 * The reader's options by toggle; the run's own format is the estimator's reference. What this run leaves nothing to
 * choose about is at its reference whatever the link says: its field is not shown, so nobody could change it.
 */
export function choiceOf({ values }: Scenario, run: ConventionRun): ConventionChoice {
  const offered = conventionToggles(run).map((toggle) => toggle.id);
  return Object.fromEntries(
    toggles
      .map(([id, key]) => [id, values[key]] as const)
      .filter(([id, value]) => offered.includes(id) && !(id === 'peak-format' && value === OWN_FORMAT)),
  );
}

const percent = (value: number): Quantity => ({ value, unit: 'ratio' });
const time = (value: number): Quantity => ({ value, unit: 's' });
const terabytes = ({ memory }: Reading): string => {
  const kilo = memory.unit === 'GiB' ? 1024 : 1000;
  return memory.number >= kilo
    ? `${significant(memory.number / kilo)} ${memory.unit.replace('G', 'T')}`
    : `${significant(memory.number)} ${memory.unit}`;
};

/** Issues of the estimator, at the fields of the form and in its words. */
function atFields(issues: readonly Issue[]): Issue[] {
  const field: Readonly<Record<string, FieldKey>> = { ...TOGGLE_FIELDS, tokensPerSecond: 'throughput' };
  return issues.map((issue) => {
    const key = field[issue.path];
    if (key === undefined) return issue;
    if (issue.code !== 'unknown-choice') return { ...issue, path: key };
    const cure = issue.path === 'flops' ? 'take another, or a model with a shape' : 'take another';
    return { ...issue, path: key, message: `This run does not have that choice: ${cure}.` };
  });
}

/** Never none, so that nothing below moves while a slider passes the peak. */
function cautionsOf({ countFlops }: Values, mfu: number): string[] {
  const cautions = [
    ...(countFlops === '8nd'
      ? ['With 8ND this is a hardware utilisation (HFU), whatever it is called.']
      : []),
    ...(mfu > 1 ? ['More than the peak: these conventions do not belong together.'] : []),
  ];
  return cautions.length > 0 ? cautions : ['Nothing about the run itself changes, only how it is told.'];
}

/** One run under the reader's conventions, and how far each of them alone would move the number that is looked at. */
export function view(scenario: Scenario): Outcome<ConventionsView> {
  const { values, cluster } = scenario;
  const run = runOf(scenario);
  const choice = choiceOf(scenario, run);
  const reading = conventionReading(run, choice);
  const reference = conventionReading(run);
  const tornado = conventionTornado(run, values.told, choice);
  const failed = (issues: readonly Issue[]): Outcome<never> => ({ ok: false, issues: atFields(issues) });
  if (!reference.ok) return failed(reference.issues);
  if (!reading.ok) return failed(reading.issues);
  if (!tornado.ok) return failed(tornado.issues);
  const told = reading.value;
  const plain = reference.value;
  const { mfu } = told;
  const number = (value: number): Quantity =>
    values.told === 'mfu'
      ? percent(value)
      : values.told === 'seconds'
        ? time(value)
        : { value, unit: 'factor', as: 'number' };
  const rows = tornado.value.bars.map(({ toggle, values: marks }) => ({
    label: toggle.label,
    marks: marks.map(({ option, value }) => ({
      label: toggle.options.find((o) => o.id === option)?.label ?? option,
      value,
      chosen: option === (choice[toggle.id] ?? toggle.reference),
    })),
  }));
  return {
    ok: true,
    value: {
      told: values.told,
      anchor: tornado.value.anchor,
      unit: values.told === 'memory' ? told.memory.unit : '',
      rows,
      sentence: [
        { text: 'Told this way, the run reaches ' },
        { text: `${formatQuantity(percent(mfu))} of peak`, strong: true },
        { text: ', a plan built on it takes ' },
        { text: formatQuantity(time(told.seconds)), strong: true },
        { text: ' and its model state is ' },
        { text: terabytes(told), strong: true },
        {
          text:
            told.mfu === plain.mfu
              ? '.'
              : `. By 6ND on the dense peak it is ${formatQuantity(percent(plain.mfu))}.`,
        },
      ],
      cautions: cautionsOf(values, mfu),
      equations: [
        {
          id: 'mfu',
          numbers: {
            flopsPerToken: formatQuantity({ value: told.flopsPerToken, unit: 'FLOP/token', digits: 4 }),
            tokensPerSecond: formatQuantity({ value: run.tokensPerSecond, unit: 'token/s', digits: 4 }),
            gpus: formatQuantity({ value: cluster.gpus, unit: 'GPU' }),
            peak: formatQuantity({ value: told.peak, unit: 'FLOP/s', digits: 4 }),
            mfu: formatQuantity(percent(mfu)),
          },
        },
      ],
      code: codeOf(scenario, run, choice),
      table: {
        caption: 'Each convention alone, the others as chosen',
        columns: [
          { label: 'Convention' },
          { label: 'Option' },
          {
            label:
              values.told === 'memory'
                ? `Model state, ${told.memory.unit}`
                : values.told === 'mfu'
                  ? 'MFU'
                  : 'Time',
          },
        ],
        rows: rows.flatMap((row) =>
          row.marks.map(
            (m) => [row.label, `${m.label}${m.chosen ? ' (chosen)' : ''}`, number(m.value)] as const,
          ),
        ),
      },
    },
  };
}
