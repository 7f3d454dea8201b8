import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allElements } from '../helpers/text.ts';
import { loadPages } from '../helpers/dist.ts';

type Policy = ReadonlyMap<string, readonly string[]>;

function policyOf(document: Document): Policy {
  const text =
    document.querySelector('meta[http-equiv="content-security-policy" i]')?.getAttribute('content') ?? '';
  return new Map(
    text
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .flatMap(([name, ...sources]) => (name ? [[name, sources] as const] : [])),
  );
}

const EXECUTED = new Set(['', 'module', 'text/javascript', 'application/javascript', 'importmap']);

describe.each(loadPages())('$path', ({ document }) => {
  const policy = policyOf(document);
  const scripts = policy.get('script-src') ?? [];

  test('has a policy that falls back to its own host', () => {
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'self'"]);
  });

  test('runs no script but its own files and inline ones named by hash', () => {
    expect(scripts).toContain("'self'");
    expect(
      scripts.filter((source) => !/^('self'|'wasm-unsafe-eval'|'sha(256|384|512)-[\w+/=]+')$/.test(source)),
    ).toEqual([]);
  });

  test('names no foreign host anywhere in the policy', () => {
    const sources = [...policy.values()].flat();
    expect(
      sources.filter((source) => !/^'.*'$/.test(source) && source !== 'data:' && source !== 'blob:'),
    ).toEqual([]);
  });

  test('the hash of every inline script and style is in the policy', () => {
    const missing = (selector: string, allowed: readonly string[]): string[] =>
      [...document.querySelectorAll(selector)]
        .filter(
          (element) => element.localName === 'style' || EXECUTED.has(element.getAttribute('type') ?? ''),
        )
        .filter(
          (element) =>
            !allowed.includes(
              `'sha256-${createHash('sha256').update(element.textContent).digest('base64')}'`,
            ),
        )
        .map((element) => element.textContent.slice(0, 60));
    expect(missing('script:not([src])', scripts)).toEqual([]);
    expect(missing('style', policy.get('style-src') ?? [])).toEqual([]);
  });

  test('has no inline event handler and no javascript: address', () => {
    const handlers = allElements(document).flatMap((element) =>
      [...element.attributes]
        .filter(
          ({ name, value }) =>
            (/^on[a-z]+$/.test(name) && element.localName !== 'astro-island') ||
            /^\s*javascript:/i.test(value),
        )
        .map(({ name }) => `<${element.localName} ${name}>`),
    );
    expect(handlers).toEqual([]);
  });
});
