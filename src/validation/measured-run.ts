/**
 * A published run as validation reads it: like `Run` of the catalogue, but of unknown origin. What a source does not
 * say is absent, whether the file leaves the key out or writes null. Never throws: what cannot be read is a fault.
 */
import type { Run } from '#catalog/run-file.ts';

type Loose<T> = { readonly [K in keyof T]?: Widened<T[K]> };
type Widened<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : T;

export interface MeasuredRun {
  readonly id: string;
  /** What the summary collects it under: the file of the catalogue, or the title of its source. */
  readonly group: string;
  readonly source: { readonly title?: string; readonly year?: number; readonly where?: string };
  readonly model: Loose<Run['model']>;
  readonly hardware: Loose<Run['hardware']>;
  readonly execution: Loose<Run['execution']>;
  readonly measured: Loose<Run['measured']>;
  readonly notes: string;
  readonly tier: string;
  /** Values that cannot be what the field holds, in words. */
  readonly faults: readonly string[];
}

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const COUNTS = {
  model: 'layers hidden heads kvHeads headDim ffn vocab seqLen experts topK expertFfn',
  hardware: 'gpus gpusPerNode',
  execution: 'tp pp vpp dp cp ep etp microBatch globalBatch gradAccum',
};
const POSITIVE = {
  model: 'paramsB',
  measured: 'stepTimeS tokensPerSecPerGpu tflopsPerGpu memGiB daysForTokens tokensB',
};
const AT_LEAST_ZERO = { model: 'sharedExperts', execution: 'zeroStage' };
const SHARES = { measured: 'mfu hfu' };
const TEXTS = {
  source: 'title where',
  model: 'name family',
  hardware: 'gpu intraNode interNode',
  execution: 'precision recompute framework',
  measured: 'tflopsConvention memNote',
};
const FLAGS = {
  model: 'gatedMlp tiedEmbeddings',
  execution: 'sequenceParallel flashAttention',
  measured: 'oom',
};

interface Kind {
  readonly fields: Readonly<Record<string, string>>;
  readonly holds: (value: unknown) => boolean;
  readonly needs: string;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const KINDS: readonly Kind[] = [
  {
    fields: COUNTS,
    holds: (v) => isNumber(v) && Number.isInteger(v) && v > 0,
    needs: 'a whole number above 0',
  },
  { fields: POSITIVE, holds: (v) => isNumber(v) && v > 0, needs: 'a number above 0' },
  { fields: AT_LEAST_ZERO, holds: (v) => isNumber(v) && v >= 0, needs: 'a number of 0 or more' },
  {
    fields: SHARES,
    holds: (v) => isNumber(v) && v >= 0 && v <= 1,
    needs: 'a share from 0 to 1',
  },
  { fields: { source: 'year' }, holds: isNumber, needs: 'a number' },
  { fields: TEXTS, holds: (v) => typeof v === 'string', needs: 'a text' },
  { fields: FLAGS, holds: (v) => typeof v === 'boolean', needs: 'true or false' },
];

const GROUPS = ['source', 'model', 'hardware', 'execution', 'measured'] as const;

function readGroup(name: string, raw: unknown, faults: string[]): Group {
  if (raw === undefined || raw === null) return {};
  if (!isGroup(raw)) {
    faults.push(`${name} must be a group of fields`);
    return {};
  }
  const known: Record<string, unknown> = {};
  for (const { fields, holds, needs } of KINDS) {
    for (const key of (fields[name] ?? '').split(' ').filter(Boolean)) {
      const value = raw[key];
      if (value === undefined || value === null) continue;
      if (holds(value)) known[key] = value;
      else faults.push(`${name}.${key} is ${JSON.stringify(value)} but must be ${needs}`);
    }
  }
  return known;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads one row of a runs file, or a `Run` of the catalogue. `position` names a row without an id. */
export function readMeasuredRun(raw: unknown, position = 0): MeasuredRun {
  const faults: string[] = [];
  const row = isGroup(raw) ? raw : {};
  if (!isGroup(raw)) faults.push('the row is not a group of fields');
  const groups = Object.fromEntries(GROUPS.map((name) => [name, readGroup(name, row[name], faults)]));
  const { source = {} } = groups;
  const id = typeof row.id === 'number' ? String(row.id) : text(row.id);
  return {
    ...groups,
    id: id ?? `row ${position}`,
    group: text(row.group) ?? text(source.title) ?? (id ?? 'unknown').split('-')[0] ?? 'unknown',
    notes: text(row.notes) ?? '',
    tier: text(row.tier) ?? 'none',
    faults,
  } as unknown as MeasuredRun;
}

const INFERENCE = {
  measured: ['latencyMs', 'tpotMs', 'ttftMs', 'throughputTokPerS', 'requestsPerS'],
  execution: ['inputTokens', 'outputTokens', 'weightPrecision', 'kvPrecision'],
};

/** Whether a row is of the schema of inference runs: it has a quantity or a setting that training runs have not. */
export function isInferenceRun(raw: unknown): boolean {
  if (!isGroup(raw)) return false;
  return Object.entries(INFERENCE).some(([name, keys]) => {
    const group = raw[name];
    return isGroup(group) && keys.some((key) => group[key] !== undefined && group[key] !== null);
  });
}
