import type { Scenario } from '#scenario';

/** The call that gives the cell's answer. */
export function codeOf({ model, cluster, execution, data }: Scenario): string {
  const measured =
    execution.measured === 'step'
      ? [`  stepTime: ${execution.stepTime},`, `  globalBatch: ${execution.globalBatch},`]
      : [`  tokensPerSecond: ${execution.throughput * cluster.gpus},`];
  return [
    `import { measuredEfficiency } from './src/estimator/index.ts';`,
    '',
    ...(model.shape ? [`const shape = ${JSON.stringify(model.shape)};`] : []),
    `const answer = measuredEfficiency({`,
    `  parameters: ${model.parameters},`,
    ...(model.shape ? ['  shape,'] : []),
    `  sequence: ${data.sequence},`,
    `  peak: ${execution.peak},`,
    `  gpus: ${cluster.gpus},`,
    `  recompute: '${execution.recompute}',`,
    ...measured,
    `});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');
}
