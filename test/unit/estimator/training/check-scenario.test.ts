import { describe, expect, test } from 'vitest';
import { checkScenario, trainingStep, type TrainingScenario } from '#estimator';
import { training } from '../scenarios.ts';
import { H100 } from '../shapes.ts';

/** Path, and code or nearest legal values, of every issue. */
const found = (scenario: TrainingScenario) =>
  checkScenario(scenario).map(({ path, code, nearest }) => [path, nearest ?? code]);
const broken = (change: object): TrainingScenario => ({ ...training(), ...change });

describe('a sound scenario', () => {
  test('has no issues and is answered', () => {
    expect(checkScenario(training())).toEqual([]);
    expect(trainingStep(training()).ok).toBe(true);
  });

  test('may leave out or give what is optional', () => {
    const optional = {
      recomputeLayers: 3,
      gradientFormat: 'fp32',
      kernels: { attention: 'flash-1', compiled: false },
    };
    expect(checkScenario(broken(optional))).toEqual([]);
    expect(
      checkScenario(broken({ kernels: undefined, gradientFormat: undefined, recomputeLayers: undefined })),
    ).toEqual([]);
  });
});

describe('fields that are missing or of the wrong kind', () => {
  test.each([
    ['nothing at all', undefined, 'scenario'],
    ['null', null, 'scenario'],
    ['a number', 3, 'scenario'],
    ['no model', { ...training(), model: undefined }, 'model'],
    ['no cluster', broken({ cluster: 'a few' }), 'cluster'],
    ['no GPU', broken({ cluster: { ...training().cluster, gpu: null } }), 'cluster'],
    ['no peaks', broken({ cluster: { ...training().cluster, gpu: { ...H100, peak: 3 } } }), 'cluster'],
    ['no split', broken({ parallelism: 8 }), 'parallelism'],
  ])('%s is said at its group', (_, scenario, path) => {
    const issues = checkScenario(scenario as unknown as TrainingScenario);
    expect(issues.map((issue) => [issue.path, issue.code])).toEqual([[path, 'missing']]);
    expect(issues[0]!.message).toMatch(/is needed\.$|A model shape is needed/);
  });

  test('all others are listed at once, each at its path', () => {
    const { cluster, parallelism } = training();
    const gpu = { ...cluster.gpu, architecture: 7, name: undefined, clock: -1, peak: { bf16: 'fast' } };
    expect(
      found(
        broken({
          cluster: { ...cluster, gpu, gpus: 0, networkBandwidth: Infinity },
          parallelism: { ...parallelism, tensorParallel: 1.5, zeroStage: 4, sequenceParallel: 'yes' },
          microBatch: NaN,
          globalBatch: 1e300,
          recomputeLayers: -1,
          precision: 'fp12',
          schedule: undefined,
          fusedAttention: 1,
          gradientFormat: 'fp64',
          kernels: { attention: 'flash-9', compiled: 'no' },
        }),
      ),
    ).toEqual([
      ['gpus', 'too-small'],
      ['networkBandwidth', 'not-a-number'],
      ['name', 'missing'],
      ['architecture', 'missing'],
      ['clock', 'too-small'],
      ['peak.bf16', 'not-a-number'],
      ['tensorParallel', 'not-an-integer'],
      ['zeroStage', 'too-large'],
      ['sequenceParallel', 'unknown-choice'],
      ['microBatch', 'not-a-number'],
      ['globalBatch', 'too-large'],
      ['recomputeLayers', 'too-small'],
      ['precision', 'unknown-choice'],
      ['schedule', 'unknown-choice'],
      ['fusedAttention', 'unknown-choice'],
      ['gradientFormat', 'unknown-choice'],
      ['kernels.attention', 'unknown-choice'],
      ['kernels.compiled', 'unknown-choice'],
    ]);
  });

  test('a wrong choice lists those there are', () => {
    const [issue] = checkScenario(broken({ recompute: 'some' }));
    expect(issue!.message).toBe('recompute must be one of none, selective, full.');
    expect(checkScenario(broken({ kernels: 'fast' }))).toMatchObject([
      { path: 'kernels', code: 'unknown-choice' },
    ]);
  });

  test.each([
    ['gpus', 1e7],
    ['gpusPerNode', 1024],
    ['nvlinkDomain', 1e4],
    ['networkBandwidth', 1e15],
    ['networkLatency', 1],
    ['pcieBandwidth', 1e15],
  ])('%s is bounded', (field, limit) => {
    const cluster = { ...training().cluster, [field]: 2 * limit };
    expect(checkScenario(broken({ cluster }))).toMatchObject([{ path: field, code: 'too-large', limit }]);
  });

  test.each([
    ['memory', 1e15],
    ['memoryBandwidth', 1e15],
    ['nvlinkBandwidth', 1e15],
    ['power', 1e5],
    ['sms', 1e5],
    ['clock', 1e11],
  ])('%s of a GPU is bounded', (field, limit) => {
    const { cluster } = training();
    const scenario = broken({ cluster: { ...cluster, gpu: { ...cluster.gpu, [field]: 2 * limit } } });
    expect(checkScenario(scenario)).toMatchObject([{ path: field, code: 'too-large', limit }]);
    const none = broken({ cluster: { ...cluster, gpu: { ...cluster.gpu, [field]: -1 } } });
    expect(checkScenario(none)).toMatchObject([{ path: field, code: 'too-small' }]);
  });

  test.each([
    ['tensorParallel', 1e6],
    ['pipelineParallel', 1e6],
    ['virtualPipeline', 1e4],
    ['contextParallel', 1e6],
    ['expertParallel', 1e6],
    ['expertTensorParallel', 1e6],
    ['zeroStage', 3],
  ])('%s is bounded', (field, limit) => {
    const parallelism = { ...training().parallelism, [field]: 2 * limit };
    expect(checkScenario(broken({ parallelism }))).toMatchObject([{ path: field, code: 'too-large', limit }]);
  });

  test('a batch is bounded', () => {
    expect(checkScenario(broken({ microBatch: 1e7 }))).toMatchObject([{ path: 'microBatch', limit: 1e6 }]);
    expect(checkScenario(broken({ globalBatch: 1e10 }))).toMatchObject([{ path: 'globalBatch', limit: 1e9 }]);
    expect(checkScenario(broken({ recomputeLayers: 1e6 }))).toMatchObject([
      { path: 'recomputeLayers', limit: 1e5 },
    ]);
  });
});

