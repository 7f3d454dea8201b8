import { expect, test } from 'vitest';
import { BUILD_ONLY, CLIENT, DOORS, LAYERS } from '../layers.ts';
import { importsIn, importsUnder, type Import } from '../helpers/imports.ts';

const all = importsUnder('src');
const layerOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];
const say = (i: Import): string => `${i.from} imports ${i.specifier}`;

/** Files on an import cycle, or null. Types are erased, so they cannot make one. */
function findCycle(imports: readonly Import[]): string[] | null {
  const edges = new Map<string, string[]>();
  for (const i of imports) if (i.to && !i.typeOnly) edges.set(i.from, [...(edges.get(i.from) ?? []), i.to]);
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of edges.get(file) ?? []) {
      const cycle = walk(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return null;
}

test('import lines are read in every form', () => {
  const source = `
    import a from './a.ts';
    import type { B } from '#estimator';
    import { type C, type D } from '#format';
    import {
      e,
    } from "#catalog/sources.ts"; // import x from 'not-this'
    export { f } from '../f.ts';
    import './g.css';
    const h = await import('h');
    import.meta.glob<X>('/src/catalog/*.ts', { eager: true });
    /* import z from 'nor-this' */`;
  const found = importsIn(source, 'src/widgets/x.ts');
  expect(found.map((i) => [i.specifier, i.to, i.typeOnly])).toEqual([
    ['./a.ts', 'src/widgets/a.ts', false],
    ['#estimator', 'src/estimator/index.ts', true],
    ['#format', 'src/format/index.ts', true],
    ['#catalog/sources.ts', 'src/catalog/sources.ts', false],
    ['../f.ts', 'src/f.ts', false],
    ['./g.css', 'src/widgets/g.css', false],
    ['h', null, false],
    ['/src/catalog/*.ts', 'src/catalog/*.ts', false],
  ]);
});

test('a cycle is found', () => {
  const edge = (from: string, to: string): Import => ({ from, to, specifier: to, typeOnly: false });
  expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b', 'c', 'b']);
  expect(findCycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'c')])).toBeNull();
});

test('every folder of src is a known layer', () => {
  expect([
    ...new Set(all.map((i) => layerOf(i.from)).filter((l) => l !== undefined && !(l in LAYERS))),
  ]).toEqual([]);
});

test('lower layers never import upper ones', () => {
  const wrong = all.filter((i) => {
    const from = layerOf(i.from);
    const to = i.to === null ? undefined : layerOf(i.to);
    return from !== undefined && to !== undefined && from !== to && !LAYERS[from]?.includes(to);
  });
  expect(wrong.map(say)).toEqual([]);
});

test('from outside, a layer with a door is entered by the door', () => {
  const wrong = all.filter((i) => {
    const to = i.to === null ? undefined : layerOf(i.to);
    return DOORS.some((door) => to === door && layerOf(i.from) !== door && i.specifier !== `#${door}`);
  });
  expect(wrong.map(say)).toEqual([]);
});

test('there is no import cycle', () => {
  expect(findCycle(all)).toBeNull();
});

test('the estimator imports nothing but itself', () => {
  const wrong = all.filter(
    (i) =>
      layerOf(i.from) === 'estimator' && !(i.to?.startsWith('src/estimator/') && i.specifier.startsWith('.')),
  );
  expect(wrong.map(say)).toEqual([]);
});

test('a widget never imports another widget', () => {
  // The cell around every widget, and the question of a training step that several put.
  const shared = ['frame', 'step'];
  const widget = (path: string): string | undefined => /^src\/widgets\/([^/]+)\//.exec(path)?.[1];
  const wrong = all.filter((i) => {
    const from = widget(i.from);
    const to = i.to === null ? undefined : widget(i.to);
    return from !== undefined && to !== undefined && from !== to && !shared.includes(to);
  });
  expect(wrong.map(say)).toEqual([]);
});

test('what reaches the browser loads nothing meant for the build', () => {
  const client = all.filter(
    (i) => /\.tsx?$/.test(i.from) && !i.typeOnly && CLIENT.some((layer) => layerOf(i.from) === layer),
  );
  // The catalogue's own build-time doors, and the two files that make them, are not loaded by a browser.
  const wrong = client.filter(
    (i) =>
      !/^src\/catalog\/(?!index\.ts)/.test(i.from) &&
      BUILD_ONLY.some(({ pattern }) => pattern.test(i.specifier)),
  );
  expect(wrong.map(say)).toEqual([]);
});

test('source files end their relative imports with an extension, so that Node runs them as they are', () => {
  const wrong = all.filter(
    (i) =>
      i.specifier.startsWith('.') &&
      !i.specifier.includes('*') &&
      !i.specifier.endsWith('/') &&
      !/\.\w+(\?.*)?$/.test(i.specifier),
  );
  expect(wrong.map(say)).toEqual([]);
});

test('prose imports nothing', () => {
  const wrong = importsUnder('content').filter((i) => i.from.endsWith('.mdx'));
  expect(wrong.map(say)).toEqual([]);
});
