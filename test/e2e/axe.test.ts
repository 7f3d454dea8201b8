import axeCore from 'axe-core';
import { describe, expect, test } from 'vitest';
import { pagePaths } from '../helpers/dist.ts';
import { scrollThrough, SCREENS, storeTheme, THEMES, withPage, type Screen, type Theme } from './browser.ts';

declare const axe: {
  run: (
    root: Document,
    options: { resultTypes: string[] },
  ) => Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
};

interface Finding {
  readonly violations: string[];
  readonly background: string;
}

/** axe-core with its default rules, best practices included, on the whole document after one scroll through it. */
function inspect(path: string, screen: Screen, theme: Theme): Promise<Finding> {
  const options = {
    screen,
    theme,
    before: (page: Parameters<typeof storeTheme>[0]) => storeTheme(page, theme),
  };
  return withPage(path, options, async (page) => {
    await scrollThrough(page);
    await page.evaluate(axeCore.source);
    return page.evaluate(async () => {
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return {
        violations: violations.flatMap(({ id, nodes }) =>
          nodes
            .slice(0, 5)
            .map(
              (node) =>
                `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').at(-1)?.trim() ?? ''}`,
            ),
        ),
        background: getComputedStyle(document.documentElement).backgroundColor,
      };
    });
  });
}

describe.each(pagePaths())('%s', (path) => {
  test.concurrent.each(Object.keys(SCREENS) as Screen[])(
    'axe finds nothing on a %s, light and dark',
    async (screen) => {
      const [light, dark] = await Promise.all(THEMES.map((theme) => inspect(path, screen, theme)));
      expect({ light: light?.violations, dark: dark?.violations }).toEqual({ light: [], dark: [] });
      expect(light?.background).not.toBe(dark?.background);
    },
  );
});

test('axe finds what is wrong', async () => {
  const found = await withPage('/', {}, async (page) => {
    await page.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<img src="data:,"><button></button>'),
    );
    await page.evaluate(axeCore.source);
    return page.evaluate(async () =>
      (await axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => v.id),
    );
  });
  expect(found).toEqual(expect.arrayContaining(['image-alt', 'button-name']));
});
