import { gpus } from '#catalog';
import { conventionToggles, type ConventionRun, type ToggleId } from '#estimator';
import { baseModel } from './base-model.ts';
import type { ChoiceField } from './field-types.ts';
import { remember } from './remember.ts';
import type { FieldKey, Values } from './values.ts';

/** The scenario's field for each of the estimator's toggles. */
export const TOGGLE_FIELDS = {
  flops: 'countFlops',
  sparsity: 'countPeak',
  'peak-format': 'countFormat',
  parameters: 'countParameters',
  'state-bytes': 'countBytes',
  'byte-unit': 'countUnit',
  goodput: 'countLost',
} as const satisfies Record<ToggleId, FieldKey>;

type ConventionKey = (typeof TOGGLE_FIELDS)[ToggleId];

/** Enough of a run to say which toggles it has; the speed does not matter for that. */
function runOf(values: Partial<Values>): ConventionRun | null {
  const gpu = gpus.find((g) => g.id === values.gpu);
  if (!gpu || !values.precision) return null;
  const base = baseModel(values.model ?? '', values.shape ?? '');
  // A size typed by hand is no longer the model's, and has no shape.
  const shape = base?.parameters === (values.parameters ?? base?.parameters) ? base?.shape : null;
  return {
    gpu,
    shape: shape ?? null,
    format: values.precision,
    parameters: 1,
    gpus: 1,
    tokensPerSecond: 1,
    tokens: 1,
    goodput: 1,
  };
}

const LOOKED_AT = ['gpu', 'precision', 'model', 'shape', 'parameters'] as const;

const togglesOf = remember(LOOKED_AT, (values) => {
  const run = runOf(values);
  return run ? conventionToggles(run) : [];
});

/** The run's own format goes by that name, so that a link does not change meaning with the GPU. */
export const OWN_FORMAT = 'own';

function field(id: ToggleId, url: string, help: string, label: string): ChoiceField {
  return {
    kind: 'choice',
    label,
    help,
    url,
    options: remember(LOOKED_AT, (values) => {
      const toggle = togglesOf(values).find((t) => t.id === id);
      const options = toggle?.options.map((option) => ({
        value: id === 'peak-format' && option.id === toggle.reference ? OWN_FORMAT : option.id,
        label: option.label,
      }));
      return [{ label, options: options ?? [] }];
    }),
  };
}

/** Fields made from the estimator's toggles; labels and sources of the options are its own. */
export const conventionFields: { readonly [K in ConventionKey]: ChoiceField } = {
  countFlops: field('flops', 'cf', 'Which FLOPs count as the run’s work.', 'FLOPs counted'),
  countPeak: field(
    'sparsity',
    'cs',
    'Datasheets print the rate for half-empty matrices in bold.',
    'Peak on the datasheet',
  ),
  countFormat: field('peak-format', 'cp', 'Whose peak is the 100%.', 'Peak of which format'),
  countParameters: field('parameters', 'cn', 'What the N of 6ND counts.', 'Parameters counted'),
  countBytes: field(
    'state-bytes',
    'cb',
    'Bytes of weights, gradients and optimizer for one parameter.',
    'Bytes a parameter',
  ),
  countUnit: field('byte-unit', 'cu', 'What is printed as a gigabyte.', 'A gigabyte is'),
  countLost: field(
    'goodput',
    'cg',
    'Whether failures, checkpoints and restarts are in the time.',
    'Lost time',
  ),
};
