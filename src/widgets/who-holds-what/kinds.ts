import type { LayerHolding } from '#estimator';

/** One kind of state, its colour in the whole notebook, and its bytes a parameter in 16-bit training under Adam. */
export interface Kind {
  readonly name: keyof LayerHolding;
  readonly label: string;
  readonly color: string;
  readonly bytes: number;
}

export const KINDS = [
  { name: 'weights', label: 'weights', color: 'var(--c-weights)', bytes: 2 },
  { name: 'gradients', label: 'gradients', color: 'var(--c-gradients)', bytes: 2 },
  { name: 'optimizer', label: 'optimizer state', color: 'var(--c-optimizer)', bytes: 12 },
] as const satisfies readonly Kind[];
