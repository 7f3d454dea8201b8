import type { ScalingLawId } from '#estimator';

/** The call that spends the budget, ready for `node --input-type=module`. */
export const codeOf = (law: ScalingLawId, flops: number): string =>
  [
    `import { computeOptimal } from './src/estimator/index.ts';`,
    '',
    `const answer = computeOptimal('${law}', ${flops});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');
