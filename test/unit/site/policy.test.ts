import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { leanPolicy } from '../../../src/site/policy.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const page = (policy: string): string =>
  `<meta http-equiv="content-security-policy" content="${policy}"><script>a()</script><style>b{}</style><script src="/c.js"></script>`;

test('a policy keeps the hashes of what is inline, and loses those of files', () => {
  const kept = `script-src 'self' ${hash('a()')}; style-src 'self' ${hash('b{}')}`;
  const all = kept.replace("'self'", `'self' ${hash('of a file')}`);
  expect(leanPolicy(page(all))).toBe(page(kept));
  expect(leanPolicy(page(kept))).toBe(page(kept));
});

test('a page without a policy stays as it is', () => {
  expect(leanPolicy('<script>a()</script>')).toBe('<script>a()</script>');
});
