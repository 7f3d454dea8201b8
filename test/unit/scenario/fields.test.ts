import { describe, expect, test } from 'vitest';
import { conventionToggles } from '#estimator';
import {
  checkField,
  effectiveValues,
  fieldKeys,
  fields,
  presets,
  resolvePreset,
  TOGGLE_FIELDS,
} from '#scenario';
import { runOf } from '../../../src/widgets/conventions/view.ts';

test('each field keeps the key that published links use for it', () => {
  // Links are promises: add lines, never change one.
  expect(Object.fromEntries(fieldKeys.map((key) => [key, fields[key].url]))).toEqual({
    model: 'm',
    shape: 'ms',
    parameters: 'N',
    tokens: 'D',
    sequence: 's',
    gpu: 'g',
    precision: 'p',
    gpus: 'n',
    efficiency: 'e',
    goodput: 'G',
    time: 'T',
    unknown: 'x',
    attention: 'a',
    log: 'lg',
    measured: 'l',
    throughput: 'R',
    stepTime: 't',
    globalBatch: 'B',
    recompute: 'r',
    countFlops: 'cf',
    countPeak: 'cs',
    countFormat: 'cp',
    countParameters: 'cn',
    countBytes: 'cb',
    countUnit: 'cu',
    countLost: 'cg',
    linkRate: 'bbw',
    stepTensor: 'btp',
    stepPipeline: 'bpp',
    stepChunks: 'bvp',
    stepMicro: 'bmb',
    stepRules: 'bfr',
    fabricNodes: 'bnd',
    fabricPorts: 'bnn',
    fabricSwitch: 'bsw',
    fabricPlanes: 'bpl',
    fabricLevels: 'blv',
    fabricWiring: 'bwr',
    fabricTaper: 'bos',
    fabricExtra: 'bxp',
    fabricCopper: 'bcc',
    priceSwitch: 'bps',
    priceNic: 'bpn',
    priceOptic: 'bpo',
    priceCable: 'bpc',
    powerSwitch: 'bws',
    powerNic: 'bwn',
    powerOptic: 'bwo',
    told: 'co',
    along: 'ax',
    only: 'on',
    year: 'y',
    labValue: 'nv',
    labFormat: 'nf',
    labOverflow: 'nx',
    labPeak: 'nb',
    labTensor: 'nt',
    gradMedian: 'ng',
    gradSpread: 'nw',
    gradFormat: 'nc',
    lossScale: 'ns',
    cardA: 'ga',
    cardB: 'gb',
    charted: 'gq',
    chartedPer: 'gw',
    growFrom: 'gf',
    growFromFormat: 'gff',
    growTo: 'gt',
    growToFormat: 'gtf',
    growSparse: 'gs',
    kernel: 'gk',
    kernelM: 'gm',
    kernelN: 'gn',
    kernelK: 'gi',
    overlay: 'go',
    vNode: 'vn',
    vFrom: 'va',
    vTo: 'vb',
    vOp: 'vo',
    vBytes: 'vs',
    vRanks: 'vr',
    vPlace: 'vp',
    stepContext: 'zcp',
    stepExpert: 'zep',
    stepZero: 'zst',
    stepSequence: 'zsp',
    memoryRules: 'zfw',
    memoryGradients: 'zgr',
    memoryAttention: 'zat',
    holdStage: 'hst',
    holdRanks: 'hrk',
    holdLayers: 'hly',
    holdMoment: 'hmo',
    watchedStage: 'hws',
    duelSoftware: 'hsw',
    ledgerRow: 'zlr',
    ledgerFamily: 'zlf',
    ledgerOrder: 'zlo',
    ledgerTrained: 'zlt',
    kCompare: 'kc',
    kMetric: 'km',
    kLayers: 'kl',
    kHidden: 'kh',
    kHeads: 'ka',
    kKeyHeads: 'kk',
    kHeadDim: 'kd',
    kFfn: 'kf',
    kVocab: 'kv',
    kExperts: 'kx',
    kTopK: 'kt',
    kExpertFfn: 'ke',
    kAttention: 'kq',
    kMlp: 'kg',
    kKernels: 'kn',
    kCacheBits: 'kb',
    kBudgetIn: 'ki',
    kBudget: 'kz',
    kGpuDays: 'kj',
    kLaw: 'kw',
    kShow: 'ks',
  });
});

