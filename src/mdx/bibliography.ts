import { get, type Reference } from '#catalog/bibliography.ts';

/** The source called `key`. Throws when there is none, naming who asked, so that the build fails with an address. */
export function sourceText(key: string, user: string): Reference {
  const reference = get(key);
  if (!reference)
    throw new Error(`${user} cites "${key}", which content/bibliography/references.json does not have.`);
  return reference;
}
