import type { ZeroStage } from './training/types.ts';
import type { SourceRef } from './types.ts';
import type { Bytes } from './units.ts';

/** Bytes a parameter costs in training, by what they hold. Activations are not in it. */
export interface StateRecipe {
  readonly id: 'mixed-16' | 'mixed-18' | 'mixed-20' | 'fp32-16';
  readonly label: string;
  /** The copy that the matrix multiplications read. */
  readonly weights: Bytes;
  readonly gradients: Bytes;
  /** fp32 master weights. */
  readonly master: Bytes;
  /** Adam's two moments, fp32. */
  readonly moments: Bytes;
  readonly source: SourceRef;
}

/** The conventions people mean by "bytes per parameter" under Adam. */
export const STATE_RECIPES: readonly StateRecipe[] = [
  {
    id: 'mixed-16',
    label: '16 bytes: 16-bit weights and gradients, fp32 master and moments',
    weights: 2,
    gradients: 2,
    master: 4,
    moments: 8,
    source: { key: 'rajbhandari2020', where: 'section 3.1' },
  },
  {
    id: 'mixed-18',
    label: '18 bytes: as 16, with fp32 gradients (Megatron-LM)',
    weights: 2,
    gradients: 4,
    master: 4,
    moments: 8,
    source: { key: 'korthikanti2022', where: 'figure 1' },
  },
  {
    id: 'mixed-20',
    label: '20 bytes: as 16, with fp32 gradients beside the 16-bit ones',
    weights: 2,
    gradients: 6,
    master: 4,
    moments: 8,
    source: { key: 'smith2022', where: 'section 2, on memory efficiency' },
  },
  {
    id: 'fp32-16',
    label: '16 bytes: everything in fp32, no second copy',
    weights: 4,
    gradients: 4,
    master: 0,
    moments: 8,
    source: { key: 'rajbhandari2020', where: 'section 3.1' },
  },
];

export interface ModelState {
  readonly weights: Bytes;
  readonly gradients: Bytes;
  /** Master weights and moments. */
  readonly optimizer: Bytes;
  readonly total: Bytes;
}

/**
 * Bytes per parameter of a recipe on one GPU, once a ZeRO stage has shared out what it shares.
 * @param replicas between which it is shared
 * @source Rajbhandari 2020, section 5 and figure 1
 */
export function bytesPerParameter(
  { weights, gradients, master, moments }: StateRecipe,
  zeroStage: ZeroStage = 0,
  replicas = 1,
): Bytes {
  const held = (part: Bytes, sharedFrom: ZeroStage): Bytes =>
    zeroStage >= sharedFrom ? part / replicas : part;
  return held(weights, 3) + held(gradients, 2) + held(master + moments, 1);
}

/** The recipe of an id. */
export const stateRecipe = (id: StateRecipe['id']): StateRecipe =>
  STATE_RECIPES.find((recipe) => recipe.id === id) as StateRecipe;

/**
 * Memory of weights, gradients and optimizer of a whole model under Adam, before any sharding.
 * @param parameters all of them, idle experts included
 * @returns bytes
 * @source Rajbhandari 2020, section 3.1
 */
export function modelStateBytes(parameters: number, recipe: StateRecipe['id']): ModelState {
  const { weights, gradients, master, moments } = stateRecipe(recipe);
  return {
    weights: weights * parameters,
    gradients: gradients * parameters,
    optimizer: (master + moments) * parameters,
    total: (weights + gradients + master + moments) * parameters,
  };
}
