import type { Model } from '../types.ts';
import { matrix, scaleCost, tensor, vector, work } from './cost.ts';
import type { Tensor } from './types.ts';

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

/** All routed experts of a layer together: every expert holds weights, a token works with those that it visits. */
function routed(model: Model, moe: NonNullable<Model['moe']>): Tensor[] {
  return mlp(model, moe.expertFfn, 'expert-', 'experts, ').map((one) => ({
    ...scaleCost(one, moe.experts),
    ...work(one.forward * moe.topK),
  }));
}

/** The weights of a dense MLP layer. @source Vaswani 2017, section 3.3; Shazeer 2020, section 2 (gated) */
export const mlpTensors = (model: Model): Tensor[] => mlp(model, model.ffn);

/**
 * The weights of a layer of experts: router, routed experts, experts that every token visits, and their gate.
 * @source Fedus 2021, section 2.1; DeepSeek-V3 2024, section 2.1.2
 */
export function expertTensors(model: Model, moe: NonNullable<Model['moe']>): Tensor[] {
  const { hidden } = model;
  const shared = mlp(model, moe.sharedFfn, 'shared-', 'shared, ').map((one) =>
    scaleCost(one, moe.sharedExperts),
  );
  return [
    matrix('router', 'router', hidden, moe.experts),
    vector('router-bias', 'router biases', moe.routerBias ? moe.experts : 0),
    ...routed(model, moe),
    ...shared,
    tensor(
      'shared-router',
      'gate of the shared',
      moe.sharedGate ? { parameters: hidden, ...work(2 * hidden) } : {},
    ),
  ];
}
