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

/** What the host takes to issue a layer's kernels, where the GPU may have to wait for it. */
export function issueSeconds({
  rules,
  pipelined,
  tensorParallel,
}: Scope): Readonly<Record<'forward' | 'backward', Seconds>> {
  if (!rules.waitsForHost) return { forward: 0, backward: 0 };
  const more = pipelined ? rules.issueByTensor * (tensorParallel - 1) : 0;
  const forward = rules.issueLayer * (1 + more);
  return { forward, backward: forward * STEP.issueBackward };
}

/** Where kernels are shorter than it takes to issue them, the GPU waits for the host; and where tokens are routed. */
function addLaunch({ forward, backward }: LayerPasses, scope: Scope, kind: LayerKind): void {
  const issue = issueSeconds(scope);
  const routing = kind === 'experts' && scope.rules.waitsForHost ? STEP.routingWait : 0;
  forward.launch = Math.max(0, issue.forward - passTotal(forward)) + routing;
  backward.launch = Math.max(0, issue.backward - passTotal(backward));
}

/** A dense MLP, or experts in its place. */
export type LayerKind = 'dense' | 'experts';

/** Time of one Transformer layer, kernel by kernel. */
export function layerSeconds(scope: Scope, kind: LayerKind): LayerSeconds {
  const passes: LayerPasses = { forward: emptyPass(), backward: emptyPass(), weightGradient: 0 };
  addNormsAndResiduals(passes, scope);
  addAttention(passes, scope);
  if (kind === 'dense') addDenseMlp(passes, scope);
  else addExperts(passes, scope);
  addTensorParallel(passes, scope, kind === 'dense' ? 2 : 1);
  addContextParallel(passes, scope);
  addLaunch(passes, scope, kind);
  return passes;
}
