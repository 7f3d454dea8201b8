import { expect, test } from 'vitest';
import { scanMdx, type Scanned } from '../../../src/markdown/scan.ts';

const names = (source: string): string[] =>
  scanMdx(source).map((item) => (item.type === 'tag' ? item.name : `#${item.id}`));

test('components are found in reading order, with their plain attributes', () => {
  const found = scanMdx('Text <Num of="days" /> and <Cite id="kaplan2020" where="section 2.1" />.');
  expect(found).toEqual<Scanned[]>([
    { type: 'tag', name: 'Num', attributes: { of: 'days' }, line: 1 },
    { type: 'tag', name: 'Cite', attributes: { id: 'kaplan2020', where: 'section 2.1' }, line: 1 },
  ]);
});

test('headings give their depth, their words without markup, and their id', () => {
  expect(scanMdx('## The *quotient*, `6ND` {#the-quotient}\n\n### Bare')).toEqual<Scanned[]>([
    { type: 'heading', depth: 2, title: 'The quotient, 6ND', id: 'the-quotient', line: 1 },
    { type: 'heading', depth: 3, title: 'Bare', id: null, line: 3 },
  ]);
});

test('TeX in a template literal, with braces and a closing bracket in it, does not end the tag', () => {
  const source =
    'Before\n<Eq\n  id="a"\n  tex={String.raw`x > \\frac{1}{2} \\} "`}\n/>\n<Eq id="b" tree="sixNd" />';
  expect(names(source)).toEqual(['Eq', 'Eq']);
  expect(scanMdx(source)[0]).toMatchObject({ attributes: { id: 'a' }, line: 2 });
});

test('attributes may span lines, be bare, or be expressions with strings in them', () => {
  const [tag] = scanMdx(`<Predict\n  id="p"\n  hero\n  choices={['a > b', "it's", \`{\`]}\n  answer={1}\n>`);
  expect(tag).toMatchObject({
    name: 'Predict',
    attributes: { id: 'p', hero: '', choices: `{['a > b', "it's", \`{\`]}`, answer: '{1}' },
  });
});

test('code, fences, comments, expressions and escapes are not components', () => {
  const source = [
    'A `<Eq id="code" />` and ``<Eq id="`two`" />``.',
    '```mdx\n<Eq id="fence" />\n## Not a heading {#no}\n```',
    '~~~\n<Eq id="tilde" />\n~~~',
    '{/* <Eq id="comment" /> */}',
    '{"<Eq />"}',
    '\\<Eq id="escaped" />',
    '<Eq id="real" />',
  ].join('\n\n');
  expect(names(source)).toEqual(['Eq']);
});

test('a comparison in a formula is not a component', () => {
  expect(names('$a<Eq$ and $$\nx <Eq id="no"/>\n$$ then <Num of="yes" />')).toEqual(['Num']);
});

test('a lonely dollar or backtick is text', () => {
  expect(names('It costs $2 <Num of="a" />\n\nand a ` <Num of="b" />')).toEqual(['Num', 'Num']);
});

test('children and nested components are found too', () => {
  expect(names('<Exercise id="e">\nHow?\n<Answer>\n<Num of="n" />\n</Answer>\n</Exercise>')).toEqual([
    'Exercise',
    'Answer',
    'Num',
  ]);
});

test('a tag that never closes is named with its line', () => {
  expect(() => scanMdx('ok\n\n<Eq id="a"')).toThrow('Line 3: <Eq> is never closed.');
});
