import { expect, test } from 'vitest';
import { indexPage, resolveRef } from '../../../src/markdown/numbering.ts';

const cells = { TimeToTrain: 'time-to-train' };
const body = `
## The quotient {#the-quotient}
<Eq id="quotient" /> <Figure id="bar" title="Bars"></Figure> <Eq id="six" />
<TimeToTrain hero />
<Cite id="kaplan2020" where="section 2.1" /> <Given cite="kaplan2020" where="Table 1">6</Given> <Cite id="brown2020" />
<Term id="mfu">MFU</Term> <Term id="mfu">MFU</Term> <Num of="days" /> <Num of="days" />
<Exercise id="gpus" title="A month"></Exercise> <SpotTheBug id="nemo" title="A table"></SpotTheBug>
<Derivation id="why" title="Why six"></Derivation>
`;

test('each kind counts from one within its chapter', () => {
  const { targets } = indexPage(body, 7, cells);
  const numbers = [...targets].map(([key, { number, htmlId }]) => [key, number, htmlId]);
  expect(numbers).toEqual([
    ['sec:the-quotient', null, 'the-quotient'],
    ['eq:quotient', '7.1', 'eq-quotient'],
    ['fig:bar', '7.1', 'fig-bar'],
    ['eq:six', '7.2', 'eq-six'],
    ['calc:time-to-train', '7.1', 'calc-time-to-train'],
    ['ex:gpus', '7.1', 'ex-gpus'],
    ['bug:nemo', '7.1', 'bug-nemo'],
    ['derivation:why', null, 'derivation-why'],
  ]);
});

test('labels read as prose refers to them', () => {
  const { targets } = indexPage(body, 7, cells);
  expect(targets.get('eq:six')?.label).toBe('Eq.\u00a07.2');
  expect(targets.get('calc:time-to-train')?.label).toBe('Calc\u00a07.1');
  expect(targets.get('sec:the-quotient')?.label).toBe('The quotient');
});

test('a page outside the count has bare numbers', () => {
  expect(indexPage(body, null, cells).targets.get('eq:six')?.number).toBe('2');
});

test('citations are counted per source, in order, with the place they mean', () => {
  expect(indexPage(body, 7, cells).citations).toEqual([
    { key: 'kaplan2020', n: 1, where: 'section 2.1' },
    { key: 'kaplan2020', n: 2, where: 'Table 1' },
    { key: 'brown2020', n: 1, where: null },
  ]);
});

test('terms and numbers are listed once', () => {
  const { terms, numbers } = indexPage(body, 7, cells);
  expect(terms).toEqual(['mfu']);
  expect(numbers).toEqual(['days']);
});

test('an id used twice for one kind throws with its line; the same id for two kinds is fine', () => {
  expect(() => indexPage('<Eq id="a" />\n<Eq id="a" />', 7, cells)).toThrow(
    'Line 2: "eq:a" is already taken',
  );
  expect(() => indexPage('<Eq id="a" />\n<Figure id="a" title="A">', 7, cells)).not.toThrow();
});

test('an id that is missing, computed or not plain throws', () => {
  expect(() => indexPage('<Eq tree="sixNd" />', 7, cells)).toThrow('<Eq> needs an id');
  expect(() => indexPage('<Eq id={name} />', 7, cells)).toThrow('<Eq> needs an id');
  expect(() => indexPage('<Exercise id="A B" />', 7, cells)).toThrow('<Exercise> needs an id');
});

const indexes = new Map([
  ['training-time', indexPage(body, 7, cells)],
  ['estimating', indexPage('<Eq id="work" />', 1, cells)],
]);

test('a reference finds its target on the same page and in another chapter', () => {
  expect(resolveRef('eq:six', 'training-time', indexes)).toMatchObject({
    chapter: null,
    target: { number: '7.2' },
  });
  expect(resolveRef('training-time/eq:six', 'estimating', indexes)).toMatchObject({
    chapter: 'training-time',
    target: { htmlId: 'eq-six', label: 'Eq.\u00a07.2' },
  });
});

test('an unknown target throws a sentence that lists what there is', () => {
  expect(() => resolveRef('eq:none', 'estimating', indexes)).toThrow(
    '<Ref to="eq:none"> on estimating: no "eq:none" in "estimating". There are: eq:work.',
  );
  expect(() => resolveRef('zero/eq:a', 'estimating', indexes)).toThrow('there is no chapter "zero"');
});
