import { checkNumbers } from '../check-number.ts';
import { failed, ok, type Outcome } from '../issues.ts';
import { stateRecipe } from '../model-state.ts';
import { busFactor, type CollectiveOp } from '../network/operation.ts';
import type { ZeroStage } from '../training/types.ts';
import type { Bytes } from '../units.ts';

/** Equal layers on equal data-parallel ranks. */
export interface ZeroQuestion {
  readonly zeroStage: ZeroStage;
  readonly ranks: number;
  readonly layers: number;
  /** Of one layer. */
  readonly parameters: number;
}

/** Weights and optimizer state of a layer on one rank: nothing, its own 1/d, or all of it. */
export type Extent = 'shard' | 'whole';

/**
 * Gradients of a layer on one rank: none; all of them, from its own sequences only; all of them, summed over ranks; all of
 * the room, with its own share summed; only that share.
 */
export type GradientExtent = 'none' | 'local' | 'summed' | 'part-summed' | 'shard';

/** What one rank holds of a layer. All ranks hold as much; which 1/d is theirs is their number. */
export interface LayerHolding {
  readonly weights: Extent;
  readonly gradients: GradientExtent;
  readonly optimizer: Extent;
}

/** What one rank sends in a moment. */
export interface Sending {
  readonly op: Extract<CollectiveOp, 'all-reduce' | 'reduce-scatter' | 'all-gather'>;
  /** Size of the message, as `collectiveTime` counts it. */
  readonly bytes: Bytes;
  /** What leaves each rank in a ring: its bus factor's share of the message. */
  readonly sent: Bytes;
}

export type MomentKind = 'start' | 'forward' | 'backward' | 'reduce' | 'update' | 'gather' | 'end';

/** One moment of a step: what happens, what is sent for it, and what a rank holds while it happens. */
export interface Moment {
  readonly kind: MomentKind;
  /** From 0; null where all layers are meant. */
  readonly layer: number | null;
  readonly sending: Sending | null;
  readonly held: readonly LayerHolding[];
  /** On one rank. */
  readonly bytes: {
    readonly weights: Bytes;
    readonly gradients: Bytes;
    readonly optimizer: Bytes;
    readonly total: Bytes;
  };
  /** Sent by one rank since the step began, this moment included. */
  readonly sentSoFar: Bytes;
}

export interface ZeroSchedule {
  readonly moments: readonly Moment[];
  /** Sent by one rank in the whole step. */
  readonly sent: Bytes;
  /** The most that a rank holds. */
  readonly peak: Bytes;
}

/** 2 + 2 + 12 bytes, as the ZeRO paper counts. */
const RECIPE = stateRecipe('mixed-16');

const LIMITS = {
  ranks: { min: 1, max: 1e6, integer: true },
  layers: { min: 1, max: 1e3, integer: true },
  zeroStage: { min: 0, max: 3, integer: true },
  parameters: { min: 1, max: 1e16 },
} as const;

const SUMMED: Readonly<Record<ZeroStage, GradientExtent>> = {
  0: 'summed',
  1: 'part-summed',
  2: 'shard',
  3: 'shard',
};

/** Bytes that one rank holds of some layers. */
function bytesOf(held: readonly LayerHolding[], { parameters, ranks }: ZeroQuestion): Moment['bytes'] {
  const share = (extent: Extent | GradientExtent): number =>
    extent === 'none' ? 0 : extent === 'shard' ? parameters / ranks : parameters;
  const { weights, gradients, master, moments } = RECIPE;
  const total = (bytes: number, kind: keyof LayerHolding): Bytes =>
    bytes * held.reduce((sum, layer) => sum + share(layer[kind]), 0);
  const parts = {
    weights: total(weights, 'weights'),
    gradients: total(gradients, 'gradients'),
    optimizer: total(master + moments, 'optimizer'),
  };
  return { ...parts, total: parts.weights + parts.gradients + parts.optimizer };
}

/** Moments of a step as they are made, one after the other. */
function recorder(question: ZeroQuestion) {
  const moments: Moment[] = [];
  let sentSoFar = 0;
  const record = (
    kind: MomentKind,
    layer: number | null,
    held: readonly LayerHolding[],
    op?: Sending['op'],
  ): void => {
    const layers = layer === null ? question.layers : 1;
    const each = op === 'all-gather' ? RECIPE.weights : RECIPE.gradients;
    const bytes = each * question.parameters * layers;
    const sending = op ? { op, bytes, sent: busFactor(op, question.ranks) * bytes } : null;
    sentSoFar += sending?.sent ?? 0;
    moments.push({ kind, layer, sending, held: [...held], bytes: bytesOf(held, question), sentSoFar });
  };
  return { moments, record };
}

/**
 * One training step of plain data parallelism (stage 0) or ZeRO 1, 2, 3, moment by moment: what each rank holds and what
 * each sends. Every layer is cut into as many shards as there are ranks. Gradients are reduced layer by layer as the
 * backward pass leaves them; stage 1 keeps their room, stages 2 and 3 only the share that the rank updates; stage 3
 * gathers a layer's weights for each pass and drops them behind it. Activations are not in it.
 * @returns bytes, on a ring; what is wrong with the question otherwise
 * @source Rajbhandari 2020, sections 5 and 7 (volumes 2Ψ, 2Ψ, 2Ψ, 3Ψ); shards inside each layer: Zhao 2023, section 3.2
 */
export function zeroSchedule(question: ZeroQuestion): Outcome<ZeroSchedule> {
  const { zeroStage, layers } = question;
  const issues = checkNumbers(LIMITS, { ...question });
  if (issues.length > 0) return failed(...issues);
  const resting: LayerHolding = {
    weights: zeroStage >= 3 ? 'shard' : 'whole',
    gradients: 'none',
    optimizer: zeroStage >= 1 ? 'shard' : 'whole',
  };
  const held = Array.from({ length: layers }, () => resting);
  const { moments, record } = recorder(question);
  const gathers = zeroStage === 3 ? ('all-gather' as const) : undefined;
  record('start', null, held);
  for (let layer = 0; layer < layers; layer++) {
    record('forward', layer, held.with(layer, { ...resting, weights: 'whole' }), gathers);
  }
  for (let layer = layers - 1; layer >= 0; layer--) {
    record(
      'backward',
      layer,
      held.with(layer, { ...resting, weights: 'whole', gradients: 'local' }),
      gathers,
    );
    held[layer] = { ...resting, gradients: SUMMED[zeroStage] };
    record('reduce', layer, held, zeroStage === 0 ? 'all-reduce' : 'reduce-scatter');
  }
  record('update', null, held);
  record('gather', null, held, zeroStage === 1 || zeroStage === 2 ? 'all-gather' : undefined);
  record(
    'end',
    null,
    held.map(() => resting),
  );
  const last = moments.at(-1) as Moment;
  return ok({
    moments,
    sent: last.sentSoFar,
    peak: Math.max(...moments.map(({ bytes }) => bytes.total)),
  });
}
