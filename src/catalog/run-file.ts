/**
 * Published training runs, one file a source in content/data/runs. What many rows share (source, model, machine,
 * convention, assumptions) is written once in a list, and rows name it by its place there; `common` holds the
 * columns that are the same in every row. `expandRuns` gives the rows back in full.
 */
import { z } from 'astro/zod';

const index = z.number().int().nonnegative();
const count = z.number().int().positive();
const positive = z.number().positive();

/** What was trained. Shapes that the source does not print are named in the run's `inferred`. */
const runModel = z.strictObject({
  name: z.string(),
  family: z.string(),
  layers: count.optional(),
  hidden: count.optional(),
  heads: count.optional(),
  kvHeads: count.optional(),
  headDim: count.optional(),
  ffn: count.optional(),
  vocab: count.optional(),
  seqLen: count.optional(),
  gatedMlp: z.boolean().optional(),
  tiedEmbeddings: z.boolean().optional(),
  experts: count.optional(),
  topK: count.optional(),
  expertFfn: count.optional(),
  sharedExperts: index.optional(),
  /** Nominal size, in billions. */
  paramsB: positive.optional(),
});

const runHardware = z.strictObject({
  gpu: z.string(),
  gpusPerNode: count.optional(),
  intraNode: z.string().optional(),
  interNode: z.string().optional(),
});

const runSource = z.strictObject({
  /** Key in the bibliography. */
  reference: z.string(),
  title: z.string(),
  url: z.url(),
  year: z.number().int(),
});

/** How it ran. `dp` leaves out context parallelism and takes in expert parallelism. */
const execution = {
  precision: z.enum(['fp16', 'bf16', 'fp8', 'mxfp8', 'nvfp4']).optional(),
  recompute: z.enum(['none', 'selective', 'full']).optional(),
  sequenceParallel: z.boolean().optional(),
  flashAttention: z.boolean().optional(),
  /** 0 to 3; 1 is also Megatron's distributed optimizer, 3 also FSDP. */
  zeroStage: index.optional(),
  tp: count.optional(),
  pp: count.optional(),
  vpp: count.optional(),
  dp: count.optional(),
  cp: count.optional(),
  ep: count.optional(),
  etp: count.optional(),
  microBatch: count.optional(),
  globalBatch: count.optional(),
  gradAccum: count.optional(),
};

/** What came out. Shares are fractions; TFLOP/s under the convention named beside it. */
const measured = {
  stepTimeS: positive.optional(),
  tokensPerSecPerGpu: positive.optional(),
  tflopsPerGpu: positive.optional(),
  /** 0 where the source prints it rounded to nothing. */
  mfu: z.number().nonnegative().optional(),
  hfu: positive.optional(),
  memGiB: positive.optional(),
  daysForTokens: positive.optional(),
  tokensB: positive.optional(),
  /** The run did not fit: out of memory. */
  oom: z.literal(true).optional(),
};

const rowFields = z.strictObject({
  id: z.string(),
  source: index,
  where: z.string(),
  /** A: whole configuration on a current stack; B: incomplete or a research setting; C: sweeps and whole-run averages. */
  tier: z.enum(['A', 'B', 'C']),
  model: index,
  hardware: index,
  gpus: count.optional(),
  framework: index.optional(),
  ...execution,
  ...measured,
  convention: index.optional(),
  memNote: index.optional(),
  assumptions: index.optional(),
  notes: index.optional(),
});

/** A file of content/data/runs. */
export const runFile = z.strictObject({
  id: z.string(),
  sources: z.array(runSource),
  models: z.array(runModel),
  hardware: z.array(runHardware),
  frameworks: z.array(z.string()).default([]),
  conventions: z.array(z.string()).default([]),
  memoryNotes: z.array(z.string()).default([]),
  assumptions: z.array(z.array(z.string())).default([]),
  notes: z.array(z.string()).default([]),
  common: rowFields.partial(),
  columns: z.array(rowFields.keyof()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

type Row = z.infer<typeof rowFields>;
type Fields<Shape extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<Shape>>>;

/** One published run, in full. A field that the source does not give is absent. */
export interface Run {
  readonly id: string;
  /** The file it is in. */
  readonly group: string;
  readonly source: Readonly<z.infer<typeof runSource>> & { readonly where: string };
  readonly model: Readonly<z.infer<typeof runModel>>;
  readonly hardware: Readonly<z.infer<typeof runHardware>> & { readonly gpus?: number };
  readonly execution: Fields<typeof execution> & { readonly framework?: string };
  readonly measured: Fields<typeof measured> & {
    readonly tflopsConvention?: string;
    readonly memNote?: string;
  };
  /** Every field that was not read in the table itself, and how it was filled. */
  readonly inferred: readonly string[];
  readonly notes: string;
  readonly tier: Row['tier'];
}

/** Checks one file and gives its runs in full. Throws naming the file and the field that does not fit. */
export function expandRuns(name: string, json: unknown): readonly Run[] {
  const result = runFile.safeParse(json);
  if (!result.success) throw new Error(`${name}\n${z.prettifyError(result.error)}`);
  const file = result.data;
  return file.rows.map((cells, line) => {
    const known = file.columns.flatMap((column, i) =>
      cells[i] == null ? [] : [[column, cells[i]] as const],
    );
    const row = rowFields.safeParse({ ...file.common, ...Object.fromEntries(known) });
    if (!row.success) throw new Error(`${name}, row ${line}\n${z.prettifyError(row.error)}`);
    return expandRow(file, row.data);
  });
}

function at<T>(list: readonly T[], place: number, what: string, id: string): T {
  const entry = list[place];
  if (entry === undefined)
    throw new Error(`Run "${id}" names ${what} ${place}, which its file does not have`);
  return entry;
}

function expandRow(file: z.infer<typeof runFile>, row: Row): Run {
  const pick = <Shape extends object>(shape: Shape): Pick<Row, keyof Shape & keyof Row> =>
    Object.fromEntries(Object.entries(row).filter(([key]) => key in shape)) as Pick<
      Row,
      keyof Shape & keyof Row
    >;
  const named = <Key extends string>(key: Key, list: readonly string[], place: number | undefined) =>
    place === undefined ? {} : ({ [key]: at(list, place, key, row.id) } as Record<Key, string>);
  return {
    id: row.id,
    group: file.id,
    source: { ...at(file.sources, row.source, 'source', row.id), where: row.where },
    model: at(file.models, row.model, 'model', row.id),
    hardware: {
      ...at(file.hardware, row.hardware, 'hardware', row.id),
      ...(row.gpus === undefined ? {} : { gpus: row.gpus }),
    },
    execution: { ...pick(execution), ...named('framework', file.frameworks, row.framework) },
    measured: {
      ...pick(measured),
      ...named('tflopsConvention', file.conventions, row.convention),
      ...named('memNote', file.memoryNotes, row.memNote),
    },
    inferred:
      row.assumptions === undefined ? [] : at(file.assumptions, row.assumptions, 'assumptions', row.id),
    notes: row.notes === undefined ? '' : at(file.notes, row.notes, 'notes', row.id),
    tier: row.tier,
  };
}
