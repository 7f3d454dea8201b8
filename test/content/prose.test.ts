import { expect, test } from 'vitest';
import { bareNumbers, proseOf } from './prose.ts';

const texts = (source: string): string[] => bareNumbers(source).map(({ text }) => text);

test.each([
  ['takes 24 days on', '24 days'],
  ['a 24-day run', '24-day'],
  ['about 22.8 days.', '22.8 days'],
  ['at 312 TFLOP/s each', '312 TFLOP/s'],
  ['has 80 GB of memory', '80 GB'],
  ['has 80GiB of memory', '80GiB'],
  ['reaches 50% of peak', '50%'],
  ['reaches **50 %** of peak', '50 %'],
  ['on 1,024 GPUs', '1,024 GPUs'],
  ['reads 300 billion tokens', '300 billion'],
  ['the 175B one', '175B'],
  ['takes 3.15 × 10²³ FLOPs', '3.15 × 10²³ FLOPs'],
  ['every 13.75 s', '13.75 s'],
  ['waits 5 ms', '5 ms'],
  ['draws 400 W', '400 W'],
  ['costs \\$2 an hour', '$2'],
  ['costs $2 an hour', '$2'],
  ['in *96 layers*', '96 layers'],
  ['## In 24 days {#in-days}', '24 days'],
  ['- 8 GPUs', '8 GPUs'],
  ['on [8 GPUs](/hardware/)', '8 GPUs'],
  ['over\n80\nGB', '80 GB'],
  ['<Note>takes 24 days</Note>', '24 days'],
  ['<Exercise id="a">On 64 GPUs?<Answer>In 24 days.</Answer></Exercise>', '24 days'],
  ['---\ntitle: GPT-3 in 24 days\nminutes: 22\n---\n', '24 days'],
  ['---\ndescription: >-\n  It takes\n  24 days.\nnumber: 7\n---\n', '24 days'],
])('a typed number is found: %j', (source, expected) => {
  expect(texts(source)).toEqual([expected]);
});

test.each([
  'takes <Num of="days" /> on',
  'takes <Given cite="brown2020" where="Table 5, 13.75 s">13.75 s</Given> a step',
  'the flag `--seq-length 2048 tokens` and ``8 GPUs``',
  '```ts\nconst days = 24; // 24 days\n```',
  'the bound $T = 24\\text{ days}$ holds',
  '$$\n24\\text{ days}\n$$',
  '<Eq id="x" tex={String.raw`24\\text{ days} > 3`} label="24 days" />',
  '<Predict choices={[\'24 days\', "50%"]} answer={1} />',
  '{/* 24 days */}',
  '## Title {#in-24-days}',
  'see [the table](https://example.org/24-days/50%)',
  'Section 3 of 12, Table 5, equation 4, chapter 7, in 2021, GPT-3, Llama 3',
  'a factor of 3.9, from 1.2 to 1.5 times',
  'two GPUs, eight days, half of peak',
  'GPT-3 175B and Llama 3 70B, a 530B model, A100 80GB',
  'they promise “24 days” and "above 50%"',
  '<Talk row="T9">takes about 24 days</Talk>',
  '<Exercise id="a" title="b">On 64 GPUs in 24 days?<Answer>In two.</Answer></Exercise>',
  'layers of width 20,480, sequences of 2,048 and steps',
  'FP16 and BF16, A800-80GB-like names, H100',
  '---\ntitle: Training time\nminutes: 22\npreset: talk\nupdated: 2026-11-23\n---\n',
])('what is not a typed number is left alone: %j', (source) => {
  expect(texts(source)).toEqual([]);
});

test('a number is reported with its line', () => {
  expect(bareNumbers('---\nnumber: 1\n---\n\nfirst\nthen 24 days')).toEqual([
    { text: '24 days', line: 6, context: 'then 24 days' },
  ]);
});

test('what is blanked out keeps its place', () => {
  const source = 'a `b` $c$ <D e={`>`}>f</D> {g}\n24 days';
  expect(proseOf(source)).toHaveLength(source.length);
  expect(proseOf(source)).toContain('f');
  expect(proseOf(source)).not.toMatch(/[bceg]/);
});
