import { modelById } from '#catalog';
import {
  countingValues,
  equations,
  evaluate,
  exactFlopsFormula,
  modelTensors,
  ok,
  type DissectOptions,
  type Equation,
  type Model,
  type ModelTensors,
  type Outcome,
  type PartKind,
} from '#estimator';
import { formatQuantity, whole, type Quantity, type Unit } from '#format';
import type { Scenario } from '#scenario';
import { askedShape } from '../frame/asked-shape.ts';
import type { ShownEquation, Span, TableCell, View } from '../frame/types.ts';
import { codeOf } from './code.ts';
import { icicle, measureOf, type IcicleNode, type Measure } from './icicle.ts';

/** One model taken apart. */
export interface Dissected {
  readonly name: string;
  readonly shape: Model;
  readonly tensors: ModelTensors;
  readonly nodes: readonly IcicleNode[];
  readonly total: number;
  readonly amount: string;
  readonly rows: readonly (readonly TableCell[])[];
}

export interface DissectorView extends View {
  readonly measure: Measure;
  readonly models: readonly Dissected[];
  /** What a whole context of each costs, and which numbers had to move. */
  readonly note: string;
}

const UNITS: Readonly<Record<Measure, Unit>> = {
  parameters: 'size',
  forward: 'FLOP/token',
  training: 'FLOP/token',
  activations: 'B',
  cache: 'B',
};

const quantity = (value: number, measure: Measure): Quantity => ({ value, unit: UNITS[measure], digits: 4 });
export const amountOf = (value: number, measure: Measure): string => formatQuantity(quantity(value, measure));
const percent = (value: number): string => formatQuantity({ value, unit: 'ratio' });

function rowsOf(name: string, nodes: readonly IcicleNode[], tensors: ModelTensors): TableCell[][] {
  const names = new Map(
    tensors.groups.flatMap((g) => g.parts.map((p) => [`${g.id}/${p.id}`, `${g.name}, ${p.name}`])),
  );
  return nodes
    .filter(({ level }) => level === 2)
    .map((node) => [
      name,
      names.get(node.id.split('/').slice(0, 2).join('/')) ?? '',
      node.name,
      { value: node.cost.parameters, unit: 'size' },
      { value: node.cost.forward, unit: 'FLOP/token' },
      { value: node.cost.backward, unit: 'FLOP/token' },
      { value: node.cost.activations, unit: 'B' },
      { value: node.cost.cache, unit: 'B' },
    ]);
}

function dissect(name: string, shape: Model, options: DissectOptions, measure: Measure): Dissected {
  const tensors = modelTensors(shape, options);
  const total = measureOf(tensors, measure);
  const nodes = icicle(tensors, measure);
  const rows = rowsOf(name, nodes, tensors);
  return { name, shape, tensors, nodes, total, rows, amount: amountOf(total, measure) };
}

let last: { readonly asked: string; readonly model: Dissected } | undefined;

/** The model beside, taken apart once for as long as nothing about it changes: sliders move the other one. */
function beside(id: string, options: DissectOptions, measure: Measure): Dissected {
  const asked = JSON.stringify([id, options, measure]);
  if (last?.asked !== asked) {
    const { name, shape } = modelById(id);
    last = { asked, model: dissect(name, shape, options, measure) };
  }
  return last.model;
}

const WHERE: Readonly<Record<PartKind, string>> = {
  table: 'the tables at its ends',
  attention: 'the projections of attention',
  scores: 'attention between tokens',
  mlp: 'the MLPs',
  experts: 'the experts',
  norms: 'the norms',
};

/** Where most of it is, in words: the kind of part with the largest area. */
function mostOf({ nodes }: Dissected): string {
  const shares = new Map<PartKind, number>();
  for (const { level, kind, share } of nodes) {
    if (level === 1 && kind !== 'group') shares.set(kind, (shares.get(kind) ?? 0) + share);
  }
  const [kind, share] = [...shares].sort((a, b) => b[1] - a[1])[0] ?? ['table', 1];
  return share > 0.9995 ? `all in ${WHERE[kind]}` : `${percent(share)} in ${WHERE[kind]}`;
}

