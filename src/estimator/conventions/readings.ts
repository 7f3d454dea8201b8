import { checkModel } from '../check-model.ts';
import { checkNumbers } from '../check-number.ts';
import { modelFlops } from '../flops/model-flops.ts';
import { eightNd, sixNd } from '../flops/six-nd.ts';
import { failed, ok, type Issue, type Outcome } from '../issues.ts';
import { modelStateBytes, type StateRecipe } from '../model-state.ts';
import { countParameters } from '../parameters.ts';
import { peakRate } from '../peak.ts';
import { TRAINING_LIMITS } from '../solve/limits.ts';
import type { Format, Model } from '../types.ts';
import { GIB, GIGA } from '../units.ts';
import { conventionToggles } from './toggles.ts';
import type { ConventionChoice, ConventionRun, Reading, Toggle, ToggleId } from './types.ts';

/** An option for every toggle, those that a run does not offer at their reference. */
type Settled = Readonly<Record<ToggleId, string>>;

const REFERENCE: Settled = {
  flops: '6nd',
  sparsity: 'dense',
  'peak-format': '',
  parameters: 'nominal',
  'state-bytes': 'mixed-18',
  'byte-unit': 'GB',
  goodput: 'ignored',
};

/** What is impossible about a run, or about a choice made for it. */
function check(run: ConventionRun, choice: ConventionChoice, toggles: readonly Toggle[]): Issue[] {
  const { parameters, tokens, gpus, goodput } = TRAINING_LIMITS;
  const stored = run.storedParameters ?? run.parameters;
  const numbers = checkNumbers(
    {
      parameters,
      storedParameters: parameters,
      tokens,
      gpus,
      goodput,
      tokensPerSecond: { min: 1e-9, max: 1e18 },
    },
    { ...run, storedParameters: stored },
  );
  const sequence = run.sequence ?? null;
  const length = sequence === null ? [] : checkNumbers({ sequence: TRAINING_LIMITS.sequence }, { sequence });
  const shape = run.shape ? checkModel(run.shape).map((i) => ({ ...i, path: `shape.${i.path}` })) : [];
  const peak = peakRate(run.gpu, run.format);
  const choices = Object.entries(choice).flatMap(([id, picked]): Issue[] => {
    const options = toggles.find((toggle) => toggle.id === id)?.options.map((o) => o.id) ?? [];
    if (options.includes(picked)) return [];
    const message = `${id} has no option "${String(picked).slice(0, 40)}" for this run.`;
    return [{ code: 'unknown-choice', path: id, message }];
  });
  return [...numbers, ...length, ...shape, ...(peak.ok ? [] : peak.issues), ...choices];
}

/** Parameters under a choice: the N of a rule of thumb, and all that are held. */
function counted(run: ConventionRun, shape: Model | null, rule: string): { n: number; stored: number } {
  if (!shape || rule === 'nominal') {
    return { n: run.parameters, stored: run.storedParameters ?? run.parameters };
  }
  const { total, active, embedding } = countParameters(shape);
  const tables = rule === 'without-embeddings' ? embedding : 0;
  return { n: active - tables, stored: total - tables };
}

/** FLOPs per token and peak of one GPU under a choice: the two sides of every utilisation. */
function sides(
  run: ConventionRun,
  settled: Settled,
): { flopsPerToken: number; peak: number; stored: number } {
  const shape = run.shape ? { ...run.shape, sequence: run.sequence ?? run.shape.sequence } : null;
  const { n, stored } = counted(run, shape, settled.parameters);
  const byRule = settled.flops === '8nd' ? eightNd(n, 1) : sixNd(n, 1);
  const causal = settled.flops === 'exact-causal';
  const flopsPerToken =
    shape && (causal || settled.flops === 'exact') ? modelFlops(shape, { causal }).total : byRule;
  const format = (settled['peak-format'] || run.format) as Format;
  const dense = run.gpu.peak[format] ?? 0;
  return { flopsPerToken, peak: settled.sparsity === 'sparse' ? dense * run.gpu.sparsity : dense, stored };
}

/** {@link conventionReading} for a run and a choice that have been checked. */
export function readUnchecked(run: ConventionRun, choice: ConventionChoice): Reading {
  const settled: Settled = { ...REFERENCE, ...choice };
  const reference = sides(run, REFERENCE);
  const { flopsPerToken, peak, stored } = sides(run, settled);
  const utilisation = (side: { flopsPerToken: number; peak: number }): number =>
    (side.flopsPerToken * run.tokensPerSecond) / (run.gpus * side.peak);
  const bytes = modelStateBytes(stored, settled['state-bytes'] as StateRecipe['id']).total;
  const unit = settled['byte-unit'] === 'GiB' ? 'GiB' : 'GB';
  const delivered =
    run.gpus * peak * utilisation(reference) * (settled.goodput === 'counted' ? run.goodput : 1);
  return {
    flopsPerToken,
    peak,
    mfu: utilisation({ flopsPerToken, peak }),
    memory: { bytes, unit, number: bytes / (unit === 'GiB' ? GIB : GIGA) },
    seconds: (flopsPerToken * run.tokens) / delivered,
  };
}

/**
 * MFU, model-state memory and days of one run, told under a choice of conventions.
 * @param choice options by toggle id; what is not named stays at the reference
 * @returns the reading, or Issues for an impossible run or an option that it does not offer
 */
export function conventionReading(run: ConventionRun, choice: ConventionChoice = {}): Outcome<Reading> {
  const issues = check(run, choice, conventionToggles(run));
  return issues.length > 0 ? failed(...issues) : ok(readUnchecked(run, choice));
}
