import fc from 'fast-check';
import { resolvePatch, type Patch, type Scenario } from '#scenario';
import { viewOf } from '../../src/widgets/frame/useCell.ts';
import type { View, WidgetSpec } from '../../src/widgets/frame/types.ts';
import { patches, SEED } from './arbitraries.ts';

/** A widget's answer to the talk's question with some values changed; an error where it has none. */
export function answerOf<V extends View>(
  spec: WidgetSpec<V>,
  patch: Patch = {},
): { view: V; scenario: Scenario } {
  const outcome = viewOf(spec, 'talk', patch);
  if (!outcome.ok)
    throw new Error(outcome.issues.map((issue) => `${issue.path}: ${issue.message}`).join(' '));
  return outcome.value;
}

export const sentenceOf = (view: View): string => view.sentence.map((span) => span.text).join('');

/** Enough to choose from: written once, because making them takes longer than answering them. */
const states: readonly Patch[] = fc
  .sample(patches, { numRuns: 300, seed: SEED })
  .map((patch) => resolvePatch('talk', patch).patch);

/** Legal changes that this widget has an answer to, by chance but always the same ones. */
export function answered(spec: WidgetSpec, count: number): Patch[] {
  const usable: Patch[] = [];
  for (const patch of states) {
    if (usable.length < count && viewOf(spec, 'talk', patch).ok) usable.push(patch);
  }
  if (usable.length < count) throw new Error(`Only ${usable.length} states have an answer.`);
  return usable;
}