const SAID: Readonly<Record<Measure, (name: string) => string>> = {
  parameters: (name) => `${name} holds `,
  forward: (name) => `One token of ${name} takes `,
  training: (name) => `Training ${name} takes `,
  activations: (name) => `Training ${name} keeps, for each token, `,
  cache: (name) => `Serving ${name} keeps, for each token, `,
};
const AFTER: Readonly<Partial<Record<Measure, string>>> = { parameters: ' parameters', forward: ' forward' };

function sentenceOf(models: readonly Dissected[], measure: Measure): Span[] {
  const after = AFTER[measure] ?? '';
  return [
    ...models.flatMap((one, i): Span[] => [
      { text: i === 0 ? SAID[measure](one.name) : `; ${one.name}, ` },
      { text: one.amount, strong: true },
      { text: `${i === 0 ? after : ''}, ${mostOf(one)}` },
    ]),
    { text: '.' },
  ];
}

function noteOf(models: readonly Dissected[], sequence: number, moved: string): string {
  const [first] = models;
  if (!first) return '';
  const { cache, activations } = first.tensors;
  const bytes = (each: number): string => formatQuantity({ value: each * sequence, unit: 'B' });
  return [
    `A sequence of ${whole(sequence)} tokens is ${bytes(activations)} of activations, by the kernels chosen, while ${first.name} trains, and ${bytes(cache)} of KV cache while it serves.`,
    moved,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The equations of one model: a layer's matrices, the FLOPs of a token, the cache. */
function equationsOf(shape: Model, sequence: number, causal: boolean, cacheElement: number): ShownEquation[] {
  const values = countingValues(shape, cacheElement);
  const show = (equation: Equation, all: Readonly<Record<string, number>>, unit: Unit): ShownEquation => ({
    id: equation.id,
    numbers: {
      ...Object.fromEntries(
        Object.keys(equation.symbols).map((name) => [
          name,
          formatQuantity({ value: all[name] ?? 0, unit: name === 'cacheElement' ? 'B' : 'count', digits: 4 }),
        ]),
      ),
      [equation.result]: formatQuantity({ value: evaluate(equation, all), unit, digits: 4 }),
    },
  });
  const layer =
    shape.mla && shape.mla.queryRank !== null
      ? equations.latentAttentionParameters
      : shape.moe && shape.moe.denseLayers < shape.layers
        ? equations.expertLayerParameters
        : equations.layerParameters;
  const flops = exactFlopsFormula({ ...shape, sequence }, causal);
  return [
    ...(shape.mla?.queryRank === null ? [] : [show(layer, values, 'size')]),
    ...(flops ? [show(flops.equation, flops.values, 'FLOP/token')] : []),
    show(shape.mla ? equations.latentCache : equations.kvCache, values, 'B'),
  ];
}

/** One or two models, tensor by tensor, under the chosen measure. */
export function view(scenario: Scenario): Outcome<DissectorView> {
  const { values, data, question, execution } = scenario;
  const asked = askedShape(scenario);
  if (!asked.ok) return asked;
  const { shape, name, moved } = asked.value;
  const measure = values.kMetric;
  const causal = question.attention === 'causal';
  const cacheElement = Number(values.kCacheBits) / 8;
  const options: DissectOptions = {
    causal,
    cacheElement,
    framework: values.kKernels,
    fusedAttention: values.kKernels === 'megatron-core',
    recompute: execution.recompute,
  };
  const own = { ...options, sequence: data.sequence };
  const models = [dissect(name, shape, own, measure)];
  if (values.kCompare !== 'none') models.push(beside(values.kCompare, options, measure));
  return ok({
    measure,
    models,
    note: noteOf(models, data.sequence, moved),
    sentence: sentenceOf(models, measure),
    equations: equationsOf(shape, data.sequence, causal, cacheElement),
    code: codeOf(shape, own),
    table: {
      caption: 'Tensor by tensor: counts over all layers, FLOP and bytes for one token',
      columns: [
        { label: 'Model' },
        { label: 'Part' },
        { label: 'Tensor' },
        { label: 'Parameters' },
        { label: 'Forward', unit: 'FLOP/token' },
        { label: 'Backward', unit: 'FLOP/token' },
        { label: 'Activations', unit: 'B/token' },
        { label: 'KV cache', unit: 'B/token' },
      ],
      rows: models.flatMap(({ rows }) => rows),
    },
  });
}
