import { useCallback, useEffect, useState, useSyncExternalStore, type RefObject } from 'react';
import type { Issue, Outcome } from '#estimator';
import { resolve, type Patch, type Scenario } from '#scenario';
import { $patch, startFromUrl } from '#scenario/store.ts';
import { preliminaryCautions } from './preliminary.ts';
import type { View, WidgetSpec } from './types.ts';

export interface Good<V extends View> {
  /** The reader's changes that gave it: what a link to it holds. */
  readonly patch: Patch;
  readonly scenario: Scenario;
  readonly view: V;
}

/** What a cell shows: the last good result, and the issues of the present question. */
export interface Shown<V extends View> {
  readonly initial: Good<V>;
  readonly good: Good<V>;
  readonly issues: readonly Issue[];
  readonly stale: boolean;
}

function cautioned<V extends View>(spec: WidgetSpec<V>, { values }: Scenario, view: V): V {
  const hidden = spec.hides?.(values) ?? [];
  const added = preliminaryCautions(
    spec.fields.filter((key) => !hidden.includes(key)),
    values,
  );
  return added.length === 0 ? view : { ...view, cautions: [...(view.cautions ?? []), ...added] };
}

/** The widget's view of a preset and a patch, or what is wrong with the question. */
export function viewOf<V extends View>(spec: WidgetSpec<V>, preset: string, patch: Patch): Outcome<Good<V>> {
  const scenario = resolve(preset, patch);
  if (!scenario.ok) return scenario;
  const view = spec.view(scenario.value);
  return view.ok
    ? {
        ok: true,
        value: { patch, scenario: scenario.value, view: cautioned(spec, scenario.value, view.value) },
      }
    : view;
}

function initialOf<V extends View>(spec: WidgetSpec<V>, preset: string): Good<V> {
  const outcome = viewOf(spec, preset, {});
  if (!outcome.ok)
    throw new Error(
      `Cell "${spec.id}" on preset "${preset}": ${outcome.issues.map((i) => i.message).join(' ')}`,
    );
  return outcome.value;
}

interface Answers<V extends View> {
  readonly first: Shown<V>;
  readonly now: () => Shown<V>;
}

/** A cell's answers to the page's patch: asked once a change, however often the cell is drawn. */
function answersOf<V extends View>(spec: WidgetSpec<V>, preset: string): Answers<V> {
  const initial = initialOf(spec, preset);
  const first: Shown<V> = { initial, good: initial, issues: [], stale: false };
  let asked: Patch | undefined;
  let shown = first;
  const now = (): Shown<V> => {
    const patch = $patch.get();
    if (patch === asked) return shown;
    asked = patch;
    const outcome = viewOf(spec, preset, patch);
    shown = outcome.ok
      ? { initial, good: outcome.value, issues: [], stale: false }
      : { initial, good: shown.good, issues: outcome.issues, stale: true };
    return shown;
  };
  return { first, now };
}

/** How long a cell that nobody sees waits for a slider to come to rest. */
const REST_MS = 120;

/** Tells a cell of each change at once while it is in the window; one that is not follows when the changes pause. */
function follow(cell: Element | null, redraw: () => void): () => void {
  let seen = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true;
    if (seen) redraw();
  });
  if (cell) observer.observe(cell);
  const stop = $patch.listen(() => {
    clearTimeout(timer);
    if (seen) redraw();
    else timer = setTimeout(redraw, REST_MS);
  });
  return () => {
    stop();
    observer.disconnect();
    clearTimeout(timer);
  };
}

/**
 * The page's shared patch as this widget sees it. Server and first client render agree on the preset whatever the URL
 * says, because islands hydrate at different times, some after the reader's first edit.
 * @param root the cell on the page
 */
export function useCell<V extends View>(
  spec: WidgetSpec<V>,
  preset: string,
  root: RefObject<Element | null>,
): { readonly shown: Shown<V>; readonly now: () => Shown<V> } {
  const [{ first, now }] = useState(() => answersOf(spec, preset));
  const subscribe = useCallback((redraw: () => void) => follow(root.current, redraw), [root]);
  const shown = useSyncExternalStore(subscribe, now, () => first);
  useEffect(() => startFromUrl(preset), [preset]);
  return { shown, now };
}
