import type { Scenario } from '#scenario';

const number = (value: number): string =>
  value >= 1e6 ? value.toExponential().replace('e+', 'e') : String(value);

/** The call that gives the cell's answer, ready for `node --input-type=module`. */
export function codeOf({ model, cluster, execution, data, question }: Scenario): string {
  const shape = model.shape ? `const shape = ${JSON.stringify(model.shape)};\n` : '';
  const fields: [string, string][] = [
    ['unknown', `'${question.unknown}'`],
    ['parameters', number(model.parameters)],
    ...(model.shape ? [['shape', 'shape'] as [string, string]] : []),
    ['tokens', number(data.tokens)],
    ['sequence', number(data.sequence)],
    ['peak', number(execution.peak)],
    ['gpus', number(cluster.gpus)],
    ['efficiency', number(execution.efficiency)],
    ['goodput', number(execution.goodput)],
    ['time', number(question.time)],
    ['count', question.attention === 'causal' ? `'exact-causal'` : `'exact'`],
    ['withGoodput', 'true'],
  ];
  const body = fields
    .filter(([key]) => key !== question.unknown)
    .map(([key, value]) => `  ${key === value ? key : `${key}: ${value}`},`);
  return [
    `import { solveTraining } from './src/estimator/index.ts';`,
    '',
    `${shape}const answer = solveTraining({`,
    ...body,
    `});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');
}
