import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { storeTheme, withPage, type Theme } from './browser.ts';

const CHAPTER = '/training-time/';

const paper = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');

describe('the theme', () => {
  test('follows the system until the reader chooses, and then stays chosen', async () => {
    const papers: Record<string, string> = {};
    for (const theme of ['light', 'dark'] as const) papers[theme] = await withPage('/', { theme }, paper);
    expect(papers['light']).not.toBe(papers['dark']);
    await withPage('/', { theme: 'light' }, async (page, site) => {
      await page.getByLabel('Theme').selectOption('dark');
      await expect.poll(() => paper(page)).toBe(papers['dark']);
      expect(await page.evaluate(() => localStorage.getItem('theme'))).toBe('dark');
      await page.goto(`${site}${CHAPTER}`);
      expect(await paper(page)).toBe(papers['dark']);
      expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
      await page.getByLabel('Theme').selectOption('system');
      await expect.poll(() => paper(page)).toBe(papers['light']);
    });
  });

  test.each([
    ['light', 'dark'],
    ['dark', 'light'],
  ] as [Theme, Theme][])(
    'is right in the first frame, with the system %s and the choice %s',
    async (theme, chosen) => {
      const before = async (page: Page): Promise<void> => {
        await storeTheme(page, chosen);
        await page.addInitScript(() => {
          const seen: string[] = [];
          Object.assign(globalThis, { seen });
          const look = (): void => {
            if (document.body) seen.push(getComputedStyle(document.documentElement).backgroundColor);
            if (seen.length < 30) requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      };
      await withPage(CHAPTER, { theme, before }, async (page) => {
        await page.waitForTimeout(300);
        const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
        expect([...new Set(seen)]).toEqual([await paper(page)]);
      });
    },
  );
});

describe('search', () => {
  test.each(['/', 'Control+k'])('opens with %s, finds a phrase, and Enter goes there', async (key) => {
    await withPage('/', {}, async (page) => {
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog');
      await expect.poll(() => dialog.isVisible()).toBe(true);
      await page.keyboard.type('goodput');
      await expect.poll(() => dialog.locator('a').count()).toBeGreaterThan(0);
      expect(await dialog.getByRole('status').innerText()).toMatch(/\d+ sections? on \d+ pages?/);
      expect((await dialog.locator('mark').first().innerText()).toLowerCase()).toContain('goodput');
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toMatch(/^<a /);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/');
      expect(await page.locator('main').innerText()).toMatch(/goodput/i);
    });
  });

  test('groups results by chapter and says when there are none', async () => {
    await withPage(CHAPTER, {}, async (page) => {
      await page.keyboard.press('/');
      const dialog = page.getByRole('dialog');
      await page.keyboard.type('checkpoint');
      await expect.poll(() => dialog.locator('.results section').count()).toBeGreaterThan(0);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('zxqvbn');
      await expect.poll(() => dialog.getByRole('status').innerText()).toMatch(/^Nothing about/);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.isVisible()).toBe(false);
    });
  });

  test('leaves the slash to fields', async () => {
    await withPage('/cells/time-to-train/', {}, async (page) => {
      await page.locator('input[type="text"]').first().focus();
      await page.keyboard.type('/');
      expect(await page.getByRole('dialog').isVisible()).toBe(false);
    });
  });

  test('on the page for a missing address looks for its words', async () => {
    await withPage('/trainign-time/', { allow: /404/ }, async (page) => {
      expect(await page.locator('h1').innerText()).toMatch(/no such page/i);
      await expect.poll(() => page.locator('main search-panel a').count()).toBeGreaterThan(0);
    });
  });
});

describe('navigation', () => {
  test('the skip link is the first stop and leads into the text', async () => {
    await withPage(CHAPTER, {}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toContain('href="#main"');
      await page.keyboard.press('Enter');
      expect(await focused(page)).toMatch(/^<main/);
    });
  });

  test('the drawer of a phone opens by key, closes on Escape and gives the focus back', async () => {
    await withPage(CHAPTER, { screen: 'phone' }, async (page) => {
      const button = page.getByRole('button', { name: 'Chapters' });
      const drawer = page.locator('nav#chapters');
      expect(await drawer.isVisible()).toBe(false);
      await button.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => drawer.isVisible()).toBe(true);
      expect(await drawer.locator('[aria-current="page"]').count()).toBe(1);
      await page.keyboard.press('Escape');
      await expect.poll(() => drawer.isVisible()).toBe(false);
      expect(await focused(page)).toContain('aria-label="Chapters"');
    });
  });

  test('the contents name the place where the reader is', async () => {
    await withPage(CHAPTER, {}, async (page) => {
      const links = page.locator('page-contents a');
      const count = await links.count();
      expect(count).toBeGreaterThan(3);
      const href = (await links.nth(2).getAttribute('href')) ?? '';
      await links.nth(2).click();
      await expect.poll(() => page.locator('page-contents a[aria-current]').getAttribute('href')).toBe(href);
    });
  });

  test('previous and next walk through the chapters', async () => {
    await withPage('/estimating/', {}, async (page) => {
      const next = page.locator('a[rel~="next"]').last();
      const href = (await next.getAttribute('href')) ?? '';
      await next.click();
      await page.waitForURL(`**${href}`);
      expect(await page.locator('a[rel~="prev"]').last().getAttribute('href')).toContain('/estimating/');
    });
  });

  test('every focus stop of a chapter can be seen', async () => {
    await withPage(CHAPTER, {}, async (page) => {
      const blind: string[] = [];
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(e);
          const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
          return { marked, what: e.outerHTML.slice(0, 100), borderColor };
        });
        if (stop && !stop.marked) blind.push(stop.what);
      }
      expect(blind).toEqual([]);
    });
  });
});

describe('print', () => {
  test('is a booklet of several pages, with the values on screen and without the machine around them', async () => {
    await withPage(CHAPTER, {}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('nav#chapters').isVisible()).toBe(false);
      for (const tool of await page.locator('theme-toggle, .search, button:not(.term)').all())
        expect(await tool.isVisible()).toBe(false);
      expect(await page.locator('.cell-sentence').first().isVisible()).toBe(true);
      expect(await page.locator('[data-cell] svg').first().isVisible()).toBe(true);
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(4);
      expect(pages).toBeLessThan(60);
    });
  });

  test('prints dark pages on white paper', async () => {
    await withPage(CHAPTER, { theme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const luminance = await page.evaluate(() => {
        const rgb = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        const text = document.querySelector('.prose p');
        return {
          text: text ? Math.max(...rgb(getComputedStyle(text).color)) : 255,
          paper: getComputedStyle(document.body).backgroundColor,
        };
      });
      expect(luminance.text).toBeLessThan(120);
      expect(['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)']).toContain(luminance.paper);
    });
  });
});
