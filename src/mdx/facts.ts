import { formatQuantity, type Quantity } from '#format';
import type { Scenario } from '#scenario';

/** A number that prose states, as a function of the page's scenario. */
export type Fact = (scenario: Scenario) => Quantity;

const modules = import.meta.glob<{ facts?: Readonly<Record<string, Fact>> }>('/content/*/*/facts.ts', {
  eager: true,
});

const bySlug = new Map<string, Readonly<Record<string, Fact>>>(
  Object.entries(modules).map(([file, module]) => [file.split('/').at(-2) ?? '', module.facts ?? {}]),
);

/** Every fact of a page, or none. */
export function factsOf(slug: string): Readonly<Record<string, Fact>> {
  return bySlug.get(slug) ?? {};
}

export interface StatedNumber {
  readonly quantity: Quantity;
  readonly text: string;
}

/**
 * The number called `key` on page `slug`, computed with the page's own scenario. Throws on an unknown key and
 * on anything that is not a finite number, so that a page never says "NaN days".
 */
export function stateNumber(slug: string, key: string, scenario: Scenario, digits?: number): StatedNumber {
  const facts = factsOf(slug);
  const fact = Object.hasOwn(facts, key) ? facts[key] : undefined;
  if (!fact) {
    const known = Object.keys(facts).join(', ') || 'none';
    throw new Error(`<Num of="${key}">: facts.ts of "${slug}" has no such number. There are: ${known}.`);
  }
  const computed = fact(scenario);
  if (!computed || !Number.isFinite(computed.value)) {
    throw new Error(`<Num of="${key}"> on "${slug}" is ${String(computed?.value)}, not a finite number.`);
  }
  const quantity = digits === undefined ? computed : { ...computed, digits };
  return { quantity, text: formatQuantity(quantity) };
}
