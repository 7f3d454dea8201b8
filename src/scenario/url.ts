import { checkField } from './check.ts';
import { fields } from './fields.ts';
import type { FieldKey, Patch } from './values.ts';

/** Version of the link format. A change that alters what an old link means must raise it and keep a reader for the old one. */
export const LINK_VERSION = '1';

export const fieldKeys = Object.keys(fields) as readonly FieldKey[];
const byUrlKey = new Map(fieldKeys.map((key) => [fields[key].url, key]));
/** Parameters that others append to links; they are not ours to complain about. */
const FOREIGN = /^(utm_\w+|fbclid|gclid|ref|source|pagefind-highlight)$/;

function number(value: number): string {
  const plain = String(value);
  const exponent = value.toExponential();
  const short = plain.length <= exponent.length + 1 ? plain : exponent;
  return short.replace('e+', 'e');
}

/** `?v=1&n=2048`: the reader's changes in field order, defaults omitted because a patch holds none. */
export function encodePatch(patch: Patch): string {
  const pairs = fieldKeys.flatMap((key) => {
    const value = patch[key];
    return value === undefined
      ? []
      : [[fields[key].url, typeof value === 'number' ? number(value) : value] as const];
  });
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams([['v', LINK_VERSION], ...pairs.map(([k, v]): [string, string] => [k, v])])}`;
}

export interface Decoded {
  readonly patch: Patch;
  /** One sentence for each thing in the link that could not be used. */
  readonly dropped: readonly string[];
}

/** Reads a link's query. Unknown or invalid keys are dropped and reported; nothing throws. */
export function decodePatch(search: string): Decoded {
  const params = new URLSearchParams(search);
  const dropped: string[] = [];
  const patch: Record<string, string | number> = {};
  const version = params.get('v');
  if (version !== null && version !== LINK_VERSION) {
    return {
      patch: {},
      dropped: [`The link is of version “${version.slice(0, 20)}”; this page reads version ${LINK_VERSION}.`],
    };
  }
  for (const [name, text] of params) {
    if (name === 'v' || FOREIGN.test(name)) continue;
    const key = byUrlKey.get(name);
    if (key === undefined) {
      dropped.push(`“${name.slice(0, 20)}” is not a field of this page.`);
      continue;
    }
    const field = fields[key];
    const value = field.kind === 'number' ? (text.trim() === '' ? Number.NaN : Number(text)) : text;
    const message = checkField(key, value);
    if (message !== null) dropped.push(`${field.label}: ${message}`);
    else patch[key] = value;
  }
  return { patch: patch, dropped };
}
