import type { Model } from '#estimator';

/**
 * A model's shape in the few characters a link can carry: `l80.h8192.a64.k8.d128.f28672.v128256.s8192.g1.…`, a code and
 * a value for each number, switch and name of the shape. What the shape does not have is left out.
 */
type Kind = 'number' | 'switch' | readonly string[];
type Entry = readonly [code: string, path: string, kind: Kind, optional?: 'optional'];

const ENTRIES: readonly Entry[] = [
  ['l', 'layers', 'number'],
  ['h', 'hidden', 'number'],
  ['a', 'heads', 'number'],
  ['k', 'kvHeads', 'number'],
  ['d', 'headDim', 'number'],
  ['f', 'ffn', 'number'],
  ['v', 'vocab', 'number'],
  ['s', 'sequence', 'number'],
  ['g', 'gatedMlp', 'switch'],
  ['t', 'tiedEmbeddings', 'switch'],
  ['n', 'norm', ['layernorm', 'rmsnorm', 'unweighted']],
  ['p', 'positions', ['learned', 'rotary', 'none']],
  ['bq', 'bias.qkv', 'switch'],
  ['bo', 'bias.attentionOutput', 'switch'],
  ['bm', 'bias.mlp', 'switch'],
  ['q', 'qkNorm', 'switch'],
  ['np', 'normsPerLayer', 'number', 'optional'],
  ['ne', 'embeddingNorm', 'switch', 'optional'],
  ['pr', 'positionRows', 'number', 'optional'],
  ['bl', 'outputBias', 'switch', 'optional'],
  ['qs', 'qkNormSpan', ['head', 'all-heads'], 'optional'],
  ['as', 'attentionSinks', 'switch', 'optional'],
  ['wt', 'window.tokens', 'number', 'optional'],
  ['wl', 'window.layers', 'number', 'optional'],
  ['xe', 'moe.experts', 'number', 'optional'],
  ['xk', 'moe.topK', 'number', 'optional'],
  ['xf', 'moe.expertFfn', 'number', 'optional'],
  ['xs', 'moe.sharedExperts', 'number', 'optional'],
  ['xg', 'moe.sharedFfn', 'number', 'optional'],
  ['xd', 'moe.denseLayers', 'number', 'optional'],
  ['xb', 'moe.routerBias', 'switch', 'optional'],
  ['xw', 'moe.sharedGate', 'switch', 'optional'],
  ['mq', 'mla.queryRank', 'number', 'optional'],
  ['mk', 'mla.kvRank', 'number', 'optional'],
  ['mn', 'mla.nopeDim', 'number', 'optional'],
  ['mr', 'mla.ropeDim', 'number', 'optional'],
  ['mv', 'mla.valueDim', 'number', 'optional'],
];

type Tree = Record<string, unknown>;

function get(model: Model, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], model);
}

export function encodeShape(model: Model): string {
  return ENTRIES.flatMap(([code, path, kind]) => {
    const value = get(model, path);
    if (value === undefined || value === null) return [];
    if (kind === 'number') return [`${code}${Number(value)}`];
    return [`${code}${kind === 'switch' ? Number(value === true) : kind.indexOf(value as string)}`];
  }).join('.');
}

function read(kind: Kind, digits: string): unknown {
  const number = Number(digits);
  if (kind === 'number') return number;
  if (kind === 'switch') return number < 2 ? number === 1 : undefined;
  return kind[number];
}

/** Groups of which a part makes no sense. The query rank alone may be missing: then queries are projected directly. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  window: ['tokens', 'layers'],
  moe: ['experts', 'topK', 'expertFfn', 'sharedExperts', 'sharedFfn', 'denseLayers', 'routerBias'],
  mla: ['kvRank', 'nopeDim', 'ropeDim', 'valueDim'],
};

/** The shape a link carries, or null when the text is not one. Whether it makes sense is for `checkModel` to say. */
export function decodeShape(text: string): Model | null {
  if (text.length > 400) return null;
  const model: Tree = {};
  for (const part of text.split('.')) {
    const [, code, digits = ''] = /^([a-z]{1,2})(\d{1,10})$/.exec(part) ?? [];
    const entry = ENTRIES.find(([known]) => known === code);
    const value = entry && read(entry[2], digits);
    if (!entry || value === undefined) return null;
    const [group, key] = entry[1].split('.') as [string, string | undefined];
    if (key === undefined) model[group] = value;
    else model[group] = { ...(model[group] as Tree | undefined), [key]: value };
  }
  if (model.mla) (model.mla as Tree).queryRank ??= null;
  const complete = ENTRIES.every(
    ([, path, , optional]) => optional || get(model as unknown as Model, path) !== undefined,
  );
  const whole = Object.entries(GROUPS).every(
    ([group, keys]) =>
      model[group] === undefined || keys.every((key) => (model[group] as Tree)[key] !== undefined),
  );
  return complete && whole ? (model as unknown as Model) : null;
}
