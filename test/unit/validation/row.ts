import { readGpus, readModels } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import type { RunCatalog } from '#catalog/run-point.ts';
import type { Run } from '#catalog/run-file.ts';
import { scenarioOfRun } from '#validation/scenario-of-run.ts';

export const catalog = {
  gpus: readGpus().map((gpu) => stripSources(gpu)),
  models: readModels().map((model) => stripSources(model)),
} as unknown as RunCatalog;

type Fields = Readonly<Record<string, unknown>>;
export interface Row {
  readonly id?: unknown;
  readonly source?: Fields;
  readonly model?: Fields;
  readonly hardware?: Fields;
  readonly execution?: Fields;
  readonly measured?: Fields;
  readonly notes?: string;
}

/** A row of a runs file that says everything, changed by what a test is about. */
export function row(change: Row = {}): Row {
  return {
    id: 'made-up-175b',
    notes: '',
    ...change,
    source: {
      title: 'A made-up source',
      url: 'https://example.org',
      where: 'Table 1',
      year: 2024,
      ...change.source,
    },
    model: {
      name: 'GPT-3 175B',
      family: 'GPT',
      layers: 96,
      hidden: 12_288,
      heads: 96,
      kvHeads: 96,
      headDim: 128,
      ffn: 49_152,
      vocab: 51_200,
      seqLen: 2048,
      gatedMlp: false,
      tiedEmbeddings: true,
      ...change.model,
    },
    hardware: {
      gpu: 'H100-80GB-SXM',
      gpus: 1024,
      gpusPerNode: 8,
      interNode: '8x NDR 400 Gb/s InfiniBand per node',
      ...change.hardware,
    },
    execution: {
      framework: 'Megatron-Core',
      precision: 'bf16',
      recompute: 'selective',
      sequenceParallel: true,
      flashAttention: true,
      zeroStage: 1,
      tp: 8,
      pp: 16,
      vpp: 6,
      cp: 1,
      dp: 8,
      microBatch: 1,
      globalBatch: 1536,
      ...change.execution,
    },
    measured: { stepTimeS: 10, ...change.measured },
  };
}

export const mapped = (change: Row = {}) => scenarioOfRun(row(change) as unknown as Run, catalog);

/** The scenario of a row that can be modelled, and which fields were filled. */
export function scenarioOf(change: Row = {}) {
  const result = mapped(change);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

export function reasonOf(change: Row): string {
  const result = mapped(change);
  return result.ok ? 'it was modelled' : result.reason;
}
