import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { loadPages } from '../helpers/dist.ts';
import { withPage } from './browser.ts';

const having = (selector: string): string[] =>
  loadPages().flatMap(({ path, document }) => (document.querySelector(selector) ? [path] : []));

const focusedIs = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

describe.each(having('predict-lock'))('predictions of %s', (path) => {
  test('the reader commits a guess with the keyboard, then sees, and finds it again later', async () => {
    await withPage(path, {}, async (page) => {
      const lock = page.locator('predict-lock').first();
      const answer = lock.locator('details .predict-body');
      expect(await answer.isVisible()).toBe(false);
      await lock.locator('input[type="radio"]').first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await expect.poll(() => answer.isVisible()).toBe(true);
      const verdict = await lock.locator('output').innerText();
      expect(verdict).toContain(await lock.locator('label').first().innerText());
      expect(await focusedIs(page, 'predict-lock output')).toBe(true);
      await page.reload();
      await expect.poll(() => lock.locator('output').innerText()).toBe(verdict);
      await lock.getByRole('button', { name: 'Guess again' }).click();
      await expect.poll(() => answer.isVisible()).toBe(false);
    });
  });

  test('a press on “Commit” without a guess asks for one', async () => {
    await withPage(path, {}, async (page) => {
      const lock = page.locator('predict-lock').first();
      await lock.getByRole('button', { name: 'Commit' }).click();
      expect(await lock.locator('.predict-body').isVisible()).toBe(false);
    });
  });
});

describe.each(having('a.citation[data-card]'))('citations of %s', (path) => {
  test('the card opens when the keyboard reaches the citation, says where, and closes on Escape', async () => {
    await withPage(path, {}, async (page) => {
      const citation = page.locator('a.citation[data-card][data-where]:visible').first();
      const card = page.locator(`[id="${await citation.getAttribute('data-card')}"]`);
      await citation.scrollIntoViewIfNeeded();
      await citation.evaluate((element) => {
        // Keyboard focus: the stop before it, then Tab.
        const stops = [
          ...document.querySelectorAll<HTMLElement>(
            'a[href], button, input, select, summary, [tabindex="0"]',
          ),
        ];
        const shown = stops.filter((stop) => stop.checkVisibility() && !stop.closest('[popover], dialog'));
        shown[shown.indexOf(element as HTMLElement) - 1]?.focus();
      });
      await page.keyboard.press('Tab');
      await expect.poll(() => card.isVisible()).toBe(true);
      expect(await card.innerText()).toContain((await citation.getAttribute('data-where')) ?? 'nowhere');
      await page.keyboard.press('Escape');
      await expect.poll(() => card.isVisible()).toBe(false);
    });
  });

  test('the reference leads back to the place in the text', async () => {
    await withPage(path, {}, async (page) => {
      const back = page.locator('.references .backlinks a').first();
      const href = (await back.getAttribute('href')) ?? '';
      await back.click();
      expect(new URL(page.url()).hash).toBe(href);
      expect(await page.locator(`[id="${href.slice(1)}"]`).count()).toBe(1);
    });
  });
});

describe.each(having('button.term'))('terms of %s', (path) => {
  test('the card opens by key and leads to the glossary', async () => {
    await withPage(path, {}, async (page) => {
      const term = page.locator('button.term').first();
      const card = page.locator(`[id="${await term.getAttribute('popovertarget')}"]`);
      await term.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => card.isVisible()).toBe(true);
      expect(await card.getByRole('link', { name: 'Glossary' }).getAttribute('href')).toMatch(
        /\/reference\/glossary\/#/,
      );
      await page.keyboard.press('Escape');
      await expect.poll(() => card.isVisible()).toBe(false);
    });
  });

  test('the card opens without JavaScript', async () => {
    await withPage(path, { context: { javaScriptEnabled: false } }, async (page) => {
      const term = page.locator('button.term').first();
      await term.click();
      expect(await page.locator(`[id="${await term.getAttribute('popovertarget')}"]`).isVisible()).toBe(true);
    });
  });
});

describe.each(having('.eq'))('addresses of %s', (path) => {
  test.each(['.eq', '.figure', '.cell', '.exercise'])(
    'the permalink of a %s scrolls to it, below the header',
    async (block) => {
      await withPage(path, {}, async (page) => {
        const target = page.locator(`main ${block}[id]`).first();
        if ((await target.count()) === 0) return;
        const id = await target.getAttribute('id');
        await page.goto(`${page.url()}#${id}`);
        const top = await target.evaluate((element) => element.getBoundingClientRect().top);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThan(940);
        expect(await page.locator(`a[href$="#${id}"]`).count()).toBeGreaterThan(0);
      });
    },
  );
});
