/**
 * Bytes over the wire, compressed as served, of a first visit to one page (design.md, section 7).
 * Raising one is a line here, with the reason, in the commit that needs it.
 */
export const BUDGET = {
  html: 40_000,
  css: 16_000,
  fonts: 100_000,
  /** Script before any sign of a reader, on a page with live cells and on one without. */
  scriptWithCells: 95_000,
  scriptWithout: 5_000,
  /** The page for a missing address searches at once, so Pagefind's 10 kB of script belong to its first visit. */
  scriptWithSearch: 17_000,
  total: 200 * 1024,
  /** The same page again: Pagefind's WebAssembly and its index are 75 kB. */
  totalWithSearch: 220 * 1024,
  /**
   * Script once a reader has scrolled past every cell: React is 68.6 kB of it, the rest is ours. Raised from 120 when
   * the cells became twenty-one: the fields of all of them and the estimator are in every page, and five cells in one.
   */
  scriptAwake: 145_000,
} as const;

/** Milliseconds from a slider's move to the painted result, at the 95th percentile. */
export const LATENCY = { plain: 16, throttled: 50, throttling: 4 } as const;
