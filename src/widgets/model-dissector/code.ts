import type { DissectOptions, Model } from '#estimator';

/** The call that takes the model apart, ready for `node --input-type=module`. */
export const codeOf = (shape: Model, options: DissectOptions): string =>
  [
    `import { modelTensors } from './src/estimator/index.ts';`,
    '',
    `const model = ${JSON.stringify(shape)};`,
    `const { groups, ...whole } = modelTensors(model, ${JSON.stringify(options)});`,
    `console.log(whole); // groups has every tensor`,
  ].join('\n');
