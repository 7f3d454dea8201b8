/** One source as prose needs it. */
export interface SourceText {
  readonly key: string;
  /** `Korthikanti 2022`, as it stands between brackets in running text. */
  readonly label: string;
  /** The formatted reference (APA), HTML. */
  readonly html: string;
  readonly url: string | null;
}

interface Bibliography {
  readonly get: (key: string) => { label: string; html: string; url?: string | null | undefined } | undefined;
}

const modules = import.meta.glob<Bibliography>('/src/catalog/bibliography.ts', { eager: true });
const bibliography = Object.values(modules)[0];

/** The source called `key`; throws when there is none, which fails the build. */
export function sourceText(key: string, user: string): SourceText {
  if (!bibliography) return { key, label: key, html: key, url: null };
  const record = bibliography.get(key);
  if (!record) throw new Error(`${user} cites "${key}", which content/bibliography/references.json does not have.`);
  return { key, label: record.label, html: record.html, url: record.url ?? null };
}
