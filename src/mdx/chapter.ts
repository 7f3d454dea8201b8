import { getCollection, type CollectionEntry } from 'astro:content';
import { indexPage, type PageIndex } from '#markdown/numbering.ts';
import { resolvePreset, type Scenario } from '#scenario';
import { cellIds } from './cells.ts';

/** What every component of the vocabulary knows about the page it stands on (`Astro.locals.chapter`). */
export interface PageContext {
  readonly slug: string;
  /** Null on a page outside the count: its equations are numbered without a prefix. */
  readonly number: number | null;
  readonly title: string;
  readonly preset: string;
  readonly scenario: Scenario;
  readonly index: PageIndex;
  /** Indexes of all chapters, for references across pages. */
  readonly indexes: ReadonlyMap<string, PageIndex>;
}

function indexEntry(entry: CollectionEntry<'chapters'>): PageIndex {
  try {
    return indexPage(entry.body ?? '', entry.data.number || null, cellIds);
  } catch (error) {
    throw new Error(
      `content/chapters/${entry.id}/index.mdx: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Indexes of every chapter by slug, in the order of their numbers. */
export async function chapterIndexes(): Promise<Map<string, PageIndex>> {
  const entries = await getCollection('chapters');
  return new Map(
    entries.sort((a, b) => a.data.number - b.data.number).map((entry) => [entry.id, indexEntry(entry)]),
  );
}

/** The context of one chapter. The route puts it in `Astro.locals.chapter` before it renders the text. */
export async function pageContext(entry: CollectionEntry<'chapters'>): Promise<PageContext> {
  const indexes = await chapterIndexes();
  return {
    slug: entry.id,
    number: entry.data.number || null,
    title: entry.data.title,
    preset: entry.data.preset,
    scenario: resolvePreset(entry.data.preset),
    index: indexes.get(entry.id) ?? indexEntry(entry),
    indexes,
  };
}

/** The page's context, or an error that says which component stands where none is set. */
export function contextOf(locals: App.Locals, component: string): PageContext {
  if (!locals.chapter) throw new Error(`<${component}> works only in a page that sets Astro.locals.chapter.`);
  return locals.chapter;
}
