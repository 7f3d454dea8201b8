import { stateRecipe, type LayerHolding } from '#estimator';

/** One kind of state, its colour in the whole notebook, and its bytes a parameter in 16-bit training under Adam. */
export interface Kind {
  readonly name: keyof LayerHolding;
  readonly label: string;
  readonly color: string;
  readonly bytes: number;
}

const recipe = stateRecipe('mixed-16');

export const KINDS = [
  { name: 'weights', label: 'weights', color: 'var(--c-weights)', bytes: recipe.weights },
  { name: 'gradients', label: 'gradients', color: 'var(--c-gradients)', bytes: recipe.gradients },
  {
    name: 'optimizer',
    label: 'optimizer state',
    color: 'var(--c-optimizer)',
    bytes: recipe.master + recipe.moments,
  },
] as const satisfies readonly Kind[];
