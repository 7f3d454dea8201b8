import { describe, expect, inject, test } from 'vitest';
import { BASE, BASE_DIST, pagePaths } from '../helpers/dist.ts';
import { hydrated, scrollThrough, withPage, type OpenOptions } from './browser.ts';
import { sentence, typeInto, wake, settledUrl } from './cell.ts';

/** The site as a host under a sub-path serves it, at `/half-of-peak/`. Anything asked for outside is a 404, which fails. */
const under: OpenOptions = { site: inject('baseSite') };

describe(`under ${BASE}/`, () => {
  test.each(pagePaths(BASE_DIST))('%s opens with all that it needs', async (path) => {
    await withPage(path, under, async (page) => {
      await scrollThrough(page);
      expect(await page.locator('h1').count()).toBe(1);
    });
  });

  test('search finds and leads to a page under the base', async () => {
    await withPage('/', under, async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('goodput');
      const first = page.getByRole('dialog').locator('a').first();
      await expect.poll(() => first.count()).toBe(1);
      expect(await first.getAttribute('href')).toMatch(new RegExp(`^${BASE}/`));
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== `${BASE}/`);
      expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${BASE}/`));
    });
  });

  test('the theme is remembered', async () => {
    await withPage('/training-time/', under, async (page) => {
      const ground = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await ground();
      await page.getByLabel('Theme').selectOption('dark');
      await expect.poll(ground).not.toBe(light);
      const dark = await ground();
      const link = page.locator('nav#chapters a').nth(1);
      const target = (await link.getAttribute('href')) ?? '';
      await link.click();
      await page.waitForURL(`**${target}`);
      expect(await ground()).toBe(dark);
    });
  });

  test('a cell computes, writes its state into the address and opens alone', async () => {
    await withPage('/training-time/', under, async (page) => {
      await wake(page, 'time-to-train');
      const before = await sentence(page, 'time-to-train');
      await typeInto(page, 'time-to-train', 'gpus', '2048');
      await expect.poll(() => sentence(page, 'time-to-train')).not.toBe(before);
      expect(new URL(await settledUrl(page)).pathname).toBe(`${BASE}/training-time/`);
      await page.locator('[data-cell="time-to-train"]').getByRole('link', { name: 'Open alone' }).click();
      await page.waitForURL(`**${BASE}/cells/time-to-train/?v=1&n=2048`);
      await wake(page, 'time-to-train');
      await hydrated(page, '[data-cell]');
    });
  });
});
