import type { ConventionChoice, ConventionRun } from '#estimator';
import type { Scenario } from '#scenario';

/** The call that gives the cell's answer. */
export function codeOf(
  { cluster, execution }: Scenario,
  run: ConventionRun,
  choice: ConventionChoice,
): string {
  const { gpu, shape, ...rest } = run;
  const needed = { id: gpu.id, peak: gpu.peak, sparsity: gpu.sparsity };
  return [
    `import { conventionReading } from './src/estimator/index.ts';`,
    '',
    `// ${cluster.gpu.name}: only what the conventions ask of it`,
    `const gpu = ${JSON.stringify(needed)};`,
    ...(shape ? [`const shape = ${JSON.stringify(shape)};`] : []),
    `const run = { gpu,${shape ? ' shape,' : ''}`,
    ...Object.entries(rest).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`),
    `};`,
    `const told = conventionReading(run, ${JSON.stringify(choice)});`,
    `console.log(told.ok ? told.value : told.issues); // ${execution.precision}`,
  ].join('\n');
}
