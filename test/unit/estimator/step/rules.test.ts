import { describe, expect, test } from 'vitest';
import { FRAMEWORK_RULES, rulesOf, type FrameworkFamily } from '#estimator';
import { keepsScoresOnChip } from '../../../../src/estimator/step/rules.ts';
import { small } from './made.ts';

const families = Object.keys(FRAMEWORK_RULES) as FrameworkFamily[];
const rules = (over: Parameters<typeof small>[0]) => rulesOf(small(over));

describe('attention', () => {
  test.each(families)(
    '%s has fused attention where the run does, and separate kernels where not',
    (framework) => {
      const fused = rules({ framework, fusedAttention: true });
      const separate = rules({ framework, fusedAttention: false });
      expect(keepsScoresOnChip(fused)).toBe(true);
      expect(fused.attention).toMatch(/^flash-/);
      expect(keepsScoresOnChip(separate)).toBe(false);
    },
  );

  test('is that of the family’s habit, else FlashAttention 2', () => {
    expect(rules({ framework: 'megatron-core', fusedAttention: true }).attention).toBe('flash-3');
    expect(rules({ framework: 'fsdp', fusedAttention: true }).attention).toBe('flash-2');
    expect(rules({ framework: 'megatron-2022', fusedAttention: true }).attention).toBe('flash-2');
  });

  test('in separate kernels has Megatron’s fused softmax where that is the habit', () => {
    expect(rules({ framework: 'megatron-2021' }).attention).toBe('fused-softmax');
    expect(rules({ framework: 'deepspeed' }).attention).toBe('fused-softmax');
    expect(rules({ framework: 'fsdp' }).attention).toBe('unfused');
    expect(rules({ framework: 'megatron-core' }).attention).toBe('unfused');
  });

  test('is what the run says before all habits', () => {
    expect(rules({ kernels: { attention: 'flash-1' } }).attention).toBe('flash-1');
    expect(rules({ kernels: { attention: 'unfused' }, fusedAttention: true }).attention).toBe('unfused');
  });
});

describe('what a run says about its kernels', () => {
  test('comes before its family’s habit', () => {
    expect(rules({}).fusedNorm).toBe(true);
    expect(rules({ kernels: { fusedNorm: false } }).fusedNorm).toBe(false);
    expect(rules({ kernels: { compiled: true } }).elementwise).toBe('compiled');
    expect(rules({ kernels: { compiled: false } }).elementwise).toBe('eager');
    expect(rules({ kernels: { tensorParallelOverlap: true } }).tensorOverlap).toBe('chunked');
    expect(rules({}).expertOverlap).toBe(false);
    expect(rules({ kernels: { expertParallelOverlap: true } }).expertOverlap).toBe(true);
    expect(rules({}).waitsForHost).toBe(true);
    expect(rules({ kernels: { wholeGraph: true } }).waitsForHost).toBe(false);
    expect(
      rules({ framework: 'megatron-core', kernels: { tensorParallelOverlap: false } }).tensorOverlap,
    ).toBe('none');
  });

  test('leaves the habit where it says nothing', () => {
    for (const framework of families) {
      const { attention: _, ...habit } = FRAMEWORK_RULES[framework];
      expect(rules({ framework, kernels: {} })).toMatchObject(habit);
      expect(rules({ framework })).toMatchObject(habit);
    }
  });

  test('a fused loss moves fewer bytes a logit than any family’s chain of kernels', () => {
    for (const framework of families) {
      const chain = rules({ framework, kernels: { fusedLoss: false } }).lossBytes;
      expect(chain).toBe(FRAMEWORK_RULES[framework].lossBytes);
      const fused = rules({ framework, kernels: { fusedLoss: true } }).lossBytes;
      // The logits and their gradient, in 16 bits, once each at least.
      expect(fused).toBeGreaterThanOrEqual(4);
      expect(fused).toBeLessThan(chain);
    }
  });
});

describe('families', () => {
  test('of Megatron overlap more from year to year', () => {
    const of = (year: FrameworkFamily) => FRAMEWORK_RULES[year];
    expect(of('megatron-2021')).toMatchObject({
      tensorOverlap: 'none',
      gradientOverlap: 'never',
      pipelineOverlap: false,
    });
    expect(of('megatron-2022')).toMatchObject({ tensorOverlap: 'backward', gradientOverlap: 'never' });
    expect(of('megatron-core')).toMatchObject({
      tensorOverlap: 'chunked',
      gradientOverlap: 'always',
      pipelineOverlap: true,
    });
  });

  test('send the pipeline a slice a rank in Megatron, all of it in DeepSpeed', () => {
    expect(FRAMEWORK_RULES['megatron-2021'].pipelineScatter).toBe(true);
    expect(FRAMEWORK_RULES.deepspeed.pipelineScatter).toBe(false);
  });

  test('sum gradients on every rank with ZeRO-1 in DeepSpeed, and scatter them elsewhere', () => {
    for (const framework of families)
      expect(FRAMEWORK_RULES[framework].scattersGradients).toBe(framework !== 'deepspeed');
  });

  test('that keep FP32 gradients send twice the bytes', () => {
    expect(FRAMEWORK_RULES['megatron-2021'].gradientBytes).toBe(2);
    for (const framework of ['fsdp', 'deepspeed', 'nanotron'] as const)
      expect(FRAMEWORK_RULES[framework].gradientBytes).toBe(4);
  });

  test('differ in what selective recomputation runs again: scores, or every second matrix product with FSDP', () => {
    for (const framework of families)
      expect(FRAMEWORK_RULES[framework].selective).toBe(framework === 'fsdp' ? 'products' : 'scores');
  });

  test('only DeepSpeed sums tensor-parallel activations in FP32 and waits for every weight of ZeRO-3', () => {
    for (const framework of families) {
      const { tensorSumsFp32, gatherWaits } = FRAMEWORK_RULES[framework];
      expect([tensorSumsFp32, gatherWaits]).toEqual(Array(2).fill(framework === 'deepspeed'));
    }
  });
});
