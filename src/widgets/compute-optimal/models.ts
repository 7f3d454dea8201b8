import { models } from '#catalog';
import { countParameters, sixNd } from '#estimator';

/** A catalogued model whose training tokens are known, where it stands by 6ND. */
export interface TrainedModel {
  readonly name: string;
  readonly parameters: number;
  readonly tokens: number;
  readonly flops: number;
  /** A mixture of experts stands at the parameters that a token meets; no law here was fitted on one. */
  readonly experts: boolean;
}

/** Named beside their dots; few, so that names do not cover each other. */
export const NAMED: ReadonlySet<string> = new Set([
  'GPT-3 175B',
  'Llama 3 8B',
  'Llama 3.1 405B',
  'Pythia 70M',
]);

/** Every model whose tokens the catalogue has. */
export const trained: readonly TrainedModel[] = models.flatMap(({ name, parameters, tokens, shape }) => {
  if (tokens === undefined) return [];
  const met = shape.moe ? countParameters(shape).active : parameters;
  return [{ name, parameters: met, tokens, flops: sixNd(met, tokens), experts: shape.moe !== undefined }];
});
