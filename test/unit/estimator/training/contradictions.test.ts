import { describe, expect, test } from 'vitest';
import { checkScenario, type Parallelism, type TrainingScenario } from '#estimator';
import { training } from '../scenarios.ts';
import { DEEPSEEK_V3, gpt, LLAMA3_8B, MIXTRAL } from '../shapes.ts';

type Over = Parameters<typeof training>[0];

/** Path, and code or nearest legal values, of every issue. */
const found = (scenario: TrainingScenario) =>
  checkScenario(scenario).map(({ path, code, nearest }) => [path, nearest ?? code]);

const model = gpt(24, 1024, 16, { sequence: 1024 });

/** So many GPUs and sequences that no small degree fails to divide them: what is refused is refused by the model. */
const ROOM = 2 ** 6 * 3 * 5 * 7 * 11 * 13;
function roomy(over: Over): TrainingScenario {
  const scenario = training({ model, ...over });
  return { ...scenario, cluster: { ...scenario.cluster, gpus: ROOM }, globalBatch: ROOM };
}
const split = (parallelism: Partial<Parallelism>, over: Over = {}) => roomy({ parallelism, ...over });

describe('tensor and context parallelism', () => {
  test('divide heads: 4 or 8 of 16, not 5', () => {
    expect(found(split({ tensorParallel: 5 }))).toEqual([['tensorParallel', [4, 8]]]);
    const [issue] = checkScenario(split({ tensorParallel: 5 }));
    expect(issue).toMatchObject({ code: 'inconsistent', limit: 4 });
    expect(issue!.message).toBe('tensorParallel must divide the 16 attention heads evenly: 4 or 8, not 5.');
  });

  test('suggest only what the MLP, the key heads and the sequence allow as well', () => {
    const odd = gpt(24, 1152, 12, { ffn: 64, sequence: 1024 });
    expect(found(roomy({ model: odd, parallelism: { tensorParallel: 3 } }))).toEqual([
      ['tensorParallel', [2, 4]],
    ]);
    expect(found(roomy({ model: odd, parallelism: { tensorParallel: 12 } }))).toEqual([
      ['tensorParallel', [4]],
    ]);
    const short = { ...model, sequence: 6 };
    const sequence = { tensorParallel: 4, sequenceParallel: true };
    expect(found(roomy({ model: short, parallelism: sequence }))).toEqual([['tensorParallel', [2]]]);
    expect(found(roomy({ model: short, parallelism: { ...sequence, sequenceParallel: false } }))).toEqual([]);
  });

  test('share key heads evenly, either way', () => {
    const six = { ...LLAMA3_8B, heads: 24, kvHeads: 6, ffn: 24 * 512 };
    const at = (tensorParallel: number) => found(roomy({ model: six, parallelism: { tensorParallel } }));
    expect(at(3)).toEqual([]);
    expect(at(12)).toEqual([]);
    expect(at(4)).toEqual([['tensorParallel', [3, 6]]]);
    expect(at(8)).toEqual([['tensorParallel', [6, 12]]]);
    const latent = { ...six, mla: DEEPSEEK_V3.mla! };
    expect(found(roomy({ model: latent, parallelism: { tensorParallel: 8 } }))).toEqual([]);
  });

  test('divide the sequence', () => {
    expect(found(split({ contextParallel: 3 }))).toEqual([['contextParallel', [2, 4]]]);
    expect(found(split({ contextParallel: 3, tensorParallel: 4, sequenceParallel: true }))).toEqual([
      ['contextParallel', [2, 4]],
    ]);
    const ring = { contextParallel: 16, tensorParallel: 4, sequenceParallel: true };
    expect(found(split(ring, { model: { ...model, sequence: 32 } }))).toEqual([['tensorParallel', [2]]]);
  });
});

