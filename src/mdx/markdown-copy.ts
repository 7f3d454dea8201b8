import type { Scenario } from '#scenario';
import { stateNumber } from './facts.ts';

const NUM = /<Num\s+of="([^"]+)"(?:\s+digits=\{(\d+)\})?\s*\/>/g;

/**
 * The source of a chapter for readers without the page: every `<Num>` is the number that the page prints. The other
 * words stay as written. Throws on a number that facts.ts does not have, as the page does.
 */
export function withNumbers(source: string, slug: string, scenario: Scenario): string {
  return source.replace(
    NUM,
    (_, key: string, digits?: string) =>
      stateNumber(slug, key, scenario, digits === undefined ? undefined : Number(digits)).text,
  );
}
