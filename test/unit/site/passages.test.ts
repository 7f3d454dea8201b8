import { expect, test } from 'vitest';
import { isCell, passagesOf } from '#site/passages.ts';

const cell = (name: string): string =>
  `<astro-island name="${name}"><section>\n<p>${name}</p></section></astro-island>`;

test('an article is passages of prose with its cells between them, nothing lost and nothing in another order', () => {
  const html = `<p>One.</p>\n<p>Two.</p>${cell('a')}<h2>Three</h2>${cell('b')}<p>Four.</p>`;
  const passages = passagesOf(html);
  expect(passages.map(isCell)).toEqual([false, true, false, true, false]);
  expect(passages.join('')).toBe(html);
});

test('what stands between two cells may be nothing', () => {
  expect(passagesOf(`${cell('a')}\n${cell('b')}`)).toEqual([cell('a'), cell('b')]);
});
