// @vitest-environment node
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodePatch, resolvePatch } from '#scenario';
import { reset, setValues } from '#scenario/store.ts';
import { widgets } from '../../src/widgets/registry.ts';
import type { CellProps } from '../../src/widgets/frame/types.ts';
import { queries, SEED } from '../helpers/arbitraries.ts';
import { wrongText } from '../helpers/text.ts';

// On a server every store reads as empty; here the cell shall be drawn as a reader's browser draws it after an edit.
vi.mock('@nanostores/react', () => ({ useStore: (store: { get: () => unknown }) => store.get() }));

const islands = import.meta.glob<{ default: ComponentType<CellProps> }>('/src/widgets/*/Result.tsx', {
  eager: true,
});

const props: CellProps = {
  preset: 'talk',
  number: '7.1',
  page: '/training-time/',
  alone: '/cells/x/',
  cite: { title: 'Training time', slug: 'training-time', site: 'https://example.org', version: '1.0.0' },
} as CellProps;

beforeEach(() => {
  vi.useFakeTimers(); // the store writes the address later; there is none here
});
afterEach(() => {
  reset();
  vi.useRealTimers();
});

describe.each(Object.values(widgets).map(({ id }) => id))('the cell %s', (id) => {
  const Island = islands[`/src/widgets/${id}/Result.tsx`]?.default;

  test('draws any state without a word or a coordinate that went wrong', () => {
    if (!Island) throw new Error(`src/widgets/${id}/Result.tsx is missing.`);
    fc.assert(
      fc.property(queries, (query) => {
        const { patch } = resolvePatch('talk', decodePatch(query).patch);
        reset();
        setValues(patch, 'talk');
        const { document } = parseHTML(
          `<html><body>${renderToStaticMarkup(<Island {...props} />)}</body></html>`,
        );
        expect(wrongText(document)).toEqual([]);
        const lengths = [...document.querySelectorAll('svg [width], svg [height], svg [r]')].flatMap(
          (element) =>
            ['width', 'height', 'r'].map((name) => Number.parseFloat(element.getAttribute(name) ?? '0')),
        );
        expect(lengths.filter((length) => length < 0)).toEqual([]);
        expect(document.querySelector('.cell-sentence')?.textContent.length).toBeGreaterThan(20);
      }),
      { numRuns: 120, seed: SEED },
    );
  });
});
