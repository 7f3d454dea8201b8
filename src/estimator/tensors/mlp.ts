import type { Model } from '../types.ts';
import { FLOP_PER_WEIGHT, matrix, scaleCost, tensor, vector, work } from './cost.ts';
import type { Tensor } from './types.ts';

type MixtureOfExperts = NonNullable<Model['moe']>;

/** The two matrices of a plain MLP, or the three of a gated one, and their biases. */
function mlp(model: Model, inner: number, prefix = '', label = ''): Tensor[] {
  const { hidden, gatedMlp, bias } = model;
  const up = gatedMlp ? 2 : 1;
  return [
    ...(gatedMlp ? [matrix(`${prefix}gate`, `${label}gate`, hidden, inner)] : []),
    matrix(`${prefix}up`, `${label}up`, hidden, inner),
    matrix(`${prefix}down`, `${label}down`, inner, hidden),
    vector(`${prefix}mlp-bias`, `${label}biases`, bias.mlp ? up * inner + hidden : 0),
  ];
}

/** What decides where a token goes. */
export const routerTensors = ({ hidden }: Model, moe: MixtureOfExperts): Tensor[] => [
  matrix('router', 'router', hidden, moe.experts),
  vector('router-bias', 'router biases', moe.routerBias ? moe.experts : 0),
];

/** All routed experts of a layer together: every expert holds weights, a token works with those that it visits. */
export const routedTensors = (model: Model, moe: MixtureOfExperts): Tensor[] =>
  mlp(model, moe.expertFfn, 'expert-', 'experts, ').map((one) => ({
    ...scaleCost(one, moe.experts),
    ...work(one.forward * moe.topK),
  }));

/** Experts that every token visits, and their gate. */
export const sharedTensors = (model: Model, moe: MixtureOfExperts): Tensor[] => [
  ...mlp(model, moe.sharedFfn, 'shared-', 'shared, ').map((one) => scaleCost(one, moe.sharedExperts)),
  tensor(
    'shared-router',
    'gate of the shared',
    moe.sharedGate ? { parameters: model.hidden, ...work(FLOP_PER_WEIGHT * model.hidden) } : {},
  ),
];

/** The weights of a dense MLP layer. @source Vaswani 2017, section 3.3; Shazeer 2020, section 2 (gated) */
export const mlpTensors = (model: Model): Tensor[] => mlp(model, model.ffn);

/**
 * The weights of a layer of experts: router, routed experts, experts that every token visits.
 * @source Fedus 2021, section 2.1; DeepSeek-V3 2024, section 2.1.2
 */
export const expertTensors = (model: Model, moe: MixtureOfExperts): Tensor[] => [
  ...routerTensors(model, moe),
  ...routedTensors(model, moe),
  ...sharedTensors(model, moe),
];
