import { checkModel } from '../check-model.ts';
import type { Issue } from '../issues.ts';
import { peakRate } from '../peak.ts';
import { gemmFormat, wideFormat } from '../step/machine.ts';
import { contradictionsOf, type Contradiction, type SplitField } from './contradictions.ts';
import { nearestLegal } from './nearest.ts';
import { fieldIssues, isRecord, missing, SPLIT_RULES } from './scenario-fields.ts';
import type { TrainingScenario } from './types.ts';

function machineIssues({ cluster, precision }: TrainingScenario): readonly Issue[] {
  const { gpu, nvlinkDomain } = cluster;
  for (const format of [gemmFormat(gpu, precision), wideFormat(gpu, precision)]) {
    const peak = peakRate(gpu, format);
    if (!peak.ok) return peak.issues;
  }
  if (nvlinkDomain === 1 || gpu.nvlinkBandwidth >= 1) return [];
  const message = `nvlinkDomain must be 1, not ${nvlinkDomain}: ${gpu.name} has no NVLink.`;
  return [{ code: 'inconsistent', path: 'nvlinkDomain', message, limit: 1, nearest: [1] }];
}

const valueOf = (scenario: TrainingScenario, path: SplitField): number => {
  if (path === 'gpus') return scenario.cluster.gpus;
  return path === 'globalBatch' ? scenario.globalBatch : scenario.parallelism[path];
};

function withValue(scenario: TrainingScenario, path: SplitField, value: number): TrainingScenario {
  if (path === 'gpus') return { ...scenario, cluster: { ...scenario.cluster, gpus: value } };
  if (path === 'globalBatch') return { ...scenario, globalBatch: value };
  return { ...scenario, parallelism: { ...scenario.parallelism, [path]: value } };
}

/** Legal values leave no contradiction at the field: if they can none elsewhere that was not there, else whatever follows. */
function issueOf(
  { path, rule, candidates }: Contradiction,
  scenario: TrainingScenario,
  found: number,
): Issue {
  const value = valueOf(scenario, path);
  const tried = candidates().filter((candidate) => candidate <= SPLIT_RULES[path].max);
  const nearestWith = (allowed: number): readonly number[] =>
    nearestLegal(tried, value, (candidate) => {
      const left = contradictionsOf(withValue(scenario, path, candidate));
      return left.length <= allowed && left.every((other) => other.path !== path);
    });
  const settling = nearestWith(found - 1);
  const nearest = settling.length > 0 ? settling : nearestWith(Infinity);
  const [limit] = nearest;
  const code = 'inconsistent';
  if (limit === undefined)
    return { code, path, message: `${rule}, not ${value}; with the other fields as they are no value is.` };
  return { code, path, message: `${rule}: ${nearest.join(' or ')}, not ${value}.`, limit, nearest };
}

/** What is wrong with a scenario's values one by one: no numbers, out of range, a format the GPU lacks. */
export function valueIssues(scenario: TrainingScenario): readonly Issue[] {
  const raw: unknown = scenario;
  if (!isRecord(raw)) return [missing('scenario')];
  const issues = [...checkModel(scenario.model), ...fieldIssues(raw)];
  return issues.length > 0 ? issues : machineIssues(scenario);
}

/** What {@link checkScenario} says of one field of a scenario whose values are legal one by one. */
export function contradictionAt(scenario: TrainingScenario, path: SplitField): Issue | undefined {
  const found = contradictionsOf(scenario);
  const contradiction = found.find((one) => one.path === path);
  return contradiction && issueOf(contradiction, scenario, found.length);
}

/**
 * Everything that makes a training scenario impossible, each at its field with the nearest legal values: sizes that are
 * no numbers or out of range, degrees that do not divide, a format the GPU lacks. Memory is not among it: see
 * `checkMemory`. Accepts values of unknown origin and never throws.
 * @returns issues with paths such as `tensorParallel`; empty when the scenario can run
 * @source Megatron-LM, arguments.py (divisibility); Llama 3 2024, section 3.3.2 (uneven stages)
 */
export function checkScenario(scenario: TrainingScenario): Issue[] {
  const issues = valueIssues(scenario);
  if (issues.length > 0) return [...issues];
  const found = contradictionsOf(scenario);
  return found.map((contradiction) => issueOf(contradiction, scenario, found.length));
}
