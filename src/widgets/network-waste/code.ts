import type { TrainingScenario } from '#estimator';

/** The call that predicts the step, ready for `node --input-type=module`. */
export const codeOf = (scenario: TrainingScenario): string =>
  [
    `import { trainingStep } from './src/estimator/index.ts';`,
    '',
    `const scenario = ${JSON.stringify(scenario, null, 2)};`,
    `const answer = trainingStep(scenario);`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');
