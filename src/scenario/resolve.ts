import { gpus, type GpuRecord } from '#catalog';
import { checkModel, type Format, type Issue, type Model, type Outcome, type Recompute } from '#estimator';
import { short } from '#format';
import { baseModel } from './base-model.ts';
import { checkField } from './check.ts';
import { shapeValues } from './counting-shape.ts';
import { fields } from './fields.ts';
import { formatName } from './format-names.ts';
import { presetById } from './presets.ts';
import { decodeShape } from './shape.ts';
import type { FieldKey, Patch, Unknown, Values } from './values.ts';

/** The whole question, ready for the estimator: catalogue looked up, defaults filled, every number legal on its own. */
export interface Scenario {
  readonly values: Values;
  readonly model: {
    readonly id: string;
    readonly name: string;
    /** The N of 6ND. */
    readonly parameters: number;
    /** All that are held, idle experts included. */
    readonly stored: number;
    /** Null when N was typed by hand: a number of parameters says nothing about attention and logits. */
    readonly shape: Model | null;
  };
  readonly cluster: { readonly gpu: GpuRecord; readonly gpus: number };
  readonly execution: {
    readonly precision: Format;
    /** Dense peak of one GPU in that format, FLOP/s. */
    readonly peak: number;
    readonly efficiency: number;
    readonly goodput: number;
    readonly recompute: Recompute;
    readonly measured: 'step' | 'throughput';
    readonly throughput: number;
    readonly stepTime: number;
    readonly globalBatch: number;
  };
  readonly data: { readonly tokens: number; readonly sequence: number };
  readonly question: {
    readonly unknown: Unknown;
    readonly time: number;
    readonly attention: 'full' | 'causal';
  };
}

function defaultPrecision(gpu: GpuRecord | undefined, wanted: Format): Format {
  const order: readonly Format[] = [wanted, 'bf16', 'fp16', 'fp32'];
  return order.find((f) => gpu?.peak[f] !== undefined) ?? wanted;
}

/** Fills what follows from other choices: N and the sequence from the model, a format that the GPU has. */
export function effectiveValues(presetId: string, patch: Patch): Values {
  const preset = presetById(presetId).values;
  const merged = { ...preset, ...patch };
  const base = baseModel(merged.model, merged.shape) ?? baseModel(preset.model, '');
  const gpu = gpus.find((g) => g.id === merged.gpu);
  return {
    ...merged,
    ...shapeValues(base?.shape),
    ...patch,
    parameters: patch.parameters ?? base?.parameters ?? 0,
    sequence: patch.sequence ?? base?.shape.sequence ?? 0,
    precision: patch.precision ?? defaultPrecision(gpu, preset.precision),
  };
}

function issue(path: FieldKey, message: string): Issue {
  return { code: path === 'precision' ? 'format-lacking' : 'inconsistent', path, message };
}

/** What of the combination cannot stand although each value can. */
function combinationIssues(values: Values, gpu: GpuRecord | undefined): Issue[] {
  const found: Issue[] = [];
  if (values.model === 'custom') {
    const shape = decodeShape(values.shape);
    if (!shape) found.push(issue('model', 'Paste a config.json first: there is no shape of your own yet.'));
    else found.push(...checkModel(shape).map((i) => issue('shape', i.message)));
  }
  if (gpu && gpu.peak[values.precision] === undefined) {
    const has = Object.keys(gpu.peak).filter((f) => f !== 'int8').map((f) => formatName(f as Format)); // prettier-ignore
    found.push(
      issue(
        'precision',
        `${gpu.name} has no ${formatName(values.precision)} matrix rate. It has ${has.join(', ')}.`,
      ),
    );
  }
  return found;
}

let last:
  { readonly presetId: string; readonly patch: Patch; readonly outcome: Outcome<Scenario> } | undefined;

/**
 * The scenario of a preset and the reader's changes, or what is wrong with it, field by field. Never throws on a patch.
 * All cells of a page ask it about the same patch, so the last answer is kept.
 */
export function resolve(presetId: string, patch: Patch): Outcome<Scenario> {
  if (last?.patch !== patch || last.presetId !== presetId)
    last = { presetId, patch, outcome: resolved(presetId, patch) };
  return last.outcome;
}

function resolved(presetId: string, patch: Patch): Outcome<Scenario> {
  const values = effectiveValues(presetId, patch);
  const gpu = gpus.find((g) => g.id === values.gpu);
  const base = baseModel(values.model, values.shape);
  const single = (Object.keys(fields) as FieldKey[]).flatMap((key) => {
    const message = checkField(key, values[key]);
    return message === null ? [] : [issue(key, message)];
  });
  const issues = single.length > 0 ? single : combinationIssues(values, gpu);
  const peak = gpu?.peak[values.precision];
  if (issues.length > 0 || !gpu || !base || peak === undefined) return { ok: false, issues };
  const ownN = values.parameters !== base.parameters;
  return {
    ok: true,
    value: {
      values,
      model: {
        id: values.model,
        name: ownN ? `a ${short(values.parameters)} model` : base.name,
        parameters: values.parameters,
        stored: ownN ? values.parameters : base.stored,
        shape: ownN ? null : { ...base.shape, sequence: values.sequence },
      },
      cluster: { gpu, gpus: values.gpus },
      execution: {
        precision: values.precision,
        peak,
        efficiency: values.efficiency,
        goodput: values.goodput,
        recompute: values.recompute,
        measured: values.measured,
        throughput: values.throughput,
        stepTime: values.stepTime,
        globalBatch: values.globalBatch,
      },
      data: { tokens: values.tokens, sequence: values.sequence },
      question: { unknown: values.unknown, time: values.time, attention: values.attention },
    },
  };
}

/** The preset itself as a scenario. Throws when the catalogue lacks what the preset names: a fault of ours, found at build. */
export function resolvePreset(presetId: string): Scenario {
  const outcome = resolve(presetId, {});
  if (!outcome.ok) throw new Error(`Preset "${presetId}": ${outcome.issues.map((i) => i.message).join(' ')}`);
  return outcome.value;
}

/** The part of a link's patch that makes a legal scenario; what had to go is named. */
export function resolvePatch(presetId: string, patch: Patch): { patch: Patch; dropped: string[] } {
  const dropped: string[] = [];
  let rest: Patch = patch;
  for (
    let outcome = resolve(presetId, rest);
    !outcome.ok && Object.keys(rest).length > 0;
    outcome = resolve(presetId, rest)
  ) {
    const paths = outcome.issues.map((i) => i.path as FieldKey).filter((path) => path in rest);
    dropped.push(...outcome.issues.map((i) => `${fields[i.path as FieldKey].label}: ${i.message}`));
    // An issue on a value that the link did not set comes from another one that it did: then nothing of it can be kept.
    rest =
      paths.length === 0
        ? {}
        : Object.fromEntries(Object.entries(rest).filter(([k]) => !paths.includes(k as FieldKey)));
  }
  return { patch: rest, dropped };
}
