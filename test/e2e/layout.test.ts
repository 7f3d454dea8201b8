import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pagePaths } from '../helpers/dist.ts';
import { scrollThrough, withPage } from './browser.ts';

const WIDTHS = [360, 390, 412, 768, 1350] as const;

/** Pixels by which the page is wider than the window, and the elements that stick out without a scroller around them. */
function overflow(page: Page): Promise<{ pixels: number; culprits: string[] }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolls = (element: Element): boolean => {
      for (let e: Element | null = element; e; e = e.parentElement) {
        const { overflowX, position, clipPath } = getComputedStyle(e);
        if (
          ['auto', 'scroll', 'hidden', 'clip'].includes(overflowX) ||
          position === 'fixed' ||
          clipPath !== 'none'
        )
          return true;
      }
      return false;
    };
    const culprits = [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !scrolls(e))
      .map(
        (e) =>
          `<${e.localName} class="${e.getAttribute('class') ?? ''}"> to ${Math.round(e.getBoundingClientRect().right)}`,
      );
    return { pixels: scrollWidth - clientWidth, culprits: culprits.slice(0, 5) };
  });
}

describe.each(pagePaths())('%s', (path) => {
  test('does not scroll sideways at any width', async () => {
    await withPage(path, { screen: 'phone' }, async (page) => {
      await scrollThrough(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 823 });
        expect({ width, ...(await overflow(page)) }).toEqual({ width, pixels: 0, culprits: [] });
      }
    });
  });

  test('opens every fold without scrolling sideways', async () => {
    await withPage(
      path,
      { screen: 'phone', context: { viewport: { width: 360, height: 780 } } },
      async (page) => {
        await scrollThrough(page);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) {
            details.removeAttribute('name'); // an accordion would close the others
            details.open = true;
          }
        });
        expect(await overflow(page)).toEqual({ pixels: 0, culprits: [] });
      },
    );
  });
});

describe.each(pagePaths().filter((path) => path !== '/404.html'))('%s', (path) => {
  test.each(['desktop', 'phone'] as const)(
    'nothing moves by itself on a %s, while loading or scrolling',
    async (screen) => {
      const before = async (page: Page): Promise<void> => {
        await page.addInitScript(() => {
          const shifts: string[] = [];
          Object.assign(globalThis, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & {
              value: number;
              hadRecentInput: boolean;
              sources: { node?: Element | null }[];
            })[]) {
              if (entry.hadRecentInput) continue;
              const what = entry.sources.map(
                ({ node }) => `${node?.nodeName ?? '?'}.${node?.getAttribute?.('class') ?? ''}`,
              );
              shifts.push(`${entry.value.toFixed(4)} ${what.join(', ')}`);
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
      };
      await withPage(path, { screen, before }, async (page) => {
        await scrollThrough(page);
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(200);
        expect(await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts)).toEqual([]);
      });
    },
  );
});
