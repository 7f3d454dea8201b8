import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMeasured } from '#catalog/measured.ts';
import { parseGpu, parseModel, parseNode } from '#catalog/schema.ts';

const read = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`content/data/${path}.json`, 'utf8')) as Record<string, unknown>;

test('a GPU without a source is refused, by file and field', () => {
  const gpu = { ...read('gpus/a800-sxm4-80gb'), power: { value: 400, where: 'somewhere' } };
  expect(() => parseGpu('a800.json', gpu)).toThrow(/a800\.json[\s\S]*power\.source/);
});

test('a bare number is refused', () => {
  expect(() => parseGpu('a800.json', { ...read('gpus/a800-sxm4-80gb'), power: 400 })).toThrow(/power/);
});

test('a field that the schema does not know is refused', () => {
  expect(() => parseModel('m.json', { ...read('models/gpt3-175b'), colour: 'red' })).toThrow(/colour/);
});

test('a server without its NICs is refused', () => {
  const { networkBandwidth: _nics, ...node } = read('nodes/dgx-h100');
  expect(() => parseNode('n.json', node)).toThrow(/n\.json[\s\S]*networkBandwidth/);
});

test('a measured curve needs a time for every size', () => {
  const file = read('measured/collectives/nccl');
  expect(() => parseMeasured('m.json', { ...file, bytes: [1024] })).toThrow(
    /m\.json[\s\S]*one time for every size/,
  );
});
