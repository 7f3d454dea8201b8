/** The validation that the page shows, made once a build. For build time only. */
import { gpus, models } from '#catalog';
import { runs } from '#catalog/runs.ts';
import { estimates } from '#validation/estimate.ts';
import { summaryOf, validateRuns, type ValidationSummary } from '#validation/validation.ts';

/** Every published run against the estimator. */
export const report = validateRuns(runs, { gpus, models }, estimates);

/** The summary of one tier alone. */
export const tierSummary = (tier: string): ValidationSummary =>
  summaryOf(report.runs.filter(({ labels }) => labels.tier === tier));

/** How many runs were published: compared, out of memory, or skipped. */
export const runCount = runs.length;

const byId = new Map(runs.map((run) => [run.id, run]));

/** The catalogue's run of that id. Throws on an unknown id: every id of the report comes from the catalogue. */
export function runById(id: string) {
  const run = byId.get(id);
  if (!run) throw new Error(`No published run is called "${id}"`);
  return run;
}

const NAMES: Readonly<Record<string, string>> = {
  'aleph-alpha': 'Aleph Alpha layouts',
  bigscience: 'BigScience',
  'dgx-cloud': 'DGX Cloud recipes',
  'flashattention-2': 'FlashAttention-2',
  'gpu-hours': 'GPU-hours of papers',
  'korthikanti-2022': 'Korthikanti 2022',
  'llama-3': 'Llama 3',
  'llm-foundry': 'MosaicML llm-foundry',
  'megatron-2021': 'Megatron-LM 2021',
  'megatron-bridge': 'Megatron Bridge',
  'megatron-core': 'Megatron Core',
  mlperf: 'MLPerf Training',
  'moe-parallel-folding': 'MoE parallel folding',
  nanotron: 'nanotron sweep',
  nemo: 'NeMo',
  'single-reports': 'Single reports',
  torchtitan: 'torchtitan',
  'zero-bubble': 'Zero bubble',
};

/** What a file of runs is called on the page; one that has no name yet, its own. */
export const sourceName = (group: string): string => NAMES[group] ?? group;

/** Keys in the bibliography of a file's sources, most runs first. */
export function referencesOf(group: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs)
    if (run.group === group) counts.set(run.source.reference, (counts.get(run.source.reference) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
}
