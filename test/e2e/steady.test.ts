import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withPage } from './browser.ts';
import { cell, pagesWithCells, wakeAll } from './cell.ts';

/**
 * Drags the number of GPUs, or else the size of the message or of the fabric: these always have an answer up there; or
 * else the first slider of the cell. A cell of choices alone has nothing to drag. Names what of the page does not keep
 * its place.
 */
function movedByDrag(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const cell = document.querySelector(`[data-cell="${name}"]`);
    for (const fold of cell?.querySelectorAll<HTMLDetailsElement>('.cell-more') ?? []) fold.open = true;
    const slider =
      cell
        ?.querySelector('[data-field="gpus"], [data-field="vBytes"], [data-field="fabricNodes"]')
        ?.closest('.field')
        ?.querySelector<HTMLInputElement>('input[type="range"]') ??
      cell?.querySelector<HTMLInputElement>('input[type="range"]');
    if (!cell) throw new Error(`There is no cell ${name}.`);
    if (!slider) return [];
    slider.scrollIntoView({ block: 'center' });
    const landmarks = document.querySelectorAll(
      '.field, .cell-out, .cell-picture, .cell-panels, .cell-actions, h2, h3, .prose > p, footer',
    );
    const places = (): string[] =>
      [...landmarks].map((element) => {
        const { left, top } = element.getBoundingClientRect();
        return `${Math.round(left)}, ${Math.round(top + scrollY)}`;
      });
    const before = places();
    const moved = new Set<string>();
    // Past React's own setter on the element, as a real drag is.
    const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    for (let at = 0; at <= 240; at += 5) {
      native?.set?.call(slider, String(at));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(done));
      places().forEach((place, i) => {
        const { nodeName, className, textContent } = landmarks[i] as HTMLElement;
        if (place !== before[i])
          moved.add(
            `${nodeName}.${className} “${textContent.slice(0, 30)}” ${before[i]} to ${place} at ${at}`,
          );
      });
    }
    return [...moved].slice(0, 20);
  }, id);
}

/** Types what no field can read into every one of a cell. Names what of the page does not keep its place. */
async function movedByNonsense(page: Page, id: string): Promise<string[]> {
  const places = (): Promise<string[]> =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.field, .cell-out, .cell-picture, .cell-panels, .cell-actions, .prose > p',
        ),
      ].map((element) => {
        const { left, top } = element.getBoundingClientRect();
        return `${element.className || element.nodeName} ${Math.round(left)}, ${Math.round(top + scrollY)}`;
      }),
    );
  const inputs = cell(page, id).locator('form > .field input[type="text"]:not([readonly])');
  // On a busy machine the letters of a formula may still be on their way.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const before = await places();
  const moved = new Set<string>();
  for (let i = 0; i < (await inputs.count()); i++) {
    await inputs.nth(i).fill('12 monkeys');
    await expect.poll(() => inputs.nth(i).getAttribute('aria-invalid')).toBe('true');
    (await places()).forEach((place, at) => place === before[at] || moved.add(`${before[at]} to ${place}`));
  }
  return [...moved].slice(0, 20);
}

describe.each(pagesWithCells)('$path', ({ path, cells }) => {
  test.each(['desktop', 'phone'] as const)(
    'the page keeps its place while a slider is dragged to its ends, on a %s',
    async (screen) => {
      await withPage(path, { screen }, async (page) => {
        await wakeAll(page, cells);
        for (const id of cells) expect.soft(await movedByDrag(page, id), id).toEqual([]);
      });
    },
  );

  test.each(['desktop', 'phone'] as const)(
    'the page keeps its place when a field cannot be read, on a %s',
    async (screen) => {
      await withPage(path, { screen }, async (page) => {
        await wakeAll(page, cells);
        for (const id of cells) expect(await movedByNonsense(page, id), id).toEqual([]);
      });
    },
  );
});
