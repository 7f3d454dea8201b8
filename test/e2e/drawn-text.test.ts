import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pagePaths } from '../helpers/dist.ts';
import { scrollThrough, withPage } from './browser.ts';

/** Text of the page's drawings that is cut off, leaves the window, or stands on other text. */
function illegible(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const visible = (text: Element): boolean =>
      text.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      text.textContent.trim() !== '';
    for (const svg of document.querySelectorAll('main svg')) {
      const cut = getComputedStyle(svg).overflow !== 'visible';
      const scrolls = svg.closest('.scroller, [tabindex="0"]') !== null;
      const paper = svg.getBoundingClientRect();
      const [left, right] =
        cut || scrolls ? [paper.left, paper.right] : [0, document.documentElement.clientWidth];
      const texts = [...svg.querySelectorAll('text')].filter(visible);
      const boxes = texts.map((text) => ({
        name: text.textContent.trim(),
        box: text.getBoundingClientRect(),
      }));
      for (const [i, { name, box }] of boxes.entries()) {
        if (box.right > right + 1 || box.left < left - 1) faults.push(`“${name}” is cut off`);
        for (const other of boxes.slice(i + 1)) {
          const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          // A line of text is taller than its letters.
          if (wide > 2 && high > 6) faults.push(`“${name}” stands on “${other.name}”`);
        }
      }
    }
    return faults;
  });
}

describe.each(pagePaths().filter((path) => /^\/([a-z-]+\/)?$/.test(path)))('%s', (path) => {
  test.each([360, 1280])('text in its drawings can be read in a window of %i pixels', async (width) => {
    await withPage(path, { context: { viewport: { width, height: 900 } } }, async (page) => {
      await page.evaluate(() => document.fonts.ready);
      await scrollThrough(page);
      expect(await illegible(page)).toEqual([]);
    });
  });
});
