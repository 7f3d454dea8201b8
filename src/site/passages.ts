/*
 * A browser paints anew only the stacking contexts in which something changed, so each passage of prose and each cell
 * is one: a slider's move then costs its own cell and not the whole chapter.
 */

const CELL = /(<astro-island\b.*?<\/astro-island>)/s;

export const isCell = (html: string): boolean => html.startsWith('<astro-island');

/** An article's HTML as passages of prose and the live cells between them, in order; none is empty. */
export const passagesOf = (html: string): string[] =>
  html.split(CELL).filter((passage) => passage.trim() !== '');
