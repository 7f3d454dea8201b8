import { gpus } from '#catalog';
import type { FieldKey, Values } from '#scenario';

/** Fields that name a GPU of the catalogue. */
const CARDS = ['gpu', 'cardA', 'cardB', 'growFrom', 'growTo'] as const satisfies readonly FieldKey[];

/** What to say beside an answer that rests on figures which their maker calls preliminary. */
export function preliminaryCautions(asked: readonly FieldKey[], values: Values): readonly string[] {
  const chosen = new Set(CARDS.filter((key) => asked.includes(key)).map((key) => values[key]));
  return gpus
    .filter(({ id, preliminary }) => preliminary && chosen.has(id))
    .map(
      ({ short }) =>
        `The figures of ${short} are preliminary; the hardware page marks those that could not be confirmed.`,
    );
}
