import type { Model, RuleOptions } from '#estimator';

/** The call that holds the rules against the exact count, ready for `node --input-type=module`. */
export const codeOf = (shape: Model, options: RuleOptions): string =>
  [
    `import { ruleErrors } from './src/estimator/index.ts';`,
    '',
    `const model = ${JSON.stringify(shape)};`,
    `const rows = ruleErrors(model, ${JSON.stringify(options)});`,
    `console.log(Object.fromEntries(rows.map(({ rule, error }) => [rule.id, error])));`,
  ].join('\n');
