import { describe, expect, test } from 'vitest';
import { cuts } from '../../src/fonts/faces.ts';
import { loadPages } from '../helpers/dist.ts';

/** Characters that a family's faces draw between them. */
function drawnBy(family: RegExp): ReadonlySet<string> {
  return new Set(
    cuts.flatMap(({ characters, rules }) =>
      rules.filter((rule) => family.test(rule.family)).flatMap((rule) => [...(rule.only ?? characters)]),
    ),
  );
}

/** Signs with no letterform of ours, and Chinese: the system draws them, and nothing stands or falls with their look. */
const SYSTEM = /[\p{Script=Han}ᵀ\s\u200b-\u200d\u2060\ufeff\u00ad▸▾◂▴◉○●✓✗≠∑↩⌘🔗]/u;

const TEXT = drawnBy(/^Source Serif 4$/);
const FORMULAS = drawnBy(/^KaTeX_/);

function missing(texts: Iterable<Element>, drawn: ReadonlySet<string>): string {
  const all = new Set([...texts].flatMap((element) => [...element.textContent]));
  return [...all].filter((character) => !drawn.has(character) && !SYSTEM.test(character)).join('');
}

describe.each(loadPages())('$path', ({ html, document: page }) => {
  // The document is shared with other checks: what is cut out here is cut out of a copy.
  const document = page.cloneNode(true) as Document;

  test('formulas are drawn by the fonts that were cut for them', () => {
    expect(missing(document.querySelectorAll('.katex-html'), FORMULAS)).toBe('');
  });

  test('text is drawn by the fonts that were cut for it', () => {
    expect(html).not.toBe('');
    for (const other of document.querySelectorAll('script, style, template, .katex')) other.remove();
    expect(missing([document.querySelector('body') as Element], TEXT)).toBe('');
  });
});
