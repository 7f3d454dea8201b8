import { getCollection } from 'astro:content';

/** One line of the navigation. `path` is root-relative, without the site's base. */
export interface NavEntry {
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  /** Chapter number; absent on reference pages. */
  readonly number?: number;
  /** Reading time in minutes; absent on reference pages. */
  readonly minutes?: number;
}

/** A heading of the navigation with the entries below it, in reading order. */
export interface NavGroup {
  readonly title: string;
  readonly entries: readonly NavEntry[];
}

/** The order of the book's parts. A chapter names one of them in its frontmatter. */
const PARTS = ['Estimate', 'The machine', 'The formula', 'The run and after'] as const;

/** Pages that are not chapters, listed where their route exists. */
const PAGES: readonly { group: string; path: string; title: string; description: string }[] = [
  {
    group: 'Workbench',
    path: '/cells/',
    title: 'Calculators',
    description: 'Every live calculator of the notebook, each on a page of its own.',
  },
  {
    group: 'Workbench',
    path: '/planner/',
    title: 'Planner',
    description: 'The whole scenario: the best plans and why the others lost.',
  },
  {
    group: 'Workbench',
    path: '/validation/',
    title: 'How wrong are we?',
    description: 'Every published run, predicted against measured.',
  },
  {
    group: 'Reference',
    path: '/reference/hardware/',
    title: 'Hardware',
    description: 'Every GPU of the catalog: dense peaks, memory, links, each number with its source.',
  },
  {
    group: 'Reference',
    path: '/reference/models/',
    title: 'Models',
    description: 'Every model of the catalog: its shape and its exact parameter count.',
  },
  {
    group: 'Reference',
    path: '/reference/formats/',
    title: 'Formats',
    description: 'Number formats from FP64 to FP4 and blocks: layout, range, precision, dense peaks.',
  },
  {
    group: 'Reference',
    path: '/reference/memory/',
    title: 'Memory formulas',
    description: 'What fills a GPU in training, formula by formula, with symbols, units and sources.',
  },
  {
    group: 'Reference',
    path: '/reference/fabrics/',
    title: 'Fabrics',
    description:
      'InfiniBand, switches, servers and the published SuperPOD tables, each number with its source.',
  },
  {
    group: 'Reference',
    path: '/reference/glossary/',
    title: 'Glossary',
    description: 'The words of the notebook, one sentence each.',
  },
  {
    group: 'Reference',
    path: '/reference/bibliography/',
    title: 'Bibliography',
    description: 'Every source, and where it is cited.',
  },
  {
    group: 'Reference',
    path: '/reference/how-to-cite/',
    title: 'How to cite',
    description: 'The notebook, a page, or a calculation, as BibTeX, APA or plain text.',
  },
];

// Keys only: nothing is imported. A page is in the navigation exactly when its file is in the tree.
const routes = new Set(
  Object.keys(import.meta.glob('/src/pages/**/*.astro')).map((file) =>
    file.replace('/src/pages', '').replace(/(?:\/index)?\.astro$/, '/'),
  ),
);

/** The chapters in the order of their numbers. Drafts of a chapter do not exist: a file is a chapter. */
export async function chapters(): Promise<NavEntry[]> {
  return (await chapterEntries()).map(({ entry }) => entry);
}

async function chapterEntries(): Promise<{ group: string; entry: NavEntry }[]> {
  const all = await getCollection('chapters', ({ data }) => data.number > 0);
  return all
    .sort((a, b) => a.data.number - b.data.number)
    .map(({ id, data }) => ({
      group: data.group,
      entry: {
        path: `/${id}/`,
        title: data.title,
        description: data.description,
        number: data.number,
        minutes: data.minutes,
      },
    }));
}

/** The whole navigation: the book's parts, then the workbench and the reference pages that exist. */
export async function navigation(): Promise<NavGroup[]> {
  const listed = [
    ...(await chapterEntries()),
    ...PAGES.filter(({ path }) => routes.has(path)).map(({ group, ...entry }) => ({ group, entry })),
  ];
  const titles = [...new Set([...PARTS, ...listed.map(({ group }) => group)])];
  return titles
    .map((title) => ({
      title,
      entries: listed.filter(({ group }) => group === title).map(({ entry }) => entry),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** The chapters before and after `path` in reading order. */
export async function neighbours(path: string): Promise<{ previous?: NavEntry; next?: NavEntry }> {
  const list = await chapters();
  const at = list.findIndex((entry) => entry.path === path);
  if (at < 0) return {};
  const previous = list[at - 1];
  const next = list[at + 1];
  return { ...(previous && { previous }), ...(next && { next }) };
}

/** Name of a page's Open Graph picture: `/reference/hardware/` is `reference-hardware`, `/` is `index`. */
export function cardName(path: string): string {
  return path.replace(/^\/|\/$/g, '').replaceAll('/', '-') || 'index';
}

/** The picture of a page, which only listed pages have of their own. */
export async function cardOf(path: string): Promise<string> {
  const listed = (await navigation()).some(({ entries }) => entries.some((entry) => entry.path === path));
  return listed ? cardName(path) : cardName('/');
}
