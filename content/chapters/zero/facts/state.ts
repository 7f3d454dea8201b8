import { bytesPerParameter, deepspeedEstimate, modelStateBytes, stateRecipe } from '#estimator';
import type { Scenario } from '#scenario';
import {
  count,
  gib,
  memory,
  ownParameters,
  plain,
  PLAIN,
  ratio,
  stepOf,
  times,
  type Fact,
} from './shared.ts';

const nominal = (s: Scenario): number => s.model.parameters;
const tb = (value: number) => ({ value, unit: 'B', as: 'TB', digits: 3 }) as const;
const whole = (s: Scenario): number => memory(s, PLAIN).total;
const card = (s: Scenario): number => stepOf(s).cluster.gpu.memory;
const part = (s: Scenario, name: 'weights' | 'gradients' | 'optimizer' | 'activations'): number =>
  memory(s, PLAIN).parts[name];

/** Weights, gradients and optimizer of a GPU where every replica holds all of them. */
const unshared = (s: Scenario): number => part(s, 'weights') + part(s, 'gradients') + part(s, 'optimizer');

/** Bytes a parameter by DeepSpeed's estimators on one GPU. */
const alone = (zeroStage: 2 | 3): number =>
  deepspeedEstimate(zeroStage, { parameters: 1, largestLayer: 0, gpus: 1 });

export const stateFacts = {
  card: (s) => gib(card(s)),
  plainTotal: (s) => gib(whole(s)),
  plainOver: (s) => gib(whole(s) - card(s), 2),
  plainTimes: (s) => times(whole(s) / part(s, 'weights')),
  plainWeights: (s) => gib(part(s, 'weights')),
  plainOptimizer: (s) => gib(part(s, 'optimizer')),
  plainActivations: (s) => gib(part(s, 'activations')),
  plainState: (s) => gib(unshared(s)),
  recipeTotal: (s) => gib(memory(s).total),
  recipeFree: (s) => gib(card(s) - memory(s).total, 2),
  state16: (s) => tb(modelStateBytes(nominal(s), 'mixed-16').total),
  state18: (s) => tb(modelStateBytes(nominal(s), 'mixed-18').total),
  state20: (s) => tb(modelStateBytes(nominal(s), 'mixed-20').total),
  weightsWhole: (s) => plain(modelStateBytes(nominal(s), 'mixed-16').weights, 'B'),
  cards16: (s) => count(Math.ceil(modelStateBytes(nominal(s), 'mixed-16').total / card(s))),
  optimizerShare: () => {
    const { master, moments } = stateRecipe('mixed-16');
    return ratio((master + moments) / bytesPerParameter(stateRecipe('mixed-16')));
  },
  ownParameters: (s) => plain(ownParameters(stepOf(s)), 'size'),
  stage2Alone: () => count(alone(2)),
  stage3Alone: () => count(alone(3)),
} satisfies Record<string, Fact>;
