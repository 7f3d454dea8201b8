/**
 * Prints how far `memoryPerGpu` is from measured memory, by source, and how well it tells runs that fit from runs
 * that do not: `node test/scripts/memory-errors.ts [id prefix]` lists the rows of a source as well.
 */
import { memoryPerGpu, type MemoryEstimate, GIB, type TrainingScenario } from '#estimator';
import { readGpus, readModels, readRuns } from '#catalog/node.ts';
import type { Run } from '#catalog/run-file.ts';
import { stripSources } from '#catalog/values.ts';
import { scenarioOfRun } from '../../src/validation/scenario-of-run.ts';

const catalog = {
  gpus: readGpus().map(stripSources),
  models: readModels().map(stripSources),
} as unknown as Parameters<typeof scenarioOfRun>[1];

/** What a source measured: tensors, the allocator's pool, or all that the GPU holds. */
function comparable(run: Run, estimate: MemoryEstimate): number {
  const note = run.measured.memNote ?? '';
  if (/nvidia-smi/.test(note)) return estimate.total;
  if (/reserved|metric not stated/.test(note)) return estimate.reserved;
  if (/rank 0/.test(note)) return estimate.stages[0]?.allocated ?? estimate.allocated;
  return Math.max(...estimate.stages.map(({ allocated }) => allocated));
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

const errors = new Map<string, number[]>();
const skipped = new Map<string, number>();
const cells = { fits: [0, 0], oom: [0, 0] };
const shown = process.argv[2];

const brief = ({ parallelism: p, ...s }: TrainingScenario): string =>
  `tp${p.tensorParallel} pp${p.pipelineParallel} v${p.virtualPipeline} cp${p.contextParallel} sp${Number(p.sequenceParallel)} z${p.zeroStage} mb${s.microBatch} s${s.model.sequence} ${s.recompute} ${s.precision} ${s.framework} ${s.schedule} fa${Number(s.fusedAttention)}`;

for (const run of readRuns()) {
  const wanted = run.measured.memGiB !== undefined || run.group === 'aleph-alpha';
  if (!wanted) continue;
  const mapped = scenarioOfRun(run, catalog);
  if (!mapped.ok) {
    skipped.set(mapped.reason, (skipped.get(mapped.reason) ?? 0) + 1);
    continue;
  }
  const estimate = memoryPerGpu(mapped.scenario);
  const { memGiB } = run.measured;
  if (memGiB !== undefined) {
    const error = comparable(run, estimate) / GIB / memGiB - 1;
    errors.set(run.group, [...(errors.get(run.group) ?? []), error]);
    if (shown && run.id.startsWith(shown)) {
      const parts = Object.entries(estimate.parts).map(
        ([part, bytes]) => `${part} ${(bytes / GIB).toFixed(1)}`,
      );
      console.log(
        `${run.id}\t${brief(mapped.scenario)}\t${memGiB}\t${(memGiB * (1 + error)).toFixed(1)}\t${(100 * error).toFixed(0)}%\tstage ${estimate.stage} ${parts.join(' ')}`,
      );
    }
  }
  if (run.group === 'aleph-alpha') {
    const fits = estimate.total <= mapped.scenario.cluster.gpu.memory;
    const cell = run.measured.oom ? cells.oom : cells.fits;
    const right = fits !== Boolean(run.measured.oom);
    cell[right ? 0 : 1] = (cell[right ? 0 : 1] ?? 0) + 1;
    if (shown && run.id.startsWith(shown) && !right) {
      console.log(
        `${run.id}\t${brief(mapped.scenario)}\t${run.measured.oom ? 'OOM' : 'fits'}\t${(estimate.total / GIB).toFixed(1)}`,
      );
    }
  }
}

console.log('source, runs, median |error|, 90th percentile, median error');
for (const [source, list] of [...errors, ['all', [...errors.values()].flat()] as const]) {
  const absolute = list.map(Math.abs).sort((a, b) => a - b);
  const signed = [...list].sort((a, b) => a - b);
  const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;
  console.log(
    [
      source,
      list.length,
      percent(percentile(absolute, 0.5)),
      percent(percentile(absolute, 0.9)),
      percent(percentile(signed, 0.5)),
    ].join(', '),
  );
}
const rate = ([right = 0, wrong = 0]: number[]): number => right / (right + wrong);
console.log(
  `Aleph Alpha: fits told ${cells.fits}, out of memory told ${cells.oom}, balanced accuracy ${((rate(cells.fits) + rate(cells.oom)) / 2).toFixed(3)}`,
);
console.log(Object.fromEntries(skipped));
