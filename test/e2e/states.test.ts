import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queries, SEED } from '../helpers/arbitraries.ts';
import { WRONG_WORDS } from '../helpers/text.ts';
import { withPage } from './browser.ts';
import { pagesWithCells, wakeAll } from './cell.ts';

/** Random links opened in the browser, dealt over the pages that hold cells. */
const LINKS = 200;

const chapters = pagesWithCells.filter(({ path }) => !path.startsWith('/cells/'));
const alone = pagesWithCells.filter(({ path }) => path.startsWith('/cells/'));
// Half of them on chapters, where several cells share a state.
const deal = [...chapters, ...alone].map((page, i) => {
  const inGroup = i < chapters.length ? chapters.length : alone.length;
  return { ...page, count: Math.ceil(LINKS / 2 / inGroup), seed: SEED + i };
});

test('enough links are opened', () => {
  expect(deal.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(LINKS);
});

describe.each(deal)('$path', ({ path, cells, count, seed }) => {
  test(`opens ${count} random links without an error or a word that betrays one`, async () => {
    const links = fc.sample(queries, { numRuns: count, seed });
    // One context for all of them: a visit costs a fraction of a fresh browser, and the console is watched throughout.
    await withPage(path, {}, async (page, site) => {
      for (const link of links) {
        await page.goto(`${site}${path}${link}`);
        await wakeAll(page, cells);
        const wrong = await page.evaluate((words) => {
          const pattern = new RegExp(words);
          const texts = [
            document.querySelector('main')?.innerText ?? '',
            document.querySelector('.scenario-bar')?.textContent ?? '',
          ];
          const attributes = [...document.querySelectorAll('[data-cell] svg *')].flatMap((element) =>
            [...element.attributes].map(({ value }) => value),
          );
          // A notice may quote what the link said.
          return [...texts.flatMap((text) => text.split('\n')), ...attributes].filter((text) =>
            pattern.test(text.replace(/“[^”]*”/g, '')),
          );
        }, WRONG_WORDS.source);
        expect({ link, wrong }).toEqual({ link, wrong: [] });
        const sentences = await page.locator('.cell-sentence').allInnerTexts();
        expect(
          sentences.every((sentence) => sentence.length > 20),
          link,
        ).toBe(true);
      }
    });
  }, 240_000);
});
