import { expect, test } from 'vitest';
import { all, citation, get, keys } from '#catalog/bibliography.ts';

test('a paper is labelled by its first author and year', () => {
  expect(citation('korthikanti2022').label).toBe('Korthikanti 2022');
  expect(citation('nvidia-a100-whitepaper-2020').label).toBe('NVIDIA A100 whitepaper');
});

test('a reference ends in its link', () => {
  const { html, text, url } = citation('narayanan2021');
  expect(html).toMatch(/<a href="(https:\/\/doi\.org\/10\.1145\/3458817\.3476209)">\1<\/a>$/);
  expect(text).toContain('Narayanan, D., Shoeybi, M.');
  expect(url).toBe('https://doi.org/10.1145/3458817.3476209');
});

test('authors that were left out are "et al." in the reference and "others" in BibTeX', () => {
  const { bibtex, text } = citation('grattafiori2024');
  expect(text).toContain('Vaughan, A., et al. (2024)');
  expect(bibtex).toContain('and Vaughan, Alex and others}');
});

test('BibTeX keeps the key, the arXiv number and Chinese', () => {
  expect(citation('brown2020').bibtex).toMatch(/^@inproceedings\{brown2020,\n/);
  expect(citation('brown2020').bibtex).toContain('eprint = {2005.14165},\n\tarchiveprefix = {arXiv},\n}');
  expect(citation('xu2023talk').bibtex).toContain('全栈赋能');
});

test('how a source was read is part of its reference', () => {
  expect(citation('nvidia-h100-whitepaper-2022').html).toContain('Read through public transcriptions.');
});

test('labels tell every two sources apart', () => {
  const labels = all().map(({ label }) => label);
  expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
});

test('every record formats: no empty part, no "undefined", BibTeX braces balance', () => {
  for (const { key, html, text, bibtex } of all()) {
    expect(`${html}${text}${bibtex}`, key).not.toMatch(/undefined|\(\)|\[object|<div/);
    expect(bibtex.split('{').length, key).toBe(bibtex.split('}').length);
  }
  expect(all()).toHaveLength(keys().length);
});

test('an unknown key is undefined to ask for and an error to need', () => {
  expect(get('nobody1999')).toBeUndefined();
  expect(() => citation('nobody1999')).toThrow('nobody1999');
});
