import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { describe, expect, it } from 'vitest';
import { cite, isoDay, longDay, type Citable } from '../../../src/format/citation.ts';

const page: Citable = {
  title: 'Training time',
  url: 'https://example.org/training-time/?n=2048',
  date: new Date('2026-11-23'),
  version: '0.1.0',
  slug: 'training-time',
  authors: 'The Half of Peak authors',
  book: 'Half of Peak',
  chapter: 7,
};

describe('cite', () => {
  it('writes BibTeX that a reference manager reads back unchanged', () => {
    const read = new Cite(cite(page).bibtex).format('bibtex');
    for (const value of [page.title, page.url, page.book, page.authors, '2026'])
      expect(read).toContain(value);
  });

  it('escapes what TeX would take as a command', () => {
    const { bibtex } = cite({ ...page, title: 'What 50% means & why' });
    expect(bibtex).toContain('title     = {{What 50\\% means \\& why}}');
  });

  it('names authors, day, title, chapter, version and address in APA style', () => {
    expect(cite(page).apa).toBe(
      'The Half of Peak authors. (2026, November 23). Training time. In Half of Peak (version 0.1.0, chapter 7). https://example.org/training-time/?n=2048',
    );
  });

  it('says when the page was read only where that is known', () => {
    expect(cite(page).plain).not.toContain('read on');
    const read = cite({ ...page, accessed: new Date('2027-01-05T23:30:00Z') });
    expect(read.plain).toContain('read on 5 January 2027');
    expect(read.apa).toContain('Retrieved 5 January 2027, from https://');
    expect(read.bibtex).toContain('urldate   = {2027-01-05}');
  });

  it('leaves the chapter out for a page that has none', () => {
    const { chapter: _, ...plain } = page;
    expect(Object.values(cite(plain)).join('\n')).not.toMatch(/chapter/);
  });
});

describe('days', () => {
  it('are the same in every time zone', () => {
    const midnight = new Date('2026-11-23T00:00:00Z');
    expect([isoDay(midnight), longDay(midnight)]).toEqual(['2026-11-23', '23 November 2026']);
  });
});
