/** What holds for every training scenario, however absurd: shared by the test run and by `npm run fuzz`. */
import { checkScenario, memoryPerGpu, trainingStep, type Issue, type TrainingScenario } from '#estimator';
import { numbersIn } from './arbitraries.ts';
import { replaced } from './training-scenarios.ts';

const CLUSTER = ['gpus', 'gpusPerNode', 'nvlinkDomain', 'networkBandwidth', 'pcieBandwidth'];
const GPU = [
  'memory',
  'memoryBandwidth',
  'nvlinkBandwidth',
  'power',
  'sms',
  'clock',
  'peak',
  'name',
  'architecture',
];
const RUN = [
  'microBatch',
  'globalBatch',
  'recomputeLayers',
  'precision',
  'recompute',
  'schedule',
  'framework',
  'fusedAttention',
  'kernels',
  'gradientFormat',
];
const SPLIT = [
  'tensorParallel',
  'pipelineParallel',
  'virtualPipeline',
  'contextParallel',
  'expertParallel',
  'expertTensorParallel',
  'zeroStage',
  'sequenceParallel',
];

/** Where the field of an issue stands in a scenario. */
function placeOf(path: string): readonly string[] {
  const keys = path.split('.');
  const [first = ''] = keys;
  if (CLUSTER.includes(first)) return ['cluster', ...keys];
  if (GPU.includes(first)) return ['cluster', 'gpu', ...keys];
  if (SPLIT.includes(first)) return ['parallelism', ...keys];
  return RUN.includes(first) ? keys : ['model', ...keys];
}

const withValue = (scenario: TrainingScenario, path: string, value: number): TrainingScenario =>
  replaced(scenario, placeOf(path), value) as TrainingScenario;

const WRONG_WORDS = /\bNaN\b|\bundefined\b|\[object/;
const CONTRADICTS_ALL = /no value is\.$/;

/** What is wrong with one refusal. */
function issueViolations(scenario: TrainingScenario, issue: Issue): string[] {
  const { code, path, message, limit, nearest } = issue;
  const found: string[] = [];
  const say = (what: string): number => found.push(`${what}: ${JSON.stringify(issue)}`);
  if (!/^[\w.-]+$/.test(path)) say('a refusal without a field');
  if (message.length < 10 || WRONG_WORDS.test(message)) say('a refusal that does not say why');
  const bounded = ['too-small', 'too-large', 'not-an-integer'].includes(code);
  if (bounded && limit === undefined) say('a bound that is not named');
  if (code === 'inconsistent' && limit === undefined && !CONTRADICTS_ALL.test(message))
    say('a contradiction without a limit');
  if (nearest && nearest[0] !== limit) say('a limit that is not the nearest legal value');
  for (const value of nearest ?? (limit === undefined ? [] : [limit])) {
    if (!Number.isFinite(value)) say('a limit that is no number');
    const still = checkScenario(withValue(scenario, path, value)).some(
      (other) => other.path === path && (nearest || other.code === code),
    );
    if (still) say(`${value} is not legal`);
  }
  return found;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What is wrong with the answer to a scenario; nothing, if all is well. Never throws, unless the estimator does. */
export function violationsOf(scenario: TrainingScenario): string[] {
  const issues = checkScenario(scenario);
  const outcome = trainingStep(scenario);
  if (issues.length > 0) {
    const refused = outcome.ok ? ['an impossible scenario was answered'] : [];
    return [...refused, ...issues.flatMap((issue) => issueViolations(scenario, issue))];
  }
  if (!outcome.ok) return ['a scenario without issues was refused'];
  const { seconds, breakdown, mfu, hfu, memory, modelFlops, hardwareFlops } = outcome.value;
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  const numbers = [...numbersIn(outcome.value), ...numbersIn(memoryPerGpu(scenario))];
  must(
    numbers.every((value) => Number.isFinite(value) && value >= 0),
    'a number is NaN, infinite or negative',
  );
  must(seconds > 0, 'a step takes no time');
  must(
    Math.abs(sum(numbersIn(breakdown)) - seconds) <= 1e-9 * seconds,
    'the breakdown does not sum to the step',
  );
  must(mfu <= hfu && modelFlops <= hardwareFlops, 'MFU exceeds HFU');
  must(memory.total >= sum(numbersIn(memory.parts)) * (1 - 1e-9), 'memory is less than its parts');
  return found;
}
