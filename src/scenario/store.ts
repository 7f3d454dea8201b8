import { atom, type ReadableAtom } from 'nanostores';
import { effectiveValues, resolvePatch } from './resolve.ts';
import type { Changes, FieldKey, Patch, Values } from './values.ts';
import { decodePatch, encodePatch } from './url.ts';

/**
 * The reader's changes, shared by every cell of the page, and what a link held that could not be used.
 * `{}` on the server, so server and first client render agree whatever the URL says.
 * The only mutable module of the notebook.
 */
const patch = atom<Patch>({});
const dropped = atom<readonly string[]>([]);

export const $patch: ReadableAtom<Patch> = patch;
export const $dropped: ReadableAtom<readonly string[]> = dropped;

let started = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads the page's link once, against the preset its cells start from. Safe to call from every cell. */
export function startFromUrl(presetId: string): void {
  if (started) return;
  started = true;
  const link = decodePatch(window.location.search);
  const usable = resolvePatch(presetId, link.patch);
  patch.set(usable.patch);
  dropped.set([...link.dropped, ...usable.dropped]);
}

/** Later, because a browser limits how often history may be rewritten and a slider moves sixty times a second. */
function writeUrl(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { pathname, hash } = window.location;
    window.history.replaceState(window.history.state, '', `${pathname}${encodePatch(patch.get())}${hash}`);
  }, 200);
}

/** A patch without what says nothing: a value that the preset, or the model chosen on it, would have anyway. */
function needed(changes: Changes, presetId: string): Patch {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  const says = ([key, value]: [string, unknown]): boolean => {
    const others = Object.fromEntries(entries.filter(([other]) => other !== key)) as Patch;
    return value !== effectiveValues(presetId, others)[key as FieldKey];
  };
  return Object.fromEntries(entries.filter(says));
}

/** Sets one value, or takes the change back when it is what the field would hold without it. */
export function setValue<K extends FieldKey>(key: K, value: Values[K], presetId: string): void {
  setValues({ [key]: value }, presetId);
}

/** Sets several values at once; see `Changes`. */
export function setValues(changes: Changes, presetId: string): void {
  patch.set(needed({ ...patch.get(), ...changes }, presetId));
  writeUrl();
}

/** Back to the preset: the whole page, or only the fields of one cell. */
export function reset(keys?: readonly FieldKey[]): void {
  const kept = keys ? Object.entries(patch.get()).filter(([k]) => !keys.includes(k as FieldKey)) : [];
  patch.set(Object.fromEntries(kept));
  dropped.set([]);
  writeUrl();
}

export function dismissDropped(): void {
  dropped.set([]);
}
