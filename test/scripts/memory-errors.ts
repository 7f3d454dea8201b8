/**
 * Prints how far `memoryPerGpu` is from measured memory, by source, and how well it tells layouts that fit from those
 * that do not: `node test/scripts/memory-errors.ts [id prefix]` lists the rows of a source as well.
 */
import { GIB, memoryPerGpu, type MemoryEstimate, type TrainingScenario } from '#estimator';
import { readGpus, readModels, readRuns } from '#catalog/node.ts';
import type { Run } from '#catalog/run-file.ts';
import { stripSources } from '#catalog/values.ts';
import { scenarioOfRun } from '../../src/validation/scenario-of-run.ts';

const catalog = {
  gpus: readGpus().map(stripSources),
  models: readModels().map(stripSources),
} as unknown as Parameters<typeof scenarioOfRun>[1];

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/**
 * What a source measured: all that the GPU holds (nvidia-smi), tensors on the first stage (MLPerf's logs, rank 0), or
 * the allocator's pool on the worst GPU (torchtitan says so; taken for those that do not say).
 */
function comparable(run: Run, estimate: MemoryEstimate): number {
  const note = run.measured.memNote ?? '';
  if (/nvidia-smi/.test(note)) return estimate.total;
  if (/rank 0/.test(note)) return estimate.stages[0]?.allocated ?? NaN;
  return Math.max(...estimate.stages.map(({ reserved }) => reserved));
}

/** What the sources say and the mapping of runs does not carry yet. */
function completed(run: Run, scenario: TrainingScenario): TrainingScenario {
  // Qi 2023, table 1: activations of 34sbh + 5as²b, so neither FlashAttention nor recomputation.
  if (run.group === 'zero-bubble') return { ...scenario, fusedAttention: false, recompute: 'none' };
  // The chronicles: DeepSpeed's BF16 optimizer sums gradients in FP32.
  if (run.group === 'bigscience' && scenario.precision === 'bf16') {
    return { ...scenario, gradientFormat: 'fp32' };
  }
  // Aleph-Alpha/scaling: the output layer is a ColumnParallelLinear that gathers, the loss is torch's.
  if (run.group === 'aleph-alpha') {
    return { ...scenario, kernels: { ...scenario.kernels, gatheredLogits: true } };
  }
  // torchtitan cuts a rank's batch into as many micro-batches as there are stages.
  const { dp = 1, pp = 1, microBatch } = run.execution;
  if (run.group === 'torchtitan' && microBatch === undefined) {
    return { ...scenario, microBatch: Math.max(1, scenario.globalBatch / dp / pp) };
  }
  return scenario;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

function list(run: Run, { parallelism: p, ...s }: TrainingScenario, estimate: MemoryEstimate): void {
  const parts = Object.entries(estimate.parts).map(
    ([part, bytes]) => `${part} ${((bytes as number) / GIB).toFixed(1)}`,
  );
  const measured = run.measured.oom ? 'OOM' : (run.measured.memGiB ?? 'fits');
  const split = `tp${p.tensorParallel} pp${p.pipelineParallel} v${p.virtualPipeline} cp${p.contextParallel} sp${Number(p.sequenceParallel)} z${p.zeroStage} mb${s.microBatch}`;
  const how = `s${s.model.sequence} ${s.recompute} ${s.precision} ${s.framework} ${s.schedule} fa${Number(s.fusedAttention)}`;
  const value = (comparable(run, estimate) / GIB).toFixed(1);
  print(`${run.id}\t${split} ${how}\t${measured}\t${value}\tstage ${estimate.stage} ${parts.join(' ')}`);
}

const errors = new Map<string, number[]>();
const skipped = new Map<string, number>();
const told = { fits: { right: 0, wrong: 0 }, oom: { right: 0, wrong: 0 } };
const shown = process.argv[2];

for (const run of readRuns()) {
  const { memGiB, oom } = run.measured;
  if (memGiB === undefined && run.group !== 'aleph-alpha') continue;
  const mapped = scenarioOfRun(run, catalog);
  if (!mapped.ok) {
    skipped.set(mapped.reason, (skipped.get(mapped.reason) ?? 0) + 1);
    continue;
  }
  const scenario = completed(run, mapped.scenario);
  const estimate = memoryPerGpu(scenario);
  if (shown && run.id.startsWith(shown)) list(run, scenario, estimate);
  if (memGiB !== undefined) {
    const error = comparable(run, estimate) / GIB / memGiB - 1;
    errors.set(run.group, [...(errors.get(run.group) ?? []), error]);
  } else {
    const fits = estimate.total <= scenario.cluster.gpu.memory;
    told[oom ? 'oom' : 'fits'][fits === !oom ? 'right' : 'wrong'] += 1;
  }
}

print('source, runs, median |error|, 90th percentile, median error');
for (const [source, found] of [...errors, ['all', [...errors.values()].flat()] as const]) {
  const absolute = found.map(Math.abs).sort((a, b) => a - b);
  const signed = [...found].sort((a, b) => a - b);
  const figures = [at(absolute, 0.5), at(absolute, 0.9), at(signed, 0.5)].map(percent);
  print([source, found.length, ...figures].join(', '));
}
const rate = ({ right, wrong }: { right: number; wrong: number }): number => right / (right + wrong);
print(
  `Aleph Alpha layouts: of those that fit ${percent(rate(told.fits))} told, of those that do not ${percent(rate(told.oom))}`,
);
print(`balanced accuracy ${percent((rate(told.fits) + rate(told.oom)) / 2)}`);
for (const [reason, count] of skipped) print(`skipped ${count}: ${reason}`);
