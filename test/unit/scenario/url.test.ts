import { describe, expect, test } from 'vitest';
import { decodePatch, encodePatch, LINK_VERSION } from '#scenario';

describe('a link', () => {
  test('starts with its version and follows the order of the fields, whatever was changed first', () => {
    expect(encodePatch({ gpus: 2048, model: 'llama3-70b' })).toBe(`?v=${LINK_VERSION}&m=llama3-70b&n=2048`);
  });

  test.each([
    [{ tokens: 15e12 }, '?v=1&D=15000000000000', '?v=1&D=1.5e13'],
    [{ efficiency: 0.4 }, '?v=1&e=0.4', '?v=1&e=0.4'],
    [{ gpus: 1024 }, '?v=1&n=1.024e3', '?v=1&n=1024'],
  ])('writes %o in the shorter way and reads the longer', (patch, long, short) => {
    expect(encodePatch(patch)).toBe(short);
    expect(decodePatch(long).patch).toEqual(patch);
  });

  test('without a version is read as one of this version', () => {
    expect(decodePatch('?n=2048')).toEqual({ patch: { gpus: 2048 }, dropped: [] });
  });

  test('of another version is not guessed at', () => {
    expect(decodePatch('?v=2&n=2048')).toEqual({
      patch: {},
      dropped: [`The link is of version “2”; this page reads version ${LINK_VERSION}.`],
    });
  });
});

describe('what a link holds beside', () => {
  test('is named when it looks like ours and is not', () => {
    const { patch, dropped } = decodePatch('?n=2048&zz=1&__proto__=2&constructor=3');
    expect(patch).toEqual({ gpus: 2048 });
    expect(dropped).toEqual([
      '“zz” is not a field of this page.',
      '“__proto__” is not a field of this page.',
      '“constructor” is not a field of this page.',
    ]);
  });

  test.each([
    'utm_source=a',
    'utm_campaign=b',
    'fbclid=c',
    'gclid=d',
    'ref=e',
    'source=f',
    'pagefind-highlight=g',
  ])('is ignored in silence when others append it: %s', (pair) => {
    expect(decodePatch(`?${pair}&n=2048`)).toEqual({ patch: { gpus: 2048 }, dropped: [] });
  });

  test.each([
    ['n=0', /^GPUs: 0 is out of range\. It must be between one and a hundred million\.$/],
    ['n=1.5', /^GPUs: 1\.5 is not a whole number\.$/],
    ['n=', /^GPUs: that is not a number\.$/],
    ['n=%20', /^GPUs: that is not a number\.$/],
    ['n=many', /^GPUs: that is not a number\.$/],
    ['n=1e999', /^GPUs: that is not a number\.$/],
    ['e=1.01', /^Efficiency: 101% is out of range/],
    ['m=gpt-9', /^Model: “gpt-9” is not one of the choices\.$/],
    ['p=int8', /^Format: “int8” is not one of the choices\.$/],
    ['ms=l2', /^Paste config\.json: that is not a model shape\.$/],
    ['lg=tps', /^Paste lines from a log: a log is not kept in a link\.$/],
  ])('is dropped with a reason when the value cannot stand: %s', (pair, reason) => {
    const { patch, dropped } = decodePatch(`?${pair}&D=1e12`);
    expect(patch).toEqual({ tokens: 1e12 });
    expect(dropped).toEqual([expect.stringMatching(reason)]);
  });

  test('is quoted in part, however long it is', () => {
    const { dropped } = decodePatch(`?${'k'.repeat(500)}=1&m=${'x'.repeat(500)}&v=${'9'.repeat(3)}`);
    expect(dropped.join('').length).toBeLessThan(120);
    const long = decodePatch(`?${'k'.repeat(500)}=1&m=${'x'.repeat(500)}`).dropped;
    expect(long.map((sentence) => sentence.length < 80)).toEqual([true, true]);
  });
});
