import { describe, expect, test } from 'vitest';
import { formatQuantity } from '#format';
import { resolvePreset } from '#scenario';
import { facts } from '../../content/chapters/zero/facts.ts';
import { layerOf, sum, unit } from '../../content/chapters/zero/facts/activations.ts';
import { crowded } from '../../content/chapters/zero/facts/choice.ts';
import { memory, SAVINGS, type Fact } from '../../content/chapters/zero/facts/shared.ts';

const talk = resolvePreset('talk');
const quantity = (key: keyof typeof facts) => {
  const fact: Fact = facts[key];
  return fact(talk);
};

test.each([
  ['state of 12Lh² parameters on 64 GPUs (Korthikanti 2022, figure 1)', 'layersState', '45.5625 GiB'],
  ['activations without sequence parallelism (the same)', 'layersWhole', '66.84375 GiB'],
  ['with it and selective recomputation (the same)', 'layersSelective', '12.3515625 GiB'],
  ['with sequence parallelism alone', 'layersSplit', '41.41406 GiB'],
  ['175B over 128 GPUs at 18 bytes', 'mineWhole', '24.6 GB'],
  ['the same at 6 + 12/8 bytes', 'mineShared', '10.25 GB'],
  ['175B over 1,024 GPUs at 16 bytes', 'allShared', '2.73 GB'],
  ['DeepSpeed’s stage-3 estimate (issue 4527)', 'issueTotal', '29.01 GiB'],
  ['what the playbook’s calculator should return (survey: 216)', 'bugTrue', '216 GB'],
  ['its state of 405B whatever the TP (survey: 6,529)', 'bugState', '6,529 GB'],
  ['Accelerate’s float16 row, bytes a parameter', 'namedEach', '8'],
  ['GPT-3 at 16 bytes', 'state16', '2.8 TB'],
  ['GPT-3 at 18 bytes', 'state18', '3.15 TB'],
  ['GPT-3 at 20 bytes', 'state20', '3.5 TB'],
  ['5as/h of GPT-3 (Korthikanti 2022)', 'scoresTimes', '80'],
  ['44 of 141 teraFLOP/s (Narayanan 2021, table 2)', 'measuredShare', '31%'],
] as const)('%s is stated as printed or worked', (_, key, expected) => {
  expect(formatQuantity(quantity(key))).toBe(expected);
});

test('all runs of nanotron that nearly filled their card took long, the others what was predicted', () => {
  expect(quantity('crowdedRuns').value).toBeGreaterThan(10);
  expect(quantity('crowdedTime').value).toBeGreaterThan(4);
  // What the memory tank says of every one of them.
  expect(Math.min(...crowded)).toBeGreaterThan(2);
  expect(Math.abs(quantity('roomyTime').value - 1)).toBeLessThan(0.1);
});

describe('one layer', () => {
  test.each([
    ['tensor parallel, sbh(10 + 24/t + 5as/ht)', { stepSequence: 'whole' }, 10 + 24 / 8 + 80 / 8],
    ['and sequence parallel, sbh(34 + 5as/h)/t', {}, (34 + 80) / 8],
    ['on one GPU', { stepTensor: '1' }, 34 + 80],
  ] as const)('%s', (_, patch, times) => {
    expect(sum(layerOf(talk, patch)) / unit(talk)).toBeCloseTo(times, 12);
  });
});

test('each saving of the figure needs less memory than the one before, and the last is the recipe', () => {
  const totals = SAVINGS.map(({ patch }) => memory(talk, patch).total);
  expect(totals).toEqual([...totals].sort((a, b) => b - a));
  expect(totals[0]).toBeGreaterThan(talk.cluster.gpu.memory);
  expect(totals.at(-1)).toBe(memory(talk).total);
});

test('what the text says of signs and sides holds', () => {
  const value = (key: keyof typeof facts): number => quantity(key).value;
  // Stage 3 in a pipeline needs more than stage 1; two stages and FSDP are too large for sixteen H100, TP is not.
  expect(value('stage3Total')).toBeGreaterThan(value('recipeTotal'));
  expect(value('llamaTotal')).toBeGreaterThan(value('llamaCard'));
  expect(value('llamaStagedKept')).toBeGreaterThan(value('llamaCard'));
  expect(value('llamaStaged')).toBeLessThan(value('llamaCard'));
  expect(value('llamaFour')).toBeLessThan(value('llamaCard'));
  // “All but the last fill more than nine tenths of the card.”
  for (const key of ['llamaDouble', 'llamaFour', 'llamaInNode'] as const)
    expect(value(key)).toBeGreaterThan(0.9 * value('llamaCard'));
  expect(value('llamaStaged')).toBeLessThan(0.9 * value('llamaCard'));
  expect(value('llamaInNode')).toBeLessThan(value('llamaCard'));
  expect(value('llamaDouble')).toBeLessThan(value('llamaCard'));
  // Twice the GPUs, the same step; and FlashAttention keeps what selective recomputation keeps, to a hundredth.
  expect(value('zeroStep1536')).toBe(value('zeroStep768'));
  expect(value('fusedActivations') / value('recipeActivations')).toBeCloseTo(1, 2);
  expect(value('shardedAgain')).toBeGreaterThan(value('shardedWait'));
  expect(value('bugTrue')).toBeLessThan(value('bugWhole'));
});
