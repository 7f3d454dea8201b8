import {
  CROWDED,
  dataParallelOf,
  evenStateShare,
  GIB,
  ok,
  stateOfStage,
  type MemoryEstimate,
  type MemoryParts,
  type Outcome,
  type TrainingScenario,
} from '#estimator';
import { formatQuantity, whole, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import type { ShownEquation, Span, View } from '../frame/types.ts';
import { memoryQuestionOf } from '../step/memory-question.ts';
import { changedText, nameOf, splitText, type StepQuestion } from '../step/question.ts';
import { fixOf, type Fix } from './fix.ts';
import { KINDS, partsOf, stateOf, zeroCases, type ZeroCase } from './stages.ts';

export interface TankView extends View {
  readonly stages: readonly {
    readonly name: string;
    readonly parts: readonly number[];
    readonly total: number;
  }[];
  readonly fullest: number;
  readonly capacity: number;
  readonly limit: string;
  readonly cases: readonly {
    readonly zero: number;
    readonly parts: readonly number[];
    readonly total: number;
    readonly sends: string;
    readonly current: boolean;
  }[];
  /** The split, and what of it had to change. */
  readonly note: string;
  readonly fits: boolean;
  /** What is to be said of a step that fits. */
  readonly verdict: string;
  readonly fix: Fix | null;
}

const gib = (value: number): Quantity => ({ value, unit: 'B', as: 'GiB' });
const show = (value: number): string => formatQuantity(gib(value));
/** Without the unit, where it stands once in the sentence. */
const bare = (value: number): string => show(value).replace(' GiB', '');

/** What is missing, as the difference of the two numbers as they are shown. */
function missing(total: number, memory: number): string {
  const shown = (value: number): number => Number((value / GIB).toPrecision(3));
  return bare(GIB * (shown(total) - shown(memory)));
}

function where({ stage, stages }: MemoryEstimate, gpus: number): string {
  if (stages.length > 1) return `the fullest GPU, on stage ${stage + 1} of ${stages.length},`;
  return gpus === 1 ? 'it' : 'each GPU';
}

const ALONE = ' One replica: ZeRO has nothing to share out.';

/** What else takes a tenth of all or more. */
const largeRest = (parts: MemoryParts, total: number): string =>
  (
    [
      ['logits', 'the logits at the loss'],
      ['temporary', 'the backward pass of one layer'],
      ['communication', 'buffers'],
    ] as const
  )
    .filter(([key]) => parts[key] >= total / 10)
    .map(([key, name]) => `, ${name} ${show(parts[key])}`)
    .join('');

/** What another stage of ZeRO would change. */
function comparison(cases: readonly ZeroCase[], zero: number, replicas: number): string {
  if (replicas === 1) return ALONE;
  const [none, first] = cases;
  return zero === 0
    ? ` ZeRO-1 would take it to ${show(first!.estimate.total)}.`
    : ` With nothing shared out it would hold ${show(none!.estimate.total)}.`;
}

function sentenceOf(page: Scenario, { scenario }: StepQuestion, cases: readonly ZeroCase[]): Span[] {
  const { cluster, parallelism } = scenario;
  const { estimate } = cases[parallelism.zeroStage]!;
  const { memory } = cluster.gpu;
  const { parts, total } = estimate;
  const on = ` on ${formatQuantity({ value: cluster.gpus, unit: 'GPU' })} ${page.cluster.gpu.short}: `;
  const state = show(stateOf(parts));
  // Experts that tensor parallelism does not split have more replicas than the rest.
  const { shards, expertShards } = stateOfStage(scenario, estimate.stage);
  const replicas = scenario.model.moe ? Math.max(shards, expertShards) : shards;
  if (total <= memory)
    return [
      { text: `${nameOf(page)} fits${on}${where(estimate, cluster.gpus)} holds ` },
      { text: `${bare(total)} of its ${show(memory)}`, strong: true },
      { text: `, ${state} of it weights, gradients and optimizer.` },
      { text: comparison(cases, parallelism.zeroStage, replicas) },
    ];
  return [
    { text: `${nameOf(page)} does ` },
    { text: 'not fit', strong: true },
    { text: `${on}${where(estimate, cluster.gpus)} needs ` },
    { text: `${bare(total)} of ${show(memory)}, ${missing(total, memory)} too many`, strong: true },
    {
      text: `. Weights, gradients and optimizer take ${state}, activations ${show(parts.activations)}${largeRest(parts, total)}.`,
    },
    ...(replicas === 1 ? [{ text: ALONE }] : []),
  ];
}

/** What no split can change: an even share of the state on each GPU, where that alone is too much. */
function leastOf(scenario: TrainingScenario): string[] {
  const { cluster } = scenario;
  const least = evenStateShare(scenario);
  return least > cluster.gpu.memory && cluster.gpus > 1
    ? [`Even shared out over all GPUs, the state alone would be ${show(least)} on each.`]
    : [];
}

const verdictOf = (share: number): string =>
  share > CROWDED
    ? 'It fits with less than a tenth of the card to spare: published runs as full as this took several times as long as predicted.'
    : 'It fits as it is.';

/** How the step is split: always something, so that nothing moves when it changes. */
function noteOf(question: StepQuestion): string {
  const { scenario } = question;
  const replicas = dataParallelOf(scenario);
  const { expertShards } = stateOfStage(scenario, 0);
  const apart = scenario.model.moe && expertShards !== replicas;
  const ofExperts = apart ? `, of experts ${whole(expertShards)}` : '';
  return [
    `Split: ${splitText(scenario)}, replicas ${whole(replicas)}${ofExperts}.`,
    ...changedText(question),
    ...leastOf(scenario),
  ].join(' ');
}

function equationsOf(scenario: TrainingScenario, estimate: MemoryEstimate): ShownEquation[] {
  const { parts, total, stage } = estimate;
  const state = stateOfStage(scenario, stage);
  const real = (value: number): string => formatQuantity({ value, unit: 'real' });
  const size = (value: number): string => formatQuantity({ value, unit: 'size' });
  const stateBytes = formatQuantity(gib(stateOf(parts)));
  const experts = scenario.model.moe !== undefined;
  return [
    {
      id: `state-zero-${scenario.parallelism.zeroStage}${experts ? '-experts' : ''}`,
      numbers: {
        weightBytes: real(state.weights),
        gradientBytes: real(state.gradients),
        optimizerBytes: real(state.optimizer),
        stageParameters: size(state.parameters),
        expertParameters: size(state.expertParameters),
        shards: real(state.shards),
        expertShards: real(state.expertShards),
        stateBytes,
      },
    },
    {
      id: 'gpu-memory',
      numbers: {
        stateBytes,
        activationBytes: formatQuantity(gib(parts.activations)),
        passingBytes: formatQuantity(gib(parts.logits + parts.temporary)),
        bufferBytes: formatQuantity(gib(parts.communication)),
        outsideBytes: formatQuantity(gib(parts.framework)),
        gpuMemory: formatQuantity(gib(total)),
      },
    },
  ];
}

const codeOf = (scenario: TrainingScenario): string =>
  [
    `import { memoryPerGpu } from './src/estimator/index.ts';`,
    '',
    `const scenario = ${JSON.stringify(scenario, null, 2)};`,
    `console.log(memoryPerGpu(scenario));`,
  ].join('\n');

function tableOf(page: Scenario, cases: readonly ZeroCase[], zero: number): View['table'] {
  const { estimate } = cases[zero]!;
  return {
    caption: `Memory of a GPU that trains ${nameOf(page)}, by pipeline stage, and of the fullest by stage of ZeRO`,
    columns: [
      { label: 'Where' },
      ...KINDS.map(({ label }) => ({ label, unit: 'B' })),
      { label: 'all', unit: 'B' },
      { label: 'sent to replicas a step', unit: 'B' },
    ],
    rows: [
      ...estimate.stages.map(({ stage, parts, total }) => [
        `stage ${stage + 1}`,
        ...partsOf(parts).map(gib),
        gib(total),
        '',
      ]),
      ...cases.map(({ zero: other, estimate: { parts, total }, sends }) => [
        `ZeRO ${other}`,
        ...partsOf(parts).map(gib),
        gib(total),
        { value: sends, unit: 'B' } as const,
      ]),
    ],
  };
}

/** What one GPU of every stage holds against what its card has, the same under each stage of ZeRO, and a way to fit. */
export function view(page: Scenario): Outcome<TankView> {
  const asked = memoryQuestionOf(page);
  if (!asked.ok) return asked;
  const { scenario } = asked.value;
  const zero = scenario.parallelism.zeroStage;
  const cases = zeroCases(scenario);
  const { estimate } = cases[zero]!;
  const capacity = scenario.cluster.gpu.memory;
  const fits = estimate.total <= capacity;
  return ok({
    stages: estimate.stages.map(({ stage, parts, total }) => ({
      name: String(stage + 1),
      parts: partsOf(parts),
      total,
    })),
    fullest: estimate.stage,
    capacity,
    limit: `the card has ${show(capacity)}`,
    cases: cases.map(({ zero: other, estimate: { parts, total }, sends }) => ({
      zero: other,
      parts: partsOf(parts),
      total,
      sends: sends > 0 ? `sends ${formatQuantity({ value: sends, unit: 'B' })} a step` : 'sends nothing',
      current: other === zero,
    })),
    sentence: sentenceOf(page, asked.value, cases),
    note: noteOf(asked.value),
    fits,
    verdict: verdictOf(estimate.total / capacity),
    fix: fits ? null : fixOf(page, scenario),
    equations: equationsOf(scenario, estimate),
    code: codeOf(scenario),
    table: tableOf(page, cases, zero),
  });
}
