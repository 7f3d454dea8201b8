import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withPage } from './browser.ts';

const PATH = '/validation/';

async function awake(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('scroll')));
  await page.locator('run-explorer').scrollIntoViewIfNeeded();
  await page.locator('run-explorer[data-live]').waitFor();
}

const shown = (page: Page): Promise<string> => page.locator('[data-summary]').innerText();
const dots = (page: Page): Promise<string> =>
  page
    .locator('run-explorer [data-dots]')
    .evaluateAll((paths) => paths.map((p) => p.getAttribute('d')).join());

test('what was drawn at build is what the script draws', async () => {
  await withPage(PATH, {}, async (page) => {
    const state = async () => ({
      dots: await dots(page),
      summary: await shown(page),
      card: await page.locator('[data-card]').innerText(),
      table: await page.locator('[data-runs]').innerText(),
      ticks: await page.locator('run-explorer [data-ticks]').innerHTML(),
    });
    const built = await state();
    await awake(page);
    const drawn = await state();
    expect({ ...drawn, ticks: '' }).toEqual({ ...built, ticks: '' });
    expect(drawn.ticks.match(/>[\d,.]+</g)).toEqual(built.ticks.match(/>[\d,.]+</g));
  });
});

test('a choice narrows picture, sentence and table, and a link brings it back', async () => {
  await withPage(PATH, {}, async (page, site) => {
    await awake(page);
    const before = { dots: await dots(page), summary: await shown(page) };
    await page.locator('select[name="tier"]').selectOption('all');
    await page.locator('select[name="source"]').selectOption('Korthikanti 2022');
    await expect.poll(() => page.url()).toBe(`${site}${PATH}?tier=all&source=Korthikanti+2022`);
    const narrow = { dots: await dots(page), summary: await shown(page) };
    expect(narrow.dots).not.toBe(before.dots);
    expect(narrow.summary).toMatch(/^10 runs: /);
    expect(await page.locator('[data-runs] tbody tr').count()).toBe(10);
    await page.reload();
    await page.locator('run-explorer').scrollIntoViewIfNeeded();
    await page.locator('run-explorer[data-live]').waitFor();
    expect({ dots: await dots(page), summary: await shown(page) }).toEqual(narrow);
    await page.getByRole('button', { name: 'Show all runs' }).click();
    await expect.poll(() => page.url()).toBe(`${site}${PATH}?tier=all`);
  });
});

test('a run is found by the pointer and by the keyboard, and opens in its cell', async () => {
  await withPage(PATH, {}, async (page) => {
    await awake(page);
    const card = page.locator('[data-card]');
    const worst = await card.innerText();
    const slider = page.locator('run-explorer input[type="range"]');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    const second = await card.innerText();
    expect(second).not.toBe(worst);
    expect(second).toContain((await slider.getAttribute('aria-valuetext')) ?? 'nothing');
    await page.keyboard.press('Home');
    expect(await card.innerText()).toBe(worst);
    const ring = await page.locator('.chart-found').boundingBox();
    await page.keyboard.press('End');
    await page.mouse.click((ring?.x ?? 0) + (ring?.width ?? 0) / 2, (ring?.y ?? 0) + (ring?.height ?? 0) / 2);
    expect(await card.innerText()).not.toMatch(/ [+−]0%/);
    const model = /^(.+?) on /.exec(await card.innerText())?.[1] ?? '';
    await card.getByRole('link').click();
    await page.locator('[data-cell="my-mfu"]').waitFor();
    expect(new URL(page.url()).searchParams.get('v')).toBe('1');
    expect(model).not.toBe('');
    // The bar of changes names what the link could not bring; here it brings everything.
    await page.locator('.cell-sentence').waitFor();
    expect(await page.locator('.scenario-notice').count()).toBe(0);
  });
});
