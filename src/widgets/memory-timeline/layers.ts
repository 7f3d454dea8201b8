import type { MemoryTimeline } from '#estimator';

/** Kinds of memory in the picture, bottom first: what stays, then what comes and goes. */
export const LAYERS = [
  { label: 'optimizer state', color: 'var(--c-optimizer)' },
  { label: 'weights', color: 'var(--c-weights)' },
  { label: 'gradients', color: 'var(--c-gradients)' },
  { label: 'buffers, framework', color: 'var(--s6)' },
  { label: 'activations', color: 'var(--c-activations)' },
  { label: 'logits, backward pass', color: 'var(--c-lost)' },
] as const;

/** One kind in the stack: constant, or at every moment. */
interface Row {
  readonly lower: number | readonly number[];
  readonly upper: number | readonly number[];
}

/** The kinds on top of each other, in the order of {@link LAYERS}. */
export function stackOf({ stage, moments }: MemoryTimeline): readonly Row[] {
  const { optimizer, weights, gradients, communication, framework, fragmentation } = stage.parts;
  let base = 0;
  const staying = [optimizer, weights, gradients, communication + framework + fragmentation].map((bytes) => {
    const lower = base;
    base += bytes;
    return { lower, upper: base };
  });
  const floor = moments.map(() => base);
  const activations = moments.map((moment) => base + moment.activations);
  const all = moments.map((moment) => base + moment.activations + moment.logits + moment.temporary);
  return [...staying, { lower: floor, upper: activations }, { lower: activations, upper: all }];
}

/** What each kind comes to at the peak. */
export function amountsOf({ stage }: MemoryTimeline): readonly number[] {
  const { parts } = stage;
  return [
    parts.optimizer,
    parts.weights,
    parts.gradients,
    parts.communication + parts.framework + parts.fragmentation,
    parts.activations,
    parts.logits + parts.temporary,
  ];
}
