import { describe, expect, test } from 'vitest';
import { loadPages, pagePaths } from '../helpers/dist.ts';
import { WRONG_WORDS } from '../helpers/text.ts';
import { withPage, type OpenOptions } from './browser.ts';
import { pagesWithCells } from './cell.ts';

const NO_SCRIPT: OpenOptions = { context: { javaScriptEnabled: false } };

describe.each(pagePaths())('%s without JavaScript', (path) => {
  test('shows its text, and no control that does nothing', async () => {
    await withPage(path, NO_SCRIPT, async (page) => {
      const text = await page.locator('main').innerText();
      expect(text.length).toBeGreaterThan(80);
      expect(text).not.toMatch(WRONG_WORDS);
      const buttons = page.locator('button:not([popovertarget]), theme-toggle select, input[type="range"]');
      const dead: string[] = [];
      for (const control of await buttons.all()) {
        if (await control.isVisible())
          dead.push(await control.evaluate((element) => element.outerHTML.slice(0, 100)));
      }
      expect(dead).toEqual([]);
    });
  });
});

describe.each(pagesWithCells)('$path without JavaScript', ({ path, cells }) => {
  test('each cell states its result in words, picture, formula and table', async () => {
    await withPage(path, NO_SCRIPT, async (page) => {
      for (const id of cells) {
        const cell = page.locator(`[data-cell="${id}"]`);
        expect((await cell.locator('.cell-sentence').innerText()).length, id).toBeGreaterThan(30);
        expect(await cell.locator('.cell-picture svg').first().isVisible(), id).toBe(true);
        const formulas = cell.locator('.cell-equation:not([hidden])');
        for (const formula of await formulas.all()) expect(await formula.isVisible(), id).toBe(true);
        const table = cell.locator('details', { has: page.locator('table') }).first();
        await table.locator('summary').click();
        expect(await table.locator('tbody tr').first().isVisible(), id).toBe(true);
      }
    });
  });
});

const exercises = loadPages().filter(({ document }) => document.querySelector('details.answer'));

test.each(exercises)('answers of $path open without JavaScript', async ({ path }) => {
  await withPage(path, NO_SCRIPT, async (page) => {
    const answer = page.locator('details.answer').first();
    expect(await answer.locator('.answer-body').isVisible()).toBe(false);
    await answer.locator('summary').click();
    expect(await answer.locator('.answer-body').isVisible()).toBe(true);
  });
});
