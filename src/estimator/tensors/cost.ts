import type { Cost, Part, PartKind, Tensor } from './types.ts';

/** A multiply-add is two operations. */
export const FLOP_PER_WEIGHT = 2;

/** The backward pass multiplies twice for each forward multiplication: once for the input's gradient, once for the weight's. */
export const BACKWARD_PER_FORWARD = 2;

const NOTHING: Cost = { parameters: 0, forward: 0, backward: 0, activations: 0, cache: 0 };

/** A cost of which most is nothing. */
export const costOf = (some: Partial<Cost>): Cost => ({ ...NOTHING, ...some });

/** Costs together. */
export const sumCosts = (costs: readonly Cost[]): Cost =>
  costs.reduce<Cost>(
    (sum, cost) => ({
      parameters: sum.parameters + cost.parameters,
      forward: sum.forward + cost.forward,
      backward: sum.backward + cost.backward,
      activations: sum.activations + cost.activations,
      cache: sum.cache + cost.cache,
    }),
    NOTHING,
  );

/** A cost times a number of layers. */
export const scaleCost = <T extends Cost>(cost: T, factor: number): T => ({
  ...cost,
  parameters: cost.parameters * factor,
  forward: cost.forward * factor,
  backward: cost.backward * factor,
  activations: cost.activations * factor,
  cache: cost.cache * factor,
});

/** A product of `forward` FLOP; its backward pass is two products of the same size. */
export const work = (forward: number): Partial<Cost> => ({
  forward,
  backward: BACKWARD_PER_FORWARD * forward,
});

export const tensor = (id: string, name: string, some: Partial<Cost>): Tensor => ({
  id,
  name,
  ...costOf(some),
});

/** A weight matrix of `inputs` x `outputs`, multiplied with every token: two FLOP a weight. */
export const matrix = (id: string, name: string, inputs: number, outputs: number): Tensor => ({
  ...tensor(id, name, { parameters: inputs * outputs, ...work(FLOP_PER_WEIGHT * inputs * outputs) }),
  sides: [inputs, outputs],
});

/** Weights that are added or scaled with, not multiplied as a matrix: biases, norms, sinks. */
export const vector = (id: string, name: string, parameters: number): Tensor =>
  tensor(id, name, { parameters });

const isSomething = ({ parameters, forward, activations, cache }: Cost): boolean =>
  parameters > 0 || forward > 0 || activations > 0 || cache > 0;

/** A part from its tensors; those that the model does not have are left out. */
export function part(id: string, name: string, kind: PartKind, tensors: readonly Tensor[]): Part {
  const present = tensors.filter(isSomething);
  return { id, name, kind, tensors: present, ...sumCosts(present) };
}
