import { describe, expect, inject, test } from 'vitest';
import { BUDGET } from '../budgets.ts';
import { pagePaths } from '../helpers/dist.ts';
import { SCREENS, scrollThrough, withPage, type Screen } from './browser.ts';

type Kind = 'document' | 'script' | 'stylesheet' | 'font' | 'image' | 'other';

/** Bytes of bodies on the wire by kind, of a first visit that scrolls through the whole page. */
async function downloads(
  path: string,
  screen: Screen,
): Promise<{ bytes: Record<Kind, number>; cells: number }> {
  const bytes: Record<Kind, number> = { document: 0, script: 0, stylesheet: 0, font: 0, image: 0, other: 0 };
  const sizes: Promise<void>[] = [];
  const cells = await withPage(
    path,
    {
      screen,
      before: (page) => {
        page.on('requestfinished', (request) => {
          const type = request.resourceType();
          const kind = type in bytes ? (type as Kind) : 'other';
          sizes.push(request.sizes().then(({ responseBodySize }) => void (bytes[kind] += responseBodySize)));
        });
        return Promise.resolve();
      },
    },
    async (page) => {
      await scrollThrough(page);
      await page.evaluate(() => document.fonts.ready);
      await Promise.all(sizes);
      return page.locator('astro-island').count();
    },
  );
  return { bytes, cells };
}

describe.each(pagePaths())('%s', (path) => {
  test.each(Object.keys(SCREENS) as Screen[])('stays within the budgets on a %s', async (screen) => {
    const { bytes, cells } = await downloads(path, screen);
    const script = cells > 0 ? BUDGET.scriptWithCells : BUDGET.scriptWithout;
    const over = [
      ['html', bytes.document, BUDGET.html],
      ['css', bytes.stylesheet, BUDGET.css],
      ['fonts', bytes.font, BUDGET.fonts],
      ['script', bytes.script, script],
      ['total', Object.values(bytes).reduce((a, b) => a + b, 0), BUDGET.total],
    ].filter(([, size = 0, limit = 0]) => size > limit);
    expect(over).toEqual([]);
    expect(bytes.document).toBeGreaterThan(500);
  });
});

test('what is measured is what comes over the wire, compressed', async () => {
  const response = await fetch(`${inject('site')}/`, { headers: { 'accept-encoding': 'br' } });
  const { bytes } = await downloads('/', 'desktop');
  expect(bytes.document).toBe(Number(response.headers.get('content-length')));
  expect(bytes.font).toBeGreaterThan(10_000);
});
