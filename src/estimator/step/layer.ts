import type { Seconds } from '../units.ts';
import { addAttention } from './attention.ts';
import { STEP } from './constants.ts';
import { addActivation, addNormsAndResiduals } from './elementwise.ts';
import { addExperts } from './experts.ts';
import { addContextParallel, addTensorParallel } from './layer-communication.ts';
import { addLinear, type LayerPasses } from './linear.ts';
import { emptyPass, passTotal, type PassSeconds } from './pass.ts';
import type { Scope } from './scope.ts';

/** One micro-batch through one layer on one GPU, seconds. */
export interface LayerSeconds {
  readonly forward: PassSeconds;
  readonly backward: PassSeconds;
  /** The part of the backward pass that only weights' gradients need: what zero-bubble schedules put into bubbles. */
  readonly weightGradient: Seconds;
}

function addDenseMlp(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, tokens, tensorParallel } = scope;
  const width = model.ffn / tensorParallel;
  addLinear(passes, tokens, model.hidden, (model.gatedMlp ? 2 : 1) * width, machine, rules);
  addActivation(passes, tokens, width, scope);
  addLinear(passes, tokens, width, model.hidden, machine, rules);
}

/** What the host takes to issue a layer's kernels. */
export function issueSeconds({
  rules,
  pipelined,
  tensorParallel,
}: Scope): Readonly<Record<'forward' | 'backward', Seconds>> {
  const more = pipelined ? rules.issueByTensor * (tensorParallel - 1) : 0;
  const forward = rules.issueLayer * (1 + more);
  return { forward, backward: forward * STEP.issueBackward };
}

/** Where kernels are shorter than it takes to issue them, the GPU waits for the host. */
function addLaunch({ forward, backward }: LayerPasses, scope: Scope): void {
  const issue = issueSeconds(scope);
  forward.launch = Math.max(0, issue.forward - passTotal(forward));
  backward.launch = Math.max(0, issue.backward - passTotal(backward));
}

/**
 * Time of one Transformer layer, kernel by kernel.
 * @param kind a dense MLP, or experts in its place
 */
export function layerSeconds(scope: Scope, kind: 'dense' | 'experts'): LayerSeconds {
  const passes: LayerPasses = { forward: emptyPass(), backward: emptyPass(), weightGradient: 0 };
  addNormsAndResiduals(passes, scope);
  addAttention(passes, scope);
  if (kind === 'dense') addDenseMlp(passes, scope);
  else addExperts(passes, scope);
  addTensorParallel(passes, scope, kind === 'dense' ? 2 : 1);
  addContextParallel(passes, scope);
  addLaunch(passes, scope);
  return passes;
}
