import { expect, test } from 'vitest';
import { resolvePreset } from '#scenario';
import { facts } from '../../content/chapters/infiniband/facts.ts';

const talk = resolvePreset('talk');
const value = (key: keyof typeof facts): number => facts[key](talk).value;

test('NVIDIA’s step of the 175B model on A100 is met to 5%, with the split of its page (nvidia-nemo-launcher-2023)', () => {
  expect(value('nemoPredicted') / value('nemoStep')).toBeGreaterThan(0.95);
  expect(value('nemoPredicted') / value('nemoStep')).toBeLessThan(1.05);
});

test('what the figure’s title says: an eighteenth of the bytes, and under half of the time at line rate', () => {
  expect(Math.round(value('tensorOverNetwork'))).toBe(18);
  expect(value('networkBytes') / value('hdrPort')).toBeLessThan(
    value('tensorBytes') / value('nvlinkA800') / 2,
  );
});

test('with scattered gradients a shared optimizer sends what one all-reduce sends, and HDR waits for little more', () => {
  expect(value('gradientBytes')).toBe(value('weightBytes'));
  expect(value('waitSeconds') / value('wireSeconds')).toBeGreaterThan(1);
  expect(value('waitSeconds') / value('wireSeconds')).toBeLessThan(1.25);
});
