import type { FloatFields } from '#estimator';
import type { Values } from '#scenario';
import type { Stored } from './stored.ts';

const DOOR = './src/estimator/index.ts';

/** The call that gives the cell's answer, and the number that stands for what it prints. */
export function codeFor(
  stored: Stored,
  fields: FloatFields,
  { labValue, labPeak, labTensor, labOverflow }: Values,
): { readonly code: string; readonly printed: number } {
  const { block, format, id } = stored;
  if (block) {
    const { size } = block.format;
    return {
      code: [
        `import { quantizeBlock } from '${DOOR}';`,
        '',
        `const format = ${JSON.stringify(block.format)};`,
        '// Your value, the largest of its block, and the others evenly between them by size.',
        `const ratio = ${Math.max(labValue, labPeak) / labValue};`,
        `const values = Array.from({ length: ${size} }, (_, i) => ${labValue} * ratio ** (i / ${size - 1}));`,
        `console.log(quantizeBlock(format, values, ${labTensor})); // yours is the first`,
      ].join('\n'),
      printed: stored.scale,
    };
  }
  const overflow = id.startsWith('fp8') ? labOverflow : 'special';
  return {
    code: [
      `import { encode } from '${DOOR}';`,
      '',
      `const format = ${JSON.stringify(format)};`,
      `console.log(encode(format, ${labValue}, '${overflow}')); // the fields as whole numbers`,
    ].join('\n'),
    printed: fields.exponent * 2 ** format.fractionBits + fields.fraction,
  };
}
