/**
 * npm run fuzz -- [runs] [seed]
 *
 * Puts random scenarios, legal, slightly off and wild, to the estimator and counts answers and refusals. Prints every
 * violation of `test/property/estimator/training-laws.ts`, shrunk, and exits 1 if there is one.
 */
import fc from 'fast-check';
import { checkScenario, type TrainingScenario } from '#estimator';
import { violationsOf } from '../property/estimator/training-laws.ts';
import { legalScenario, offScenario, wildScenario } from '../property/estimator/training-scenarios.ts';

const runs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 20_261_125);
const BATCH = 1000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const kinds = { legal: legalScenario, off: offScenario, wild: wildScenario };
const refusals = new Map<string, number>();
let answered = 0;
let failures = 0;

function law(scenario: TrainingScenario): void {
  const issues = checkScenario(scenario);
  if (issues.length === 0) answered += 1;
  for (const { path, code } of issues) {
    const key = `${path}: ${code}`;
    refusals.set(key, (refusals.get(key) ?? 0) + 1);
  }
  const violations = violationsOf(scenario);
  if (violations.length > 0) throw new Error(violations.join('\n'));
}

let done = 0;
for (let batch = 0; done < runs; batch += 1) {
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  const name = names[batch % names.length]!;
  const numRuns = Math.min(BATCH, runs - done);
  const result = fc.check(fc.property(kinds[name], law), { numRuns, seed: seed + batch });
  done += numRuns;
  if (result.failed) {
    failures += 1;
    print(
      `${name}, seed ${seed + batch}: ${String(result.errorInstance)}\n${fc.stringify(result.counterexample)}`,
    );
  }
  if (failures >= 10) break;
}

const most = [...refusals].sort(([, a], [, b]) => b - a);
print(
  `${done} scenarios, ${answered} answered, ${done - answered} refused with ${most.length} kinds of issue; the most common:`,
);
for (const [key, count] of most.slice(0, 12)) print(`  ${String(count).padStart(8)} ${key}`);
print(`${failures} batches with violations`);
process.exitCode = failures > 0 ? 1 : 0;