test('no two fields share a key, and none is the key of the version', () => {
  const keys = [...fieldKeys.map((key) => fields[key].url), 'v'];
  expect(new Set(keys).size).toBe(keys.length);
});

describe.each(fieldKeys)('the field %s', (key) => {
  const field = fields[key];

  test('has a label and says in a sentence what it is', () => {
    expect(field.label).toMatch(/^\S.*\S$/);
    expect(field.help).toMatch(/^[A-Z].{15,}\.$/);
  });

  test.each(Object.keys(presets))('takes what the preset %s puts into it', (preset) => {
    expect(checkField(key, effectiveValues(preset, {})[key])).toBeNull();
  });

  if (field.kind === 'number') {
    test('has its slider within its limits, and says what sets them', () => {
      const [low, high] = field.slider;
      expect([field.min, low, high, field.max]).toEqual(
        [field.min, low, high, field.max].sort((a, b) => a - b),
      );
      expect(low).toBeLessThan(high);
      expect(field.why).not.toBe('');
      expect(checkField(key, field.min)).toBeNull();
      expect(checkField(key, field.max)).toBeNull();
    });

    test('turns away what lies outside its limits, what is no number and half a thing', () => {
      const outside = new RegExp(
        `is out of range\\. It must be ${field.why.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.$`,
      );
      for (const value of [field.min / 2 - 1, field.max * 2]) expect(checkField(key, value)).toMatch(outside);
      for (const value of [Number.NaN, Infinity, '5', null, undefined])
        expect(checkField(key, value)).toBe('that is not a number.');
      if (field.integer) expect(checkField(key, field.min + 0.5)).toMatch(/is not a whole number\.$/);
    });
  } else {
    test('turns away a text that it does not offer, and what is no text', () => {
      expect(checkField(key, 'constructor')).toMatch(/\.$/);
      expect(checkField(key, 7)).toBe('that is not text.');
    });
  }

  if (field.kind === 'choice') {
    test('takes every choice that it offers, under a name', () => {
      // On a GPU with several formats: otherwise there is no peak to choose.
      const values = effectiveValues('talk', { gpu: 'h100-sxm5-80gb' });
      const options = field.options(values).flatMap((group) => group.options);
      expect(options.length).toBeGreaterThan(0);
      for (const { value, label } of options) {
        expect(checkField(key, value)).toBeNull();
        expect(label).not.toBe('');
      }
    });
  }
});

test('the convention fields offer what the estimator offers for the run, the run’s own format by a name of its own', () => {
  const toggles = conventionToggles(runOf(resolvePreset('talk')));
  const values = effectiveValues('talk', {});
  for (const toggle of toggles) {
    const field = fields[TOGGLE_FIELDS[toggle.id]];
    if (field.kind !== 'choice') throw new Error(`${toggle.id} is no choice.`);
    const offered = field.options(values).flatMap((group) => group.options);
    expect(offered.map((o) => o.value)).toEqual(
      toggle.options.map((o) => (toggle.id === 'peak-format' && o.id === toggle.reference ? 'own' : o.id)),
    );
  }
  expect(toggles.map((toggle) => toggle.id)).toEqual(
    expect.arrayContaining(['flops', 'sparsity', 'parameters', 'state-bytes', 'byte-unit', 'goodput']),
  );
});

test('a pasted shape is offered as a model once there is one', () => {
  const { model } = fields;
  if (model.kind !== 'choice') throw new Error('model is no choice.');
  const yours = (shape: string): boolean | undefined =>
    model
      .options({ ...effectiveValues('talk', {}), shape })
      .flatMap((group) => group.options)
      .find((option) => option.value === 'custom')?.disabled;
  expect([yours(''), yours('l2')]).toEqual([true, false]);
});

test('the hint beside the format is the dense peak of the chosen GPU', () => {
  const { precision } = fields;
  if (precision.kind !== 'choice') throw new Error('precision is no choice.');
  const hint = (gpu: string): string | undefined => precision.hint?.({ ...effectiveValues('talk', {}), gpu });
  expect(hint('a800-sxm4-80gb')).toBe('312 TFLOP/s');
  expect(hint('h100-sxm5-80gb')).toBe('989.4 TFLOP/s');
  expect(hint('abacus')).toBe('');
});
