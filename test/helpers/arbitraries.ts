import fc from 'fast-check';
import { gpus, models } from '#catalog';
import {
  effectiveValues,
  encodePatch,
  encodeShape,
  fieldKeys,
  fields,
  checkField,
  type FieldKey,
  type Patch,
} from '#scenario';

export { SEED } from './seed.ts';

/** Values of a number field over its whole legal range, its limits and its slider's among them. */
function legalNumber(key: FieldKey): fc.Arbitrary<number> {
  const field = fields[key];
  if (field.kind !== 'number') throw new Error(`${key} holds no number.`);
  const { min, max, slider, scale, integer } = field;
  const at = (share: number): number =>
    scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  const legal = (value: number): number => Math.min(max, Math.max(min, integer ? Math.round(value) : value));
  return fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => legal(at(share))) },
    { weight: 1, arbitrary: fc.constantFrom(min, max, ...slider).map(legal) },
  );
}

/** Every choice that a field could offer in some state of the others. */
function anyChoice(key: FieldKey): fc.Arbitrary<string> {
  const candidates = [
    ...gpus.map((g) => g.id),
    ...models.map((m) => m.id),
    ...fieldKeys.flatMap((other) => {
      const field = fields[other];
      if (field.kind !== 'choice') return [];
      return field.options(effectiveValues('talk', {})).flatMap((g) => g.options.map((o) => o.value));
    }),
    ...[
      'custom',
      'fp64',
      'fp32',
      'tf32',
      'fp16',
      'bf16',
      'fp8',
      'fp6',
      'fp4',
      'sparse',
      'exact-causal',
      'nominal',
      'without-embeddings',
      'mixed-16',
      'mixed-20',
      'own',
      '8nd',
      'counted',
      'GiB',
    ],
  ];
  const legal = [...new Set(candidates)].filter((value) => checkField(key, value) === null);
  return fc.constantFrom(...legal);
}

const shapes = fc.constantFrom(...models.map((m) => encodeShape(m.shape)));

/** Shapes that may or may not make sense: a catalogued one with some of its numbers replaced. */
const anyShape = fc
  .tuple(
    shapes,
    fc.array(fc.tuple(fc.nat(40), fc.constantFrom(0, 1, 2, 7, 64, 4096, 999_999)), { maxLength: 3 }),
  )
  .map(([shape, swaps]) => {
    const parts = shape.split('.');
    for (const [i, number] of swaps)
      parts[i % parts.length] = (parts[i % parts.length] ?? '').replace(/\d+$/, String(number));
    return parts.join('.');
  });

function legalValue(key: FieldKey): fc.Arbitrary<string | number> {
  const field = fields[key];
  if (field.kind === 'number') return legalNumber(key);
  if (key === 'shape') return anyShape.filter((text) => checkField('shape', text) === null);
  return field.kind === 'choice' ? anyChoice(key) : fc.constant('');
}

/** Of every field, made once: what a field may hold does not depend on the patch. */
const legalValues = new Map(fieldKeys.map((key) => [key, legalValue(key)]));

/** Patches whose every value is legal by itself; together they may not be. Most change a few fields, as readers do. */
export const patches: fc.Arbitrary<Patch> = fc
  .subarray([...fieldKeys].filter((key) => key !== 'log'))
  .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, legalValues.get(key)!]))))
  .map((patch) => patch as Patch);

const JUNK = [
  'NaN', 'Infinity', '-Infinity', '1e999', '-1', '0', '', ' ', 'undefined', 'null', '[object Object]', '__proto__',
  'constructor', '1,024', '0x10', '٣', '1e-400', '<script>alert(1)</script>', '%', '%00', '\u0000', '💥', 'a'.repeat(5000),
]; // prettier-ignore

const junkPair = fc.tuple(
  fc.oneof(
    fc.constantFrom(...fieldKeys.map((key) => fields[key].url), 'v', 'toString', '__proto__', ''),
    fc.string({ maxLength: 5 }),
  ),
  fc.oneof(fc.constantFrom(...JUNK), fc.string()),
);

/** Queries as they come from outside: a good link, with or without wrong, doubled, unknown and hostile parts. */
export const queries: fc.Arbitrary<string> = fc
  .tuple(
    patches,
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(junkPair, { maxLength: 4 }) },
    ),
  )
  .map(([patch, junk]) => {
    const params = new URLSearchParams(encodePatch(patch));
    for (const [key, value] of junk) params.append(key, value);
    return `?${params}`;
  });
