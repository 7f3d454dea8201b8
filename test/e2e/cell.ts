import { text as readAll } from 'node:stream/consumers';
import type { Download, Locator, Page } from 'playwright-core';
import { widgets } from '../../src/widgets/registry.ts';
import { loadPages } from '../helpers/dist.ts';
import { hydrated } from './browser.ts';

export const specs = Object.values(widgets);

/** Pages that hold live cells, with the ids of their cells in the order of the page. */
export const pagesWithCells = loadPages().flatMap(({ path, document }) => {
  const cells = [...document.querySelectorAll('[data-cell]')].map(
    (cell) => cell.getAttribute('data-cell') ?? '',
  );
  return cells.length > 0 ? [{ path, cells }] : [];
});

export const cell = (page: Page, id: string): Locator => page.locator(`[data-cell="${id}"]`);

export const field = (page: Page, id: string, key: string): Locator =>
  cell(page, id).locator(`:is(input[type="text"], select, textarea)[data-field="${key}"]`);

/** The result's sentence, without what is said about it. */
export const sentence = (page: Page, id: string): Promise<string> =>
  cell(page, id).locator('.cell-sentence > p:not([class])').innerText();

/** Scrolls a cell into view and waits until it is alive. */
export async function wake(page: Page, id: string): Promise<void> {
  await cell(page, id).scrollIntoViewIfNeeded();
  await page.evaluate(() => dispatchEvent(new Event('scroll')));
  await page.waitForFunction(
    (name) =>
      document.querySelector(`[data-cell="${name}"]`)?.closest('astro-island')?.hasAttribute('ssr') === false,
    id,
  );
}

/** Wakes every cell of the page. */
export async function wakeAll(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids) await wake(page, id);
  await hydrated(page);
}

/** Opens the fold that hides a field, if one does. */
async function reveal(input: Locator): Promise<void> {
  const fold = input.locator('xpath=ancestor::details[not(@open)]');
  if ((await fold.count()) > 0) await fold.locator('> summary').click();
}

/** Types a value with the keyboard alone, as a reader does: focus, select all, type, leave. */
export async function typeInto(page: Page, id: string, key: string, text: string): Promise<void> {
  await reveal(field(page, id, key));
  await field(page, id, key).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

/** The address once the cells have written the reader's changes into it. */
export async function settledUrl(page: Page): Promise<string> {
  await page.waitForTimeout(350);
  return page.url();
}

export async function readDownload(download: Download): Promise<string> {
  return readAll(await download.createReadStream());
}
