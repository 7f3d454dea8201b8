import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useState } from 'react';
import type { Issue, Outcome } from '#estimator';
import { resolve, type Patch, type Scenario } from '#scenario';
import { $patch, startFromUrl } from '#scenario/store.ts';
import type { View, WidgetSpec } from './types.ts';

export interface Good<V extends View> {
  /** The reader's changes that gave it: what a link to it holds. */
  readonly patch: Patch;
  readonly scenario: Scenario;
  readonly view: V;
}

/** The widget's view of a preset and a patch, or what is wrong with the question. */
export function viewOf<V extends View>(spec: WidgetSpec<V>, preset: string, patch: Patch): Outcome<Good<V>> {
  const scenario = resolve(preset, patch);
  if (!scenario.ok) return scenario;
  const view = spec.view(scenario.value);
  return view.ok ? { ok: true, value: { patch, scenario: scenario.value, view: view.value } } : view;
}

function initialOf<V extends View>(spec: WidgetSpec<V>, preset: string): Good<V> {
  const outcome = viewOf(spec, preset, {});
  if (!outcome.ok)
    throw new Error(
      `Cell "${spec.id}" on preset "${preset}": ${outcome.issues.map((i) => i.message).join(' ')}`,
    );
  return outcome.value;
}

/**
 * The page's shared patch as this widget sees it: the last good result, and the issues of the present question.
 * `ssr: 'initial'` because islands hydrate at different times, some after the reader's first edit.
 */
export function useCell<V extends View>(
  spec: WidgetSpec<V>,
  preset: string,
): { initial: Good<V>; good: Good<V>; issues: readonly Issue[]; stale: boolean } {
  const patch = useStore($patch, { ssr: 'initial' });
  const initial = useMemo(() => initialOf(spec, preset), [spec, preset]);
  const outcome = useMemo(() => viewOf(spec, preset, patch), [spec, preset, patch]);
  const [good, setGood] = useState(initial);
  if (outcome.ok && good !== outcome.value) setGood(outcome.value);
  useEffect(() => startFromUrl(preset), [preset]);
  return {
    initial,
    good: outcome.ok ? outcome.value : good,
    issues: outcome.ok ? [] : outcome.issues,
    stale: !outcome.ok,
  };
}
