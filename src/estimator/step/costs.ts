import { countParameters } from '../parameters.ts';
import type { Bytes, Seconds } from '../units.ts';
import { endSeconds, type EndSeconds } from './ends.ts';
import { issueSeconds, layerSeconds } from './layer.ts';
import { exposed } from './overlap.ts';
import { addTo, emptyPass, passTotal, type PassSeconds } from './pass.ts';
import { keepsScoresOnChip } from './rules.ts';
import { STEP } from './constants.ts';
import type { Scope } from './scope.ts';

/** What a step is put together from: seconds of a layer and of the ends for one micro-batch, and sizes on one GPU. */
export interface StepCosts extends EndSeconds {
  readonly scope: Scope;
  /** The mean layer; a model whose first layers are dense has two kinds. */
  readonly forward: PassSeconds;
  readonly backward: PassSeconds;
  /** The same where one micro-batch's forward pass runs beside another's backward pass and hides experts' exchanges. */
  readonly paired: Readonly<Record<'forward' | 'backward' | 'selective', PassSeconds>>;
  readonly weightGradient: Seconds;
  /** What `selective` recomputation runs again. */
  readonly selective: PassSeconds;
  /** Bytes that one GPU sends to the next stage for one micro-batch. */
  readonly sent: Bytes;
  /** Parameters on one GPU: of a mean layer, of its routed experts, of the tables at the entry and of an output matrix. */
  readonly layerParameters: number;
  readonly expertParameters: number;
  readonly tableParameters: number;
  readonly outputParameters: number;
}

/** A layer run again: the scores, which FlashAttention never kept; or every second matrix product. */
function selectiveOf({ rules }: Scope, forward: PassSeconds): PassSeconds {
  if (rules.selective === 'products') return addTo(emptyPass(), forward, STEP.selectiveShare);
  return { ...emptyPass(), attention: keepsScoresOnChip(rules) ? 0 : forward.attention };
}

/**
 * What of the experts' exchanges is waited for when each runs under the other micro-batch's computation, which also keeps
 * the GPU busy while the host reads where tokens go.
 * @source DeepSeek-V3 2024, section 3.2.1
 */
function pairedPasses(
  scope: Scope,
  forward: PassSeconds,
  backward: PassSeconds,
): Omit<StepCosts['paired'], 'selective'> {
  const exchange = forward.expertParallel + backward.expertParallel;
  const cover = passTotal(forward) + passTotal(backward) - exchange - forward.launch - backward.launch;
  const share = exchange > 0 ? exposed(exchange, cover) / exchange : 0;
  const issue = issueSeconds(scope);
  const hide = (pass: PassSeconds, host: Seconds): PassSeconds => {
    const hidden = { ...pass, expertParallel: share * pass.expertParallel, launch: 0 };
    return { ...hidden, launch: Math.max(0, host - passTotal(hidden)) };
  };
  return { forward: hide(forward, issue.forward), backward: hide(backward, issue.backward) };
}

/** Parameters on one GPU: of a mean layer, of its routed experts, of the tables and of an output matrix of its own. */
export function gpuParameters({
  model,
  tensorParallel,
  expertParallel,
  expertTensorParallel,
}: Pick<Scope, 'model' | 'tensorParallel' | 'expertParallel' | 'expertTensorParallel'>): Pick<
  StepCosts,
  'layerParameters' | 'expertParameters' | 'tableParameters' | 'outputParameters'
> {
  const { total, embedding, parts } = countParameters(model);
  return {
    layerParameters: (total - embedding - parts.experts) / model.layers / tensorParallel,
    expertParameters: parts.experts / model.layers / (expertParallel * expertTensorParallel),
    // Learned positions are not split.
    tableParameters: parts.embedding / tensorParallel + parts.positions,
    outputParameters: parts.output / tensorParallel,
  };
}

/** Parameters of the ends on the GPU that has most of them: both ends without a pipeline, else the entry. */
export const endParameters = (
  { tableParameters, outputParameters }: Pick<StepCosts, 'tableParameters' | 'outputParameters'>,
  stages: number,
): number => tableParameters + (stages === 1 ? outputParameters : 0);

/** Costs of everything that does not depend on the number of stages, replicas or micro-batches. */
export function stepCosts(scope: Scope): StepCosts {
  const { model, machine, rules, tokens, tensorParallel } = scope;
  const { layers, moe } = model;
  const share = moe ? (layers - moe.denseLayers) / layers : 0;
  const forward = emptyPass();
  const backward = emptyPass();
  let weightGradient = 0;
  for (const [kind, part] of [
    ['dense', 1 - share],
    ['experts', share],
  ] as const) {
    if (part === 0) continue;
    const layer = layerSeconds(scope, kind);
    addTo(forward, layer.forward, part);
    addTo(backward, layer.backward, part);
    weightGradient += part * layer.weightGradient;
  }
  const paired = pairedPasses(scope, forward, backward);
  const slices = scope.sequenceParallel || rules.pipelineScatter ? tensorParallel : 1;
  return {
    ...endSeconds(scope),
    scope,
    forward,
    backward,
    paired: { ...paired, selective: selectiveOf(scope, paired.forward) },
    weightGradient,
    selective: selectiveOf(scope, forward),
    sent: (tokens * model.hidden * machine.element) / slices,
    ...gpuParameters(scope),
  };
}
