import type { Field } from './field-types.ts';
import { choice, numbers } from './options.ts';

/** What the cells on ZeRO ask beyond memory: a small step to walk through, a stage to watch, two ways to compare. */
export interface ZeroValues {
  /** Plain data parallelism or a ZeRO stage, in the small step. */
  holdStage: '0' | '1' | '2' | '3';
  holdRanks: number;
  holdLayers: '2' | '3' | '4';
  /** Which moment of it, from 0. */
  holdMoment: number;
  /** Which pipeline stage is watched through a step. */
  watchedStage: 'fullest' | 'first' | 'middle' | 'last';
  /** With which software ZeRO-3 and tensor parallelism are compared. */
  duelSoftware: '2021' | 'now';
}

export const zeroFields: { readonly [K in keyof ZeroValues]: Field } = {
  holdStage: choice('Scheme', 'hst', 'What GPUs with the same model share out between them.', [
    ['0', 'plain data parallel (DDP)'],
    ['1', 'ZeRO-1: optimizer state'],
    ['2', 'ZeRO-2: gradients too'],
    ['3', 'ZeRO-3: weights too'],
  ]),
  holdRanks: {
    kind: 'number',
    label: 'GPUs drawn',
    symbol: 'd',
    unit: 'count',
    min: 2,
    max: 8,
    why: 'between two and eight: more cannot be drawn',
    slider: [2, 8],
    scale: 'linear',
    integer: true,
    help: 'Replicas that share the state, in the drawing.',
    url: 'hrk',
  },
  holdLayers: choice('Layers drawn', 'hly', 'Layers of the model, in the drawing.', numbers(2, 3, 4)),
  holdMoment: {
    kind: 'number',
    label: 'Moment',
    unit: 'count',
    min: 0,
    max: 15,
    why: 'between 0, before the step, and 15, behind it',
    slider: [0, 15],
    scale: 'linear',
    integer: true,
    help: 'Where the step is: forward passes first, then backward passes, then the update. Fewer layers are done sooner.',
    url: 'hmo',
  },
  watchedStage: choice('Pipeline stage', 'hws', 'Which stage of the pipeline is watched through the step.', [
    ['fullest', 'the fullest'],
    ['first', 'the first'],
    ['middle', 'one in the middle'],
    ['last', 'the last'],
  ]),
  duelSoftware: choice(
    'Software',
    'hsw',
    'As measured in 2021, or as both are run now: gathers hidden behind layers, FlashAttention, interleaved stages.',
    [
      ['2021', 'DeepSpeed and Megatron-LM, 2021'],
      ['now', 'FSDP and Megatron Core, now'],
    ],
  ),
};

/** ZeRO-3 in the middle of the backward pass, where whole weights, local gradients and shards are all there to be seen. */
export const zeroDefaults = {
  holdStage: '3',
  holdRanks: 4,
  holdLayers: '3',
  holdMoment: 6,
  watchedStage: 'fullest',
  duelSoftware: '2021',
} as const satisfies ZeroValues;
