import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { BUDGET } from '../budgets.ts';
import { pagePaths } from '../helpers/dist.ts';
import { SCREENS, scrollThrough, withPage, type Screen } from './browser.ts';

type Kind = 'document' | 'script' | 'stylesheet' | 'font' | 'image' | 'other';
type Bytes = Record<Kind, number>;

/** Adds up the bodies on the wire by kind; `settled` waits for the last of them. */
function countBytes(page: Page): { bytes: Bytes; settled: () => Promise<unknown> } {
  const bytes: Bytes = { document: 0, script: 0, stylesheet: 0, font: 0, image: 0, other: 0 };
  const sizes: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    const type = request.resourceType();
    const kind = type in bytes ? (type as Kind) : 'other';
    const size = request.sizes().then(({ responseBodySize }) => void (bytes[kind] += responseBodySize));
    // One that ends when the page is closing belongs to no visit, and nobody waits for it.
    size.catch(() => undefined);
    sizes.push(size);
  });
  return { bytes, settled: () => Promise.all(sizes) };
}

/** Records every layout shift that no press or key explains. */
async function recordShifts(page: Page): Promise<void> {
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
}

/** What Lighthouse would round to 0.000: a glyph of a formula that settles by a fraction of a pixel. */
const UNSEEN = 0.0005;

/** Shifts that count, as `value what moved`. */
async function shiftsOf(page: Page): Promise<string[]> {
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
  const total = shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0);
  return total < UNSEEN ? [] : shifts;
}

/** Pixels by which the page is wider than the window, and what sticks out without a scroller around it. */
function overflow(page: Page): Promise<{ pixels: number; culprits: string[] }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return { pixels: 0, culprits: [] };
    const clipped = (element: Element): boolean => {
      for (let e: Element | null = element; e; e = e.parentElement) {
        if (getComputedStyle(e).overflowX !== 'visible') return true;
      }
      return false;
    };
    const culprits = [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !clipped(e))
      .map(
        (e) =>
          `<${e.localName} class="${e.getAttribute('class') ?? ''}"> to ${Math.round(e.getBoundingClientRect().right)}`,
      );
    return { pixels: scrollWidth - clientWidth, culprits: culprits.slice(-5) };
  });
}

async function openFolds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) {
      details.removeAttribute('name'); // an accordion would close the others
      details.open = true;
    }
  });
}

/** A first visit as it stands before the reader has done anything. */
function overBudget(path: string, bytes: Bytes, cells: number): (string | number)[][] {
  const script =
    path === '/404.html'
      ? BUDGET.scriptWithSearch
      : cells > 0
        ? BUDGET.scriptWithCells
        : BUDGET.scriptWithout;
  return [
    ['html', bytes.document, BUDGET.html] as const,
    ['css', bytes.stylesheet, BUDGET.css] as const,
    ['fonts', bytes.font, BUDGET.fonts] as const,
    ['script', bytes.script, script] as const,
    [
      'total',
      Object.values(bytes).reduce((a, b) => a + b, 0),
      path === '/404.html' ? BUDGET.totalWithSearch : BUDGET.total,
    ] as const,
  ].flatMap(([what, size, limit]) => (size > limit ? [[what, size, limit]] : []));
}

const WIDTHS = [768, 412, 390, 360] as const;

describe.each(pagePaths())('%s', (path) => {
  test.each(Object.keys(SCREENS) as Screen[])(
    'a first visit on a %s is light, still and fits',
    async (screen) => {
      let counted: ReturnType<typeof countBytes> | undefined;
      const before = async (page: Page): Promise<void> => {
        counted = countBytes(page);
        await recordShifts(page);
      };
      await withPage(path, { screen, before }, async (page) => {
        await page.evaluate(() => document.fonts.ready);
        await counted?.settled();
        const cells = await page.locator('astro-island').count();
        expect.soft(counted && overBudget(path, counted.bytes, cells), 'bytes over budget').toEqual([]);
        await scrollThrough(page);
        await counted?.settled();
        expect
          .soft(counted?.bytes.script, 'script with every cell awake')
          .toBeLessThanOrEqual(BUDGET.scriptAwake);
        expect.soft(await shiftsOf(page), 'layout shifts').toEqual([]);
        for (const width of screen === 'phone' ? WIDTHS : [1350]) {
          await page.setViewportSize({ width, height: 823 });
          expect.soft({ width, ...(await overflow(page)) }).toEqual({ width, pixels: 0, culprits: [] });
        }
        await openFolds(page);
        expect.soft(await overflow(page), 'with every fold open').toEqual({ pixels: 0, culprits: [] });
      });
    },
  );
});

test('what is measured is what comes over the wire, compressed', async () => {
  const response = await fetch(`${inject('site')}/`, { headers: { 'accept-encoding': 'br' } });
  let counted: ReturnType<typeof countBytes> | undefined;
  await withPage(
    '/',
    { before: (page) => Promise.resolve(void (counted = countBytes(page))) },
    async (page) => {
      await page.evaluate(() => document.fonts.ready);
      await counted?.settled();
    },
  );
  expect(counted?.bytes.document).toBe(Number(response.headers.get('content-length')));
  expect(counted?.bytes.font).toBeGreaterThan(10_000);
});

test('a shift and an overflow are found', async () => {
  await withPage('/', { before: recordShifts }, async (page) => {
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('afterbegin', '<div style="height:300px;width:3000px"></div>');
    });
    await expect.poll(() => shiftsOf(page)).not.toEqual([]);
    expect((await overflow(page)).pixels).toBeGreaterThan(1000);
  });
});