describe('machines', () => {
  const on = (change: object, precision: TrainingScenario['precision'] = 'bf16', cluster = {}) => {
    const scenario = training({ precision });
    return {
      ...scenario,
      cluster: { ...scenario.cluster, ...cluster, gpu: { ...scenario.cluster.gpu, ...change } },
    };
  };

  test('must have the format of the matrix products, and one of 16 bits beside it', () => {
    expect(found(on({}, 'fp8'))).toEqual([['precision', 'format-lacking']]);
    expect(found(on({ peak: { fp32: 15e12, fp16: 125e12 } }))).toEqual([['precision', 'format-lacking']]);
    expect(found(on({ peak: { fp8: 1e15 } }, 'fp8'))).toEqual([['precision', 'format-lacking']]);
    expect(found(on({ peak: { fp8: 1e15, fp16: 5e14 } }, 'fp8'))).toEqual([]);
    expect(found(on({ peak: { fp32: 1e13 } }, 'fp32'))).toEqual([]);
  });

  test('without NVLink have domains of one GPU', () => {
    expect(found(on({ nvlinkBandwidth: 0 }))).toEqual([['nvlinkDomain', [1]]]);
    expect(checkScenario(on({ nvlinkBandwidth: 0 }))[0]!.message).toContain('A800 has no NVLink');
    expect(found(on({ nvlinkBandwidth: 0 }, 'bf16', { nvlinkDomain: 1 }))).toEqual([]);
  });
});
