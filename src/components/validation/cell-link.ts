/** A run as a link that opens it in the cell "What is my MFU?", with its model, machine and measurement filled in. */
import { modelFlops, type Model } from '#estimator';
import { models, type GpuRecord } from '#catalog';
import { checkField, encodePatch, encodeShape, presets, type FieldKey, type Patch } from '#scenario';
import { formatOf } from '#validation/execution-of-run.ts';
import type { ValidatedRun } from '#validation/validate-run.ts';

/** The cell that a run opens in, and the preset that its page starts from. */
export const CELL = '/cells/my-mfu/';
const START = presets.talk.values;

/** By shape without its sequence, which is a field of its own. */
const shapeKey = (model: Model): string => encodeShape({ ...model, sequence: 1 });
const catalogued = new Map(models.map(({ id, shape }) => [shapeKey(shape), id]));

function modelPatch(model: Model): Patch {
  const id = catalogued.get(shapeKey(model));
  if (id === undefined) return { model: 'custom', shape: encodeShape(model) };
  const own = models.find((record) => record.id === id)?.shape.sequence;
  return { model: id, ...(own === model.sequence ? {} : { sequence: model.sequence }) };
}

function measurement({ scenario, headline, mfu }: ValidatedRun): Patch {
  const { cluster, model, precision, globalBatch } = scenario;
  if (headline?.quantity === 'stepTimeS')
    return { measured: 'step', stepTime: headline.measured, globalBatch };
  const rate = (mfu ?? 0) * (cluster.gpu.peak[formatOf(precision)] ?? 0);
  return { measured: 'throughput', throughput: Number((rate / modelFlops(model).total).toPrecision(5)) };
}

/** What the cell starts from needs no place in the link; the model is always named, as others follow from it. */
const says = ([key, value]: [string, unknown]): boolean =>
  key === 'model' || key === 'precision' || START[key as keyof typeof START] !== value;

const queryOf = (patch: Patch): string => {
  const legal = Object.entries(patch).filter(([key, value]) => checkField(key as FieldKey, value) === null);
  return encodePatch(Object.fromEntries(legal.filter(says)));
};

/** The query in two parts, because many runs share a model: `?v=1&m=…` and `&g=…&n=…`. */
export function cellQuery(run: ValidatedRun): { readonly shape: string; readonly rest: string } {
  const { cluster, precision, recompute, model } = run.scenario;
  const gpu = (cluster.gpu as GpuRecord).id;
  const machine: Patch = { gpu, precision: formatOf(precision), gpus: cluster.gpus, recompute };
  const rest = queryOf({ ...machine, ...measurement(run) });
  return { shape: queryOf(modelPatch(model)), rest: rest.replace(/^\?v=\d+/, '') };
}
