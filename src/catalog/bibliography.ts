/**
 * The bibliography, for build time only: content/bibliography/references.json (CSL-JSON) as labels, formatted
 * references and BibTeX. Nothing here belongs in a browser's bundle.
 */
import { Cite, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import records from '../../content/bibliography/references.json' with { type: 'json' };

interface Name {
  readonly family?: string;
  readonly given?: string;
  readonly literal?: string;
}

/** A CSL-JSON record as references.json holds it. */
export interface CslRecord {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** The label, where "Author year" would not tell it from others. */
  readonly 'title-short'?: string;
  readonly author?: readonly Name[];
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly URL?: string;
  readonly DOI?: string;
  readonly archive?: string;
  /** The arXiv identifier, when `archive` is arXiv. */
  readonly archive_location?: string;
  /** How it was read, when not from the publisher. */
  readonly note?: string;
  /** `moreAuthors`: only the first of many authors are listed. */
  readonly custom?: { readonly moreAuthors?: boolean };
}

/** One source, ready for a page. */
export interface Reference {
  readonly key: string;
  /** `Korthikanti 2022`, as it stands in running text. */
  readonly label: string;
  /** The formatted reference (APA) with its link and the note on how it was read, HTML. */
  readonly html: string;
  /** The same as plain text. */
  readonly text: string;
  readonly bibtex: string;
  readonly url: string | null;
  readonly csl: CslRecord;
}

const csl = new Map((records as readonly CslRecord[]).map((record) => [record.id, record]));
const made = new Map<string, Reference>();

// Titles in Chinese and names with accents stay as they are: every BibTeX of today reads UTF-8.
plugins.config.get('@bibtex').format.asciiOnly = false;

/** The reference called `key`, or undefined when references.json has none. */
export function get(key: string): Reference | undefined {
  const known = made.get(key);
  if (known) return known;
  const record = csl.get(key);
  if (!record) return undefined;
  // Formatting takes milliseconds, and most callers want a label only.
  const reference: Reference = {
    key,
    label: label(record),
    url: record.DOI ? `https://doi.org/${record.DOI}` : (record.URL ?? null),
    csl: record,
    get html() {
      return html(record);
    },
    get text() {
      return text(record);
    },
    get bibtex() {
      return bibtex(record);
    },
  };
  made.set(key, reference);
  return reference;
}

/** The reference called `key`; throws when there is none, which fails the build. */
export function citation(key: string): Reference {
  const reference = get(key);
  if (!reference) throw new Error(`content/bibliography/references.json has no "${key}"`);
  return reference;
}

/** Every key, in alphabetical order. */
export const keys = (): readonly string[] => [...csl.keys()].sort();

/** Every reference, by author, then year. */
export const all = (): readonly Reference[] =>
  keys()
    .map((key) => ({ reference: citation(key), text: citation(key).text }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en'))
    .map(({ reference }) => reference);

function label(record: CslRecord): string {
  if (record['title-short']) return record['title-short'];
  const first = record.author?.[0];
  const year = record.issued?.['date-parts'][0]?.[0];
  return [first?.family ?? first?.literal ?? record.title, year]
    .filter((part) => part !== undefined)
    .join(' ');
}

const ET_AL = 'et al.';

/** What the style is given: no archive when a link says it, and "et al." for the authors left out. */
function forStyle(record: CslRecord): Record<string, unknown> {
  const { archive: _archive, archive_location: _location, custom, ...rest } = record;
  if (!custom?.moreAuthors) return rest;
  return { ...rest, author: [...(record.author ?? []), { literal: ET_AL }] };
}

function style(record: CslRecord, format: 'html' | 'text'): string {
  return new Cite([forStyle(record)])
    .format('bibliography', { format, template: 'apa', lang: 'en-US' })
    .replace(/^\s*<div[^>]*>\s*<div[^>]*>/, '')
    .replace(/<\/div>\s*<\/div>\s*$/, '')
    .trim()
    .replace(/(?:&#38;|&) et al\.\.?/, ET_AL)
    .replace(/Retrieved (?=https?:)/, '');
}

function html(record: CslRecord): string {
  const linked = style(record, 'html').replace(/(https?:\/\/[^\s<]+)$/, '<a href="$1">$1</a>');
  return record.note ? `${linked} <span class="read-as">${escape(record.note)}</span>` : linked;
}

const text = (record: CslRecord): string => [style(record, 'text'), record.note].filter(Boolean).join(' ');

function bibtex(record: CslRecord): string {
  const { custom, ...rest } = record;
  const author = [...(record.author ?? []), ...(custom?.moreAuthors ? [{ literal: 'others' }] : [])];
  const eprint = record.archive_location
    ? `\teprint = {${record.archive_location}},\n\tarchiveprefix = {arXiv},\n`
    : '';
  return new Cite([{ ...rest, author }])
    .format('bibtex')
    .trim()
    .replace(/^(@\w+\{)[^,]*/, `$1${record.id}`)
    .replace(/\thowpublished = .*\n/, '')
    .replace('and {others}', 'and others')
    .replace(/\}$/, `${eprint}}`);
}

const escape = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
