import { expect, test } from 'vitest';
import { answers } from '../../../src/components/shell/pagefind.ts';

const page = { content: 'A checkpoint is written every hour.', meta: { title: 'Goodput' } };

test.each(['checkpoint', 'checkpoints', 'Goodput', 'hour of xylophones'])('a page answers %j', (query) => {
  expect(answers(page, query)).toBe(true);
});

test.each(['xylophone', 'zxqvbn', 'goat'])('a page does not answer %j', (query) => {
  expect(answers(page, query)).toBe(false);
});
