import { expect, test } from 'vitest';
import { trainingStep, type Model, type PlanningQuestion } from '#estimator';
import { A800, DEEPSEEK_V3, LLAMA3_8B, MIXTRAL } from '../shapes.ts';
import { bruteForce, expectNoneMissed, plansOf } from './brute-force.ts';

/** Few heads and layers: few ways to split them. */
const dense: Model = { ...LLAMA3_8B, layers: 4, heads: 4, kvHeads: 4, ffn: 8192, sequence: 4096 };
const experts: Model = {
  ...dense,
  moe: { ...MIXTRAL.moe!, experts: 4, expertFfn: 4096, denseLayers: 1 },
};
const latent: Model = {
  ...DEEPSEEK_V3,
  layers: 3,
  hidden: 2048,
  heads: 4,
  kvHeads: 4,
  sequence: 8192,
  moe: { ...DEEPSEEK_V3.moe!, experts: 6, topK: 2, denseLayers: 2 },
};

const asked = (
  { nvlinkDomain = 8, ...over }: Partial<PlanningQuestion> & { readonly nvlinkDomain?: number } = {},
  memory = 80e9,
  gpus = 8,
): PlanningQuestion => ({
  model: dense,
  cluster: {
    gpu: { ...A800, memory },
    gpus,
    gpusPerNode: 8,
    nvlinkDomain,
    networkBandwidth: 25e9,
    pcieBandwidth: 25e9,
  },
  precision: 'bf16',
  globalBatch: 16,
  framework: 'megatron-core',
  ...over,
});
const slices = { tensorParallel: [4, 1], contextParallel: [1] };
/** Where tensor parallelism is so slow that it takes longer than all of a better plan. */
const apart = asked(
  {
    model: { ...dense, sequence: 32_768 },
    globalBatch: 64,
    best: 1,
    choices: { ...slices, zeroStage: [0] },
    nvlinkDomain: 1,
  },
  400e9,
);

test.each<[string, PlanningQuestion]>([
  ['where all fit', asked({ best: 1 })],
  ['where some take too long', apart],
  ['where the best do not fit', asked({ best: 20 }, 21e9)],
  ['where few fit', asked({ framework: 'megatron-2022', fusedAttention: false }, 14e9)],
  ['where none fits', asked({ choices: slices }, 4e9)],
  [
    'with experts, two servers and a slow network',
    asked({ model: experts, choices: { ...slices, microBatch: [1, 2] } }, 24e9, 16),
  ],
  [
    'with latent attention and a sequence to split',
    asked({ model: latent, choices: { recompute: ['none', 'full'], microBatch: [1] } }, 20e9, 4),
  ],
  [
    // Few tokens and words: a whole model's state is more than all of a slice needs.
    'where state alone is too much',
    asked(
      {
        model: { ...dense, vocab: 4096, sequence: 1024 },
        choices: { tensorParallel: [1], contextParallel: [1, 2], microBatch: [1] },
      },
      1e9,
    ),
  ],
  [
    'where some stages have fewer ranks than experts could have',
    asked({ model: experts, choices: { ...slices, microBatch: [1, 2] } }, 30e9),
  ],
  ['with FSDP’s ways to shard', asked({ framework: 'fsdp' }, 16e9)],
  ['with nanotron’s uneven stages', asked({ framework: 'nanotron', choices: slices }, 30e9)],
  ['with both directions of DualPipe', asked({ schedule: 'dualpipe', choices: slices }, 30e9)],
  ['with the V of a zero-bubble schedule', asked({ schedule: 'zb-v', choices: slices }, 30e9)],
  ['with all micro-batches held', asked({ schedule: 'gpipe', choices: slices }, 30e9)],
  ['with DeepSpeed’s buckets', asked({ framework: 'deepspeed', gradientFormat: 'fp32' }, 30e9)],
  [
    'on odd counts',
    asked(
      {
        model: { ...dense, layers: 9, heads: 6, kvHeads: 6 },
        globalBatch: 36,
        choices: { ...slices, tensorParallel: [1, 3], recompute: ['full'] },
      },
      60e9,
      12,
    ),
  ],
])(
  'no plan that trying everything finds is missed, and every example fails as it says: %s',
  (_, question) => {
    const plans = plansOf(question);
    expectNoneMissed(plans, bruteForce(question));
    for (const { path, examples } of plans.rejected) {
      expect(examples.length).toBeGreaterThan(0);
      for (const { scenario, issue } of examples) {
        const step = trainingStep(scenario);
        expect(issue.path).toBe(path);
        expect((step.ok ? step.value.issues : step.issues)[0]).toEqual(issue);
      }
    }
  },
);

test('and some of these plans do not fit, and some are left out by a bound on time', () => {
  const { rejected, evaluations, computed } = plansOf(apart);
  const full = rejected.find(({ path }) => path === 'memory')!.plans;
  expect(full).toBeGreaterThan(0);
  expect(computed).toBeLessThan(evaluations - full);
});
