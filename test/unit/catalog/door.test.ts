import { expect, test } from 'vitest';
import { gpuById, gpus, modelById, models } from '#catalog';
import { nodeById, nodes } from '#catalog/nodes.ts';

test('the talk’s GPU and model are plain numbers', () => {
  expect(gpuById('a800-sxm4-80gb').peak.fp16).toBe(312e12);
  expect(gpuById('a800-sxm4-80gb').nvlinkBandwidth).toBe(200e9);
  expect(modelById('gpt3-175b')).toMatchObject({ parameters: 175e9, shape: { layers: 96, vocab: 51200 } });
});

test('no source reaches the browser', () => {
  expect(JSON.stringify({ gpus, models, nodes })).not.toMatch(/source|where|note|confirmed/);
});

test('an unknown id names itself', () => {
  expect(() => gpuById('a900')).toThrow('a900');
  expect(() => nodeById('dgx-z')).toThrow('dgx-z');
});
