import { scanMdx, type ScannedTag } from './scan.ts';

/** What a `<Ref to="kind:id">` can point at. */
export type TargetKind = 'eq' | 'fig' | 'calc' | 'ex' | 'bug' | 'derivation' | 'predict' | 'sec';

export interface Target {
  readonly kind: TargetKind;
  readonly id: string;
  /** The element's id on its page, without "#". */
  readonly htmlId: string;
  /** `7.1`; null for sections, derivations and predictions, which carry no number. */
  readonly number: string | null;
  /** How prose refers to it: `Eq. 7.1`, `Fig. 7.2`, `Calc 7.1`, or a section's title. */
  readonly label: string;
  readonly title: string | null;
}

export interface Citation {
  readonly key: string;
  /** Counted per source on the page, from 1. */
  readonly n: number;
  readonly where: string | null;
}

export interface PageIndex {
  /** Keyed by `kind:id`. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly citations: readonly Citation[];
  /** Glossary ids in order of first use. */
  readonly terms: readonly string[];
  /** Keys of the prose numbers in order of first use. */
  readonly numbers: readonly string[];
}

interface Numbered {
  readonly kind: TargetKind;
  readonly word: string | null;
}

const NUMBERED: Readonly<Record<string, Numbered>> = {
  Eq: { kind: 'eq', word: 'Eq.' },
  Figure: { kind: 'fig', word: 'Fig.' },
  Exercise: { kind: 'ex', word: 'Exercise' },
  SpotTheBug: { kind: 'bug', word: 'Bug' },
  Derivation: { kind: 'derivation', word: null },
  Predict: { kind: 'predict', word: null },
};

/**
 * Numbers a page by order in its source: equations, figures, cells and exercises each count from 1 within the
 * chapter. Throws on a missing or repeated id, because ids are promises.
 *
 * @param chapter the chapter's number, or null for a page outside the count (the cover): numbers are then bare
 * @param cells cell component name -> cell id
 */
export function indexPage(
  body: string,
  chapter: number | null,
  cells: Readonly<Record<string, string>>,
): PageIndex {
  const targets = new Map<string, Target>();
  const counts = new Map<TargetKind, number>();
  const cited = new Map<string, number>();
  const citations: Citation[] = [];
  const terms = new Set<string>();
  const numbers = new Set<string>();

  const add = (
    kind: TargetKind,
    id: string,
    word: string | null,
    title: string | null,
    line: number,
  ): void => {
    const key = `${kind}:${id}`;
    if (targets.has(key)) throw new Error(`Line ${line}: "${key}" is already taken on this page.`);
    const htmlId = kind === 'sec' ? id : `${kind}-${id}`;
    let number: string | null = null;
    if (word) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      number = chapter === null ? String(count) : `${chapter}.${count}`;
    }
    const label = word && number ? `${word}\u00a0${number}` : (title ?? id);
    targets.set(key, { kind, id, htmlId, number, label, title });
  };

  for (const item of scanMdx(body)) {
    if (item.type === 'heading') {
      if (item.id) add('sec', item.id, null, item.title, item.line);
      continue;
    }
    const numbered = NUMBERED[item.name];
    if (numbered) {
      add(numbered.kind, plainId(item), numbered.word, item.attributes.title ?? null, item.line);
      continue;
    }
    const cell = cells[item.name];
    if (cell) add('calc', cell, 'Calc', null, item.line);
    else if (item.name === 'Cite' || item.name === 'Given') {
      const key = item.attributes[item.name === 'Cite' ? 'id' : 'cite'] ?? '';
      const n = (cited.get(key) ?? 0) + 1;
      cited.set(key, n);
      citations.push({ key, n, where: item.attributes.where ?? null });
    } else if (item.name === 'Term') terms.add(item.attributes.id ?? '');
    else if (item.name === 'Num') numbers.add(item.attributes.of ?? '');
  }
  return { targets, citations, terms: [...terms], numbers: [...numbers] };
}

function plainId(tag: ScannedTag): string {
  const id = tag.attributes.id ?? '';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
    throw new Error(
      `Line ${tag.line}: <${tag.name}> needs an id of small letters, digits and dashes, written id="...".`,
    );
  }
  return id;
}

/** A target found from a `to`: on the same page `eq:quotient`, in another chapter `training-time/eq:quotient`. */
export interface Resolved {
  /** The other chapter's slug, or null on the same page. */
  readonly chapter: string | null;
  readonly target: Target;
}

/** Throws a sentence that lists what there is, so that a typing error is found in one look. */
export function resolveRef(to: string, page: string, indexes: ReadonlyMap<string, PageIndex>): Resolved {
  const slash = to.lastIndexOf('/');
  const slug = slash < 0 ? page : to.slice(0, slash);
  const key = to.slice(slash + 1);
  const index = indexes.get(slug);
  if (!index) throw new Error(`<Ref to="${to}"> on ${page}: there is no chapter "${slug}".`);
  const target = index.targets.get(key);
  if (!target) {
    const known = [...index.targets.keys()].join(', ') || 'none';
    throw new Error(`<Ref to="${to}"> on ${page}: no "${key}" in "${slug}". There are: ${known}.`);
  }
  return { chapter: slug === page ? null : slug, target };
}
