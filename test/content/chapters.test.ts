import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Quantity } from '#format';
import { resolvePreset, type Scenario } from '#scenario';
import { files, ROOT } from '../helpers/files.ts';
import { allowedNumbers } from './allowed-numbers.ts';
import { bareNumbers, proseOf } from './prose.ts';
import { valueOf } from './typed-value.ts';

type Facts = Readonly<Record<string, (scenario: Scenario) => Quantity>>;

const factModules = import.meta.glob<{ facts: Facts }>('/content/*/*/facts.ts', { eager: true });

const chapters = files('content/chapters', /^index\.mdx$/).map((file) => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const slug = file.split('/').at(-2) ?? '';
  const preset = /^preset: (.+)$/m.exec(source)?.[1] ?? 'talk';
  return {
    slug,
    source,
    scenario: resolvePreset(preset),
    facts: factModules[`/content/chapters/${slug}/facts.ts`]?.facts ?? {},
  };
});

test('there are chapters to check', () => {
  expect(chapters.length).toBeGreaterThanOrEqual(2);
});

describe.each(chapters)('chapter $slug', ({ slug, source, scenario, facts }) => {
  const allowed = allowedNumbers.filter(({ chapter }) => chapter === slug);
  const found = bareNumbers(source);

  test('types no number with a unit that is not computed, cited or allowed', () => {
    const bare = found.filter(({ text }) => !allowed.some((entry) => entry.text === text));
    expect(
      bare.map(
        ({ line, text, context }) => `${slug}/index.mdx:${line}: ${text} (in: ${context.slice(0, 100)})`,
      ),
    ).toEqual([]);
  });

  test('every allowed number is still typed somewhere', () => {
    expect(
      allowed.filter(({ text }) => !found.some((bare) => bare.text === text)).map(({ text }) => text),
    ).toEqual([]);
  });

  test.each(allowed.filter((entry) => entry.is))(
    'the typed $text is what the scenario holds',
    ({ text, is }) => {
      expect(valueOf(text) / (is?.(scenario) ?? Number.NaN)).toBeCloseTo(1, 9);
    },
  );

  test('every number of facts.ts is stated, and every stated number is one of facts.ts', () => {
    const used = new Set([...source.matchAll(/<Num\b[^>]*?\bof="([^"]+)"/g)].map(([, key]) => key ?? ''));
    expect([...used].filter((key) => !(key in facts))).toEqual([]);
    // Figures and exercises of the chapter may take a fact by name too.
    const figures = files('src/components/figures', /\.(astro|ts)$/).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const elsewhere = (key: string): boolean => figures.some((text) => new RegExp(`\\b${key}\\b`).test(text));
    expect(Object.keys(facts).filter((key) => !used.has(key) && !elsewhere(key))).toEqual([]);
  });

  test.each(Object.entries(facts))('fact %s is a finite number in its unit', (_, fact) => {
    const { value, unit } = fact(scenario);
    expect(Number.isFinite(value)).toBe(true);
    expect(unit).not.toBe('');
  });

  test('every heading has an id of its own', () => {
    const text = source.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/^```[\s\S]*?^```/gm, '');
    const headings = [...text.matchAll(/^(#{1,6}) (.+)$/gm)].map(([, , title = '']) => title);
    const ids = headings.map((title) => /\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}$/.exec(title)?.[1]);
    expect(headings.filter((_, i) => ids[i] === undefined)).toEqual([]);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('imports nothing and writes no raw link to its own site', () => {
    expect(source).not.toMatch(/^(import|export) /m);
    expect(proseOf(source)).not.toMatch(/https?:\/\/(localhost|127\.0\.0\.1)/);
  });
});

test('every allowed number names a value or a reason', () => {
  expect(allowedNumbers.filter(({ is, reason }) => !is && !reason)).toEqual([]);
});