describe('stages', () => {
  const even = { framework: 'megatron-2021' } as const;

  test('may be uneven by the embedding, the logits, or both', () => {
    for (const layers of [24, 23, 22])
      expect(
        found(roomy({ ...even, model: { ...model, layers }, parallelism: { pipelineParallel: 8 } })),
      ).toEqual([]);
    expect(
      found(roomy({ ...even, model: { ...model, layers: 21 }, parallelism: { pipelineParallel: 8 } })),
    ).toEqual([['pipelineParallel', [7, 11]]]);
  });

  test('may be uneven in any way where a framework balances them', () => {
    for (const framework of ['megatron-core', 'fsdp', 'deepspeed', 'nanotron'] as const)
      expect(
        found(roomy({ framework, model: { ...model, layers: 21 }, parallelism: { pipelineParallel: 8 } })),
      ).toEqual([]);
    expect(
      found(
        roomy({
          framework: 'megatron-2022',
          model: { ...model, layers: 21 },
          parallelism: { pipelineParallel: 8 },
        }),
      ),
    ).toHaveLength(1);
  });

  test('have a layer each at least', () => {
    const core = { framework: 'megatron-core', model } as const;
    const [path, nearest] = found(roomy({ ...core, parallelism: { pipelineParallel: 48 } }))[0]!;
    expect(path).toBe('pipelineParallel');
    expect(nearest).toEqual([26]);
    expect(found(roomy({ ...core, parallelism: { pipelineParallel: 8, virtualPipeline: 4 } }))).toEqual([
      ['virtualPipeline', [3]],
    ]);
  });

  test('are cut into chunks evenly', () => {
    expect(found(split({ pipelineParallel: 4, virtualPipeline: 5 }, even))).toEqual([
      ['virtualPipeline', [3, 6]],
    ]);
    expect(found(split({ pipelineParallel: 5, virtualPipeline: 3 }, even))).toEqual([
      ['pipelineParallel', [4, 8]],
    ]);
    expect(checkScenario(split({ pipelineParallel: 5, virtualPipeline: 3 }, even))[0]!.message).toBe(
      'pipelineParallel must divide the 24 layers in 3 chunks a stage evenly: 4 or 8, not 5.',
    );
  });

  test('interleave only with other stages and in the schedule of that name', () => {
    expect(found(split({ virtualPipeline: 2 }))).toEqual([['virtualPipeline', [1]]]);
    expect(found(split({ pipelineParallel: 4, virtualPipeline: 2 }, { schedule: '1f1b' }))).toEqual([
      ['virtualPipeline', [1]],
    ]);
    expect(found(split({ pipelineParallel: 4, virtualPipeline: 2 }))).toEqual([]);
  });

  test('interleave micro-batches in whole groups in Megatron-LM, as many as stages since Core, any in PyTorch', () => {
    const over = (framework: TrainingScenario['framework'], microBatches: number) => {
      const parallelism = { pipelineParallel: 4, virtualPipeline: 2 };
      return found(training({ model, framework, parallelism, passes: microBatches }));
    };
    const refused = [['virtualPipeline', [1]]];
    for (const framework of ['megatron-2021', 'megatron-2022'] as const) {
      expect(over(framework, 8)).toEqual([]);
      for (const few of [3, 6]) expect(over(framework, few)).toEqual(refused);
    }
    for (const framework of ['megatron-core', 'deepspeed', 'nanotron'] as const) {
      for (const enough of [4, 6]) expect(over(framework, enough)).toEqual([]);
      expect(over(framework, 3)).toEqual(refused);
    }
    expect(over('fsdp', 1)).toEqual([]);
  });

  test('of DualPipe are even in number', () => {
    const dual = { schedule: 'dualpipe' } as const;
    expect(found(split({ pipelineParallel: 3 }, dual))).toEqual([['pipelineParallel', [2, 4]]]);
    expect(found(split({ pipelineParallel: 4 }, dual))).toEqual([]);
    expect(found(split({}, dual))).toEqual([]);
  });
});

describe('experts', () => {
  const experts = (parallelism: object, dp = 8) =>
    found(training({ model: { ...MIXTRAL, sequence: 1024 }, parallelism, dp }));

  test('there are none to split in a dense model', () => {
    expect(found(split({ expertParallel: 2, expertTensorParallel: 4 }))).toEqual([
      ['expertParallel', [1]],
      ['expertTensorParallel', [1]],
    ]);
  });

  test('are split evenly, and so is their width', () => {
    expect(experts({ expertParallel: 3 })).toEqual([['expertParallel', [2, 4]]]);
    expect(experts({ expertParallel: 3, expertTensorParallel: 3 })).toEqual([
      ['expertParallel', [2, 4]],
      ['expertTensorParallel', [2, 4]],
    ]);
  });

  test('are shared out between the ranks of a stage: tensor x context x data', () => {
    expect(experts({ expertParallel: 8 })).toEqual([]);
    expect(experts({ expertParallel: 8 }, 4)).toEqual([['expertParallel', [4]]]);
    expect(experts({ expertParallel: 8, tensorParallel: 2 }, 4)).toEqual([]);
    expect(experts({ expertParallel: 8, expertTensorParallel: 2 })).toEqual([['expertParallel', [4]]]);
    expect(experts({ expertTensorParallel: 16 })).toEqual([['expertTensorParallel', [8]]]);
  });
});

