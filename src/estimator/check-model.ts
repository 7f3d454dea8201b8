import { checkNumber, type NumberRule } from './check-number.ts';
import type { Issue } from './issues.ts';
import type { Model } from './types.ts';

const count = (min: number, max: number): NumberRule => ({ min, max, integer: true });

/** Generous limits: far above any model, low enough that no product overflows. */
const DIMENSIONS = {
  layers: count(1, 1e5),
  hidden: count(1, 1e7),
  heads: count(1, 1e5),
  kvHeads: count(1, 1e5),
  headDim: count(1, 1e6),
  ffn: count(0, 1e9),
  vocab: count(1, 1e9),
  sequence: count(1, 1e9),
} as const satisfies Record<string, NumberRule>;

const CHOICES = {
  norm: ['layernorm', 'rmsnorm', 'unweighted'],
  positions: ['learned', 'rotary', 'none'],
} as const;

type Unchecked = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unchecked => typeof value === 'object' && value !== null;

function numbers(prefix: string, rules: Readonly<Record<string, NumberRule>>, group: Unchecked): Issue[] {
  return Object.entries(rules)
    .map(([key, rule]) => checkNumber(`${prefix}${key}`, group[key], rule))
    .filter((issue) => issue !== null);
}

/** The rules of fields that may be absent, for those that are there. */
function present(rules: Readonly<Record<string, NumberRule>>, group: Unchecked): Record<string, NumberRule> {
  return Object.fromEntries(Object.entries(rules).filter(([key]) => group[key] !== undefined));
}

function choiceIssues(model: Unchecked): Issue[] {
  const wrong = Object.entries(CHOICES).filter(
    ([key, offered]) => !(offered as readonly unknown[]).includes(model[key]),
  );
  return wrong.map(([path, offered]) => ({
    code: 'unknown-choice',
    path,
    message: `${path} must be one of ${offered.join(', ')}.`,
  }));
}

function moeIssues(moe: Unchecked): Issue[] {
  return numbers(
    'moe.',
    {
      experts: count(1, 1e6),
      topK: count(1, 1e6),
      expertFfn: count(1, 1e9),
      sharedExperts: count(0, 1e6),
      sharedFfn: count(0, 1e9),
      denseLayers: count(0, 1e5),
    },
    moe,
  );
}

function mlaIssues(mla: Unchecked): Issue[] {
  const width = count(1, 1e6);
  return numbers(
    'mla.',
    {
      ...(mla.queryRank === null ? {} : { queryRank: width }),
      kvRank: width,
      nopeDim: width,
      ropeDim: count(0, 1e6),
      valueDim: width,
    },
    mla,
  );
}

/** What contradicts what, once every number is legal by itself. */
function contradictions({ layers, heads, kvHeads, ffn, moe, mla, window }: Model): Issue[] {
  const found: Issue[] = [];
  const add = (path: string, limit: number, message: string): void => {
    found.push({ code: 'inconsistent', path, message, limit });
  };
  if (!mla && heads % kvHeads !== 0) {
    add('kvHeads', heads, `kvHeads must divide the ${heads} heads evenly; ${kvHeads} does not.`);
  }
  if (moe && moe.topK > moe.experts) {
    add('moe.topK', moe.experts, `A token cannot visit ${moe.topK} of ${moe.experts} experts.`);
  }
  if (moe && moe.denseLayers > layers) {
    add('moe.denseLayers', layers, `${moe.denseLayers} dense layers do not fit into ${layers} layers.`);
  }
  if (moe && moe.sharedExperts > 0 && moe.sharedFfn === 0) {
    add('moe.sharedFfn', 1, 'Shared experts need an inner width of at least 1.');
  }
  if (ffn === 0 && (!moe || moe.denseLayers > 0)) {
    add('ffn', 1, 'Layers with a dense MLP need an inner width of at least 1.');
  }
  if (window && window.layers > layers) {
    add('window.layers', layers, `${window.layers} windowed layers do not fit into ${layers} layers.`);
  }
  return found;
}

/**
 * Everything wrong with a model's shape, each at its field: no number, out of range, or in contradiction with another.
 * The counting functions may be trusted on a shape for which this returns nothing. Accepts values of unknown origin
 * (a link, a pasted file) and never throws.
 * @returns issues with paths such as `layers` or `moe.topK`; empty when the shape is sound
 */
export function checkModel(model: Model): Issue[] {
  const raw: unknown = model;
  if (!isRecord(raw)) return [{ code: 'missing', path: 'model', message: 'A model shape is needed.' }];
  const optional = { normsPerLayer: count(0, 16), positionRows: count(1, 1e9) };
  const issues = [
    ...numbers('', { ...DIMENSIONS, ...present(optional, raw) }, raw),
    ...choiceIssues(raw),
    ...(isRecord(raw.bias) ? [] : [{ code: 'missing', path: 'bias', message: 'bias is needed.' }]),
  ];
  const groups: [string, unknown, (group: Unchecked) => Issue[]][] = [
    ['moe', raw.moe, moeIssues],
    ['mla', raw.mla, mlaIssues],
    ['window', raw.window, (w) => numbers('window.', { tokens: count(1, 1e9), layers: count(0, 1e5) }, w)],
  ];
  for (const [path, group, check] of groups) {
    if (group === undefined) continue;
    if (isRecord(group)) issues.push(...check(group));
    else
      issues.push({
        code: 'not-a-number',
        path,
        message: `${path} must be a group of numbers, or left out.`,
      });
  }
  return issues.length > 0 ? issues : contradictions(model);
}
