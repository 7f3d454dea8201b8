import { describe, expect, test } from 'vitest';
import {
  countParameters,
  evenStateShare,
  LEVER_VALUES,
  memoryPerGpu,
  smallestChange,
  type FrameworkFamily,
} from '#estimator';
import { training } from '../scenarios.ts';
import { GPT3, LLAMA3_8B } from '../shapes.ts';

describe('where stages alone would help', () => {
  /** Llama 3 8B on GPUs of so many bytes that may take stages and nothing else. */
  const staged = (
    framework: FrameworkFamily,
    zeroStage: 0 | 1 | 2 | 3,
    memory: number,
    pipelineParallel: 1 | 2 = 1,
  ) => {
    const made = training({
      model: LLAMA3_8B,
      framework,
      dp: 16 / pipelineParallel,
      passes: 4 * pipelineParallel,
      recompute: 'full',
      fusedAttention: true,
      parallelism: { zeroStage, pipelineParallel },
    });
    const scenario = { ...made, cluster: { ...made.cluster, gpu: { ...made.cluster.gpu, memory } } };
    return smallestChange(scenario, {
      ...LEVER_VALUES,
      tensorParallel: [],
      contextParallel: [],
      pipelineParallel: [1, 2, 4],
      gpus: 0,
    });
  };

  const stages = (to: number) => [{ path: 'pipelineParallel', from: 1, to }];

  test('DeepSpeed takes none beside gradients shared out, others do', () => {
    expect(staged('deepspeed', 2, 31e9)).toBeNull();
    expect(staged('megatron-2022', 2, 31e9)?.changes).toEqual(stages(4));
  });

  test('DeepSpeed takes them beside the optimizer alone, rather than share out the weights, which is slower', () => {
    expect(staged('deepspeed', 1, 35e9)?.changes).toEqual(stages(4));
    expect(staged('deepspeed', 2, 35e9)?.changes).toEqual([{ path: 'zeroStage', from: 2, to: 3 }]);
  });

  test('a pipeline that DeepSpeed would refuse is left as it is where it fits', () => {
    expect(staged('deepspeed', 2, 40e9, 2)?.changes).toEqual([]);
  });

  test('sharing the optimizer brings the rules of another library, and its memory', () => {
    const answer = staged('megatron-2022', 0, 42e9)!;
    expect(answer.changes).toEqual([{ path: 'zeroStage', from: 0, to: 1 }, ...stages(2)]);
    expect(answer.after).toBe(memoryPerGpu(answer.scenario).total);
  });

  test('what fills the memory to its last byte fits', () => {
    const { after } = staged('deepspeed', 1, 35e9)!;
    expect(staged('deepspeed', 1, after)?.changes).toEqual(stages(4));
    expect(staged('deepspeed', 1, after - 1)?.changes).not.toEqual(stages(4));
  });
});

test('an even share of the state is all of it over the GPUs, 18 bytes a parameter in Megatron’s way', () => {
  const made = training({ dp: 8 });
  expect(evenStateShare(made)).toBe((18 * countParameters(GPT3).total) / 8);
});
