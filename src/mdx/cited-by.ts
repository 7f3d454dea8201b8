import { getCollection } from 'astro:content';
import { chapterIndexes } from './chapter.ts';

/** A chapter in which a source or a term occurs. */
export interface Occurrence {
  readonly slug: string;
  readonly title: string;
  /** Where in the chapter the first one is. */
  readonly anchor: string;
  readonly count: number;
}

/** Chapters that cite each source, by key, in the order of their numbers. */
export async function citedBy(): Promise<Map<string, Occurrence[]>> {
  const titles = new Map((await getCollection('chapters')).map(({ id, data }) => [id, data.title]));
  const found = new Map<string, Occurrence[]>();
  for (const [slug, { citations }] of await chapterIndexes()) {
    const counts = new Map<string, number>();
    for (const { key } of citations) counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const [key, count] of counts) {
      const occurrence = { slug, title: titles.get(slug) ?? slug, anchor: `cite-${key}-1`, count };
      found.set(key, [...(found.get(key) ?? []), occurrence]);
    }
  }
  return found;
}