describe('GPUs and batch', () => {
  const at = (gpus: number, globalBatch: number) => {
    const scenario = training({ model, parallelism: { tensorParallel: 4, pipelineParallel: 2 } });
    return { ...scenario, cluster: { ...scenario.cluster, gpus }, globalBatch };
  };

  test('GPUs are a multiple of the degrees, of which those are suggested that the batch allows', () => {
    expect(found(at(20, 60))).toEqual([['gpus', [16, 24]]]);
    expect(found(at(36, 60))).toEqual([['gpus', [32, 40]]]);
    // 40 GPUs would be five replicas, which do not divide 64 sequences.
    expect(found(at(36, 64))).toEqual([['gpus', [32, 64]]]);
    expect(checkScenario(at(20, 60))[0]!.message).toContain('tensor x pipeline x context parallelism (8)');
  });

  test('a batch is a multiple of replicas x micro-batch', () => {
    expect(found(at(24, 64))).toEqual([['globalBatch', [63, 66]]]);
    expect(found(at(24, 2))).toEqual([['globalBatch', [3]]]);
    expect(checkScenario(at(24, 64))[0]!.message).toBe(
      'globalBatch must be a multiple of 3 data-parallel ranks x 1 sequences: 63 or 66, not 64.',
    );
  });

  test('say so when no value of a field alone would do', () => {
    const huge = { ...at(8, 7), microBatch: 1e6, cluster: { ...training().cluster, gpus: 8e6 } };
    const issues = checkScenario(huge);
    expect(issues).toMatchObject([{ path: 'globalBatch', code: 'inconsistent' }]);
    expect(issues[0]!.limit).toBeUndefined();
    expect(issues[0]!.message).toContain('with the other fields as they are no value is');
  });

  test('where several fields are at fault, each is told what it needs itself', () => {
    expect(found(split({ tensorParallel: 5, contextParallel: 3 }))).toEqual([
      ['tensorParallel', [4, 8]],
      ['contextParallel', [2, 4]],
    ]);
  });
});

test.each<[string, TrainingScenario]>([
  ['virtualPipeline interleaves stages; with one it must be: 1, not 2.', split({ virtualPipeline: 2 })],
  [
    'virtualPipeline must, in the 1f1b schedule, be: 1, not 2.',
    split({ pipelineParallel: 4, virtualPipeline: 2 }, { schedule: '1f1b' }),
  ],
  [
    'pipelineParallel must be even, since DualPipe folds the pipeline: 2 or 4, not 3.',
    split({ pipelineParallel: 3 }, { schedule: 'dualpipe' }),
  ],
  [
    'pipelineParallel must leave each of 48 stages some of 24 layers: 26, not 48.',
    split({ pipelineParallel: 48 }, { framework: 'megatron-core' }),
  ],
  [
    'virtualPipeline must leave each of 32 chunks some of 24 layers: 3, not 4.',
    split({ pipelineParallel: 8, virtualPipeline: 4 }, { framework: 'megatron-core' }),
  ],
  [
    'virtualPipeline must divide the 6 layers of a stage evenly: 3 or 6, not 5.',
    split({ pipelineParallel: 4, virtualPipeline: 5 }, { framework: 'megatron-2021' }),
  ],
  [
    'pipelineParallel must divide the 21 layers evenly: 7 or 11, not 8.',
    split({ pipelineParallel: 8 }, { framework: 'megatron-2021', model: { ...model, layers: 21 } }),
  ],
  [
    'contextParallel must divide the 1024 tokens of a sequence evenly: 2 or 4, not 3.',
    split({ contextParallel: 3 }),
  ],
  [
    'virtualPipeline needs micro-batches in multiples of the 4 stages, and there are 6: it must be: 1, not 2.',
    training({ model, passes: 6, parallelism: { pipelineParallel: 4, virtualPipeline: 2 } }),
  ],
  ['expertParallel must, in a model without experts, be: 1, not 2.', split({ expertParallel: 2 })],
  [
    'expertParallel must divide the 8 experts evenly: 2 or 4, not 3.',
    split({ expertParallel: 3 }, { model: { ...MIXTRAL, sequence: 1024 } }),
  ],
  [
    'expertTensorParallel must divide the 14336 rows of an expert evenly: 2 or 4, not 3.',
    split({ expertTensorParallel: 3 }, { model: { ...MIXTRAL, sequence: 1024 } }),
  ],
  [
    'expertTensorParallel must divide the 8 ranks of a stage evenly: 8, not 16.',
    training({
      model: { ...MIXTRAL, sequence: 1024 },
      parallelism: { expertTensorParallel: 16, pipelineParallel: 2 },
      dp: 8,
    }),
  ],
])('"%s"', (message, scenario) => {
  expect(checkScenario(scenario).map((issue) => issue.message)).toEqual([message]);
});
