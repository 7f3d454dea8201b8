/** Something of the notebook that can be cited: a page, a chapter, a cell with a reader's values. */
export interface Citable {
  readonly title: string;
  /** Absolute address, with the state of the calculation where there is one. */
  readonly url: string;
  /** Day of the last change. */
  readonly date: Date;
  /** Version of the notebook. */
  readonly version: string;
  /** Short name for the BibTeX key: `training-time`. */
  readonly slug: string;
  /** Who wrote it. */
  readonly authors: string;
  /** The work that contains it. */
  readonly book: string;
  /** Chapter number, where it has one. */
  readonly chapter?: number;
  /** Day the reader looked, where it is known (in the browser). */
  readonly accessed?: Date;
}

/** The same citation in the three forms that people paste. */
export interface Citation {
  readonly bibtex: string;
  readonly apa: string;
  readonly plain: string;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/**
 * Cites a page or a cell of the notebook as BibTeX, APA (7th edition, chapter of an online work) and plain text.
 * Pure: the caller gives the dates, so that server and browser agree. All dates are read as UTC.
 */
export function cite(item: Citable): Citation {
  return { bibtex: bibtex(item), apa: apa(item), plain: plain(item) };
}

function bibtex(item: Citable): string {
  const fields: [string, string][] = [
    ['author', `{${item.authors}}`],
    ['title', `{${escapeTex(item.title)}}`],
    ['booktitle', escapeTex(item.book)],
    ...(item.chapter === undefined ? [] : [['chapter', String(item.chapter)] as [string, string]]),
    ['year', String(item.date.getUTCFullYear())],
    ['month', MONTHS[item.date.getUTCMonth()]?.slice(0, 3).toLowerCase() ?? ''],
    ['version', item.version],
    ['url', item.url],
    ...(item.accessed ? [['urldate', isoDay(item.accessed)] as [string, string]] : []),
  ];
  const key = `halfofpeak-${item.slug}`;
  // `month` takes BibTeX's own abbreviation, which stands without braces.
  const lines = fields.map(
    ([name, value]) => `  ${name.padEnd(9)} = ${name === 'month' ? value : `{${value}}`}`,
  );
  return `@incollection{${key},\n${lines.join(',\n')}\n}`;
}

function apa(item: Citable): string {
  const date = `${item.date.getUTCFullYear()}, ${MONTHS[item.date.getUTCMonth()]} ${item.date.getUTCDate()}`;
  const chapter = item.chapter === undefined ? '' : `, chapter ${item.chapter}`;
  const retrieved = item.accessed ? `Retrieved ${longDay(item.accessed)}, from ` : '';
  return `${item.authors}. (${date}). ${item.title}. In ${item.book} (version ${item.version}${chapter}). ${retrieved}${item.url}`;
}

function plain(item: Citable): string {
  const chapter = item.chapter === undefined ? '' : `, chapter ${item.chapter}`;
  const accessed = item.accessed ? `, read on ${longDay(item.accessed)}` : '';
  return `${item.authors}, “${item.title}”, ${item.book}${chapter}, version ${item.version}, ${longDay(item.date)}${accessed}. ${item.url}`;
}

/** `2026-11-23`, in UTC. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `23 November 2026`, in UTC: the same on server and client whatever their zone. */
export function longDay(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function escapeTex(text: string): string {
  return text.replace(/[&%$#_{}]/g, (character) => `\\${character}`);
}
