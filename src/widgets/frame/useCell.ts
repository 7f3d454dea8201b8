import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useState } from 'react';
import type { Issue, Outcome } from '#estimator';
import { resolve, type Scenario } from '#scenario';
import { $patch, startFromUrl } from '#scenario/store.ts';
import type { View, WidgetSpec } from './types.ts';

export interface Good<V extends View> {
  readonly scenario: Scenario;
  readonly view: V;
}

/** The widget's view of a preset and a patch, or what is wrong with the question. */
export function viewOf<V extends View, C>(
  spec: WidgetSpec<V, C>,
  preset: string,
  patch: Parameters<typeof resolve>[1],
  context: C,
): Outcome<Good<V>> {
  const scenario = resolve(preset, patch);
  if (!scenario.ok) return scenario;
  const view = spec.view(scenario.value, context);
  return view.ok ? { ok: true, value: { scenario: scenario.value, view: view.value } } : view;
}

function initialOf<V extends View, C>(spec: WidgetSpec<V, C>, preset: string, context: C): Good<V> {
  const outcome = viewOf(spec, preset, {}, context);
  if (!outcome.ok) throw new Error(`Cell "${spec.id}" on preset "${preset}": ${outcome.issues.map((i) => i.message).join(' ')}`);
  return outcome.value;
}

/**
 * The page's shared patch as this widget sees it: the last good result, and the issues of the present question.
 * `ssr: 'initial'` because islands hydrate at different times, some after the reader's first edit.
 */
export function useCell<V extends View, C>(
  spec: WidgetSpec<V, C>,
  preset: string,
  context: C,
): { initial: Good<V>; good: Good<V>; issues: readonly Issue[]; stale: boolean } {
  const patch = useStore($patch, { ssr: 'initial' });
  const initial = useMemo(() => initialOf(spec, preset, context), [spec, preset, context]);
  const outcome = useMemo(() => viewOf(spec, preset, patch, context), [spec, preset, patch, context]);
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
