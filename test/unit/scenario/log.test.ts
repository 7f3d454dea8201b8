import { describe, expect, test } from 'vitest';
import { readLog } from '#scenario/log.ts';

const ESC = String.fromCharCode(27);

describe('a line as the framework prints it gives the speed', () => {
  test.each([
    [
      'Megatron-LM',
      ' iteration      100/   75000 | consumed samples:       204800 | elapsed time per iteration (ms): 27648.0 | learning rate: 6.000E-05 | global batch size:  2048 | lm loss: 6.1E+00 | loss scale: 1.0 |',
      { kind: 'step', value: 27.648, perGpu: false, globalBatch: 2048 },
    ],
    [
      'NeMo',
      'Epoch 0: : 12%|█▏ | 120/1000 [55:16<6:45:21, v_num=, reduced_train_loss=6.10, global_step=119.0, consumed_samples=245760.0, train_step_timing in s=27.60]',
      { kind: 'step', value: 27.6, perGpu: false, globalBatch: null },
    ],
    [
      'nanotron',
      '[INFO|DP=0]: iteration: 10 / 100 | consumed_tokens: 21M | elapsed_time_per_iteration_ms: 1.5K | tokens_per_sec: 1.39M | tokens_per_sec_per_gpu: 21.6K | global_batch_size: 1.02K | lm_loss: 7.2',
      { kind: 'throughput', value: 21_600, perGpu: true, globalBatch: 1020 },
    ],
    [
      'torchtitan',
      '[titan] INFO - step: 10  loss:  7.1234  grad_norm:  2.1  memory: 47.24GiB(59.7%)  tps: 5,762  mfu: 33.40%',
      { kind: 'throughput', value: 5762, perGpu: true, globalBatch: null },
    ],
    [
      'torchtitan',
      `${ESC}[31mstep: 10  ${ESC}[32mloss: 7.1234  ${ESC}[34mtps: 5,762  ${ESC}[36mtflops: 300.10  ${ESC}[35mmfu: 30.34%${ESC}[39m`,
      { kind: 'throughput', value: 5762, perGpu: true, globalBatch: null },
    ],
    [
      'llm-foundry',
      '\t Train throughput/device/tokens_per_sec: 2849.5012',
      { kind: 'throughput', value: 2849.5012, perGpu: true, globalBatch: null },
    ],
    [
      'llm-foundry',
      '\t Train throughput/tokens_per_sec: 364736.1',
      { kind: 'throughput', value: 364_736.1, perGpu: false, globalBatch: null },
    ],
    [
      'Hugging Face Trainer',
      "{'train_runtime': 812.1, 'train_samples_per_second': 12.3, 'train_steps_per_second': 0.385, 'train_tokens_per_second': 25214.7, 'train_loss': 2.1, 'epoch': 1.0}",
      { kind: 'throughput', value: 25_214.7, perGpu: false, globalBatch: null },
    ],
    ['', '144 tokens/s/GPU', { kind: 'throughput', value: 144, perGpu: true, globalBatch: null }],
    ['', 'about 1.5M tok/s now', { kind: 'throughput', value: 1.5e6, perGpu: false, globalBatch: null }],
    ['', 'step 12: 27,648 ms', { kind: 'step', value: 27.648, perGpu: false, globalBatch: null }],
    ['', '27.6s/it', { kind: 'step', value: 27.6, perGpu: false, globalBatch: null }],
  ])('%s: %s', (by, line, reading) => {
    const read = readLog(line);
    expect(read).toMatchObject({
      ...reading,
      by,
      lines: 1,
      value: expect.closeTo(reading.value, 9) as number,
    });
  });
});

test('many lines give the median, so that a slow first step and one with a checkpoint count for nothing', () => {
  const line = (ms: number, batch: number): string =>
    `iteration 1/10 | elapsed time per iteration (ms): ${ms} | global batch size: ${batch} |`;
  const odd = [line(90_000, 2048), line(27_600, 2048), line(27_700, 2048)].join('\r\n');
  expect(readLog(odd)).toMatchObject({ value: 27.7, lines: 3, globalBatch: 2048 });
  expect(readLog(`${odd}\nsaving checkpoint\n${line(27_500, 1024)}`)).toMatchObject({
    value: 27.65,
    lines: 4,
  });
});

test('of several formats in one log the most telling is read', () => {
  expect(readLog('took 3 s\ntps: 5,762\n144 tokens/s')).toMatchObject({
    by: 'torchtitan',
    value: 5762,
    lines: 1,
  });
});

test.each(['', 'hello', 'loss: 2.31', 'tps: none', '0 tokens/s', '12 steps', 'tps: 1e999', '{"loss": 3}'])(
  'no speed is read from “%s”',
  (text) => {
    expect(readLog(text)).toBeNull();
  },
);
