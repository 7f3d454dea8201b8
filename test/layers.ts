const below = {
  widgets: ['estimator', 'format', 'catalog', 'scenario', 'charts', 'markdown', 'site'],
  all: [
    'estimator',
    'format',
    'catalog',
    'scenario',
    'charts',
    'markdown',
    'site',
    'validation',
    'widgets',
    'components',
    'mdx',
    'styles',
  ],
};

/** Which folder of src may import which. Lower layers never import upper ones. This table is the documentation. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  estimator: [],
  format: ['estimator'],
  catalog: ['estimator'],
  scenario: ['estimator', 'format', 'catalog'],
  // Published runs as scenarios, and how far predictions are from them: pure, for scripts and for the build.
  validation: ['estimator', 'catalog'],
  charts: ['estimator', 'format'],
  markdown: ['estimator', 'catalog'],
  styles: [],
  // What the site is called and where it is served; fonts are cut at build.
  site: [],
  fonts: [],
  widgets: below.widgets,
  // The scripts of package.json: the only code here that reads files outside the build.
  cli: ['estimator', 'format', 'catalog', 'validation'],
  // The vocabulary of prose: `mdx` lists it, `components` draws it.
  components: below.all,
  mdx: below.all,
  layouts: [...below.all, 'layouts'],
  pages: [...below.all, 'layouts'],
};

/** Layers with one door: from outside, only the alias itself may be imported. */
export const DOORS = ['estimator', 'charts'] as const;

/** Layers whose code reaches the reader's browser. */
export const CLIENT = ['estimator', 'format', 'catalog', 'scenario', 'charts', 'widgets'] as const;

/** What client code may never load, and why. */
export const BUILD_ONLY: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^node:/, why: 'a browser has no Node' },
  { pattern: /^astro(:|\/|$)/, why: 'Astro runs at build only' },
  { pattern: /^zod(\/v4)?$/, why: 'the full zod is 27 kB: data is checked at build' },
  { pattern: /^katex/, why: 'formulas are set at build' },
  { pattern: /^@citation-js\//, why: 'references are formatted at build' },
  {
    pattern: /^#catalog\/(sources|runs|bibliography|schema|measured)\.ts$/,
    why: 'sources stay out of the browser',
  },
];
