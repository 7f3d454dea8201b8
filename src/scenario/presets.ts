import { countingDefaults, type ShapeValues } from './counting-fields.ts';
import { infinibandDefaults } from './infiniband-fields.ts';
import { ledgerDefaults } from './ledger-fields.ts';
import { memoryDefaults } from './memory-fields.ts';
import type { Values } from './values.ts';
import { zeroDefaults } from './zero-fields.ts';

/** A named starting scenario, and where its numbers come from. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly source: { readonly key: string; readonly where: string };
  readonly values: Readonly<Omit<Values, 'parameters' | 'sequence' | keyof ShapeValues>>;
}

export const presets = {
  talk: {
    id: 'talk',
    title: 'GPT-3 175B on 128 nodes of eight A800',
    source: { key: 'xu2023talk', where: 'section 3' },
    values: {
      model: 'gpt3-175b',
      shape: '',
      tokens: 300e9,
      gpu: 'a800-sxm4-80gb',
      precision: 'fp16',
      gpus: 1024,
      efficiency: 0.5,
      goodput: 0.97,
      time: 24 * 86_400,
      unknown: 'time',
      attention: 'full',
      // NVIDIA's own configuration: 75,000 steps of 2,048 sequences in 24 days (nvidia-nemo-launcher-2023).
      log: '',
      measured: 'step',
      stepTime: (24 * 86_400) / 75_000,
      globalBatch: 2048,
      throughput: (2048 * 2048 * 75_000) / (24 * 86_400) / 1024,
      recompute: 'selective',
      countFlops: '6nd',
      countPeak: 'dense',
      countFormat: 'own',
      countParameters: 'nominal',
      countBytes: 'mixed-18',
      countUnit: 'GB',
      countLost: 'ignored',
      told: 'mfu',
      year: 2023,
      along: 'parameters',
      only: 'all',
      labValue: 1e-5,
      labFormat: 'fp8-e4m3',
      labOverflow: 'saturate',
      labPeak: 1e-3,
      labTensor: 1e-2,
      // A log-normal law through two shares of NVIDIA's histogram (nvidia-mixed-precision-guide, figure 1).
      gradMedian: 2 ** -27.5,
      gradSpread: 2.5,
      gradFormat: 'fp16',
      lossScale: 1,
      cardA: 'p100-sxm2-16gb',
      cardB: 'h100-sxm5-80gb',
      charted: 'fastest',
      chartedPer: 'gpu',
      growFrom: 'k20x-pcie-6gb',
      growFromFormat: 'fp32',
      growTo: 'h100-sxm5-80gb',
      growToFormat: 'fp8',
      growSparse: 'counted',
      // A projection of GPT-3's attention on one sequence.
      kernel: 'gemm',
      kernelM: 2048,
      kernelN: 12_288,
      kernelK: 12_288,
      overlay: 'generations',
      ...infinibandDefaults,
      ...memoryDefaults,
      ...zeroDefaults,
      ...ledgerDefaults,
      ...countingDefaults,
      vNode: 'dgx-a100',
      vFrom: '0',
      vTo: '5',
      vOp: 'all-reduce',
      vBytes: 2 ** 28,
      vRanks: 8,
      vPlace: 'packed',
    },
  },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof presets;

/** The preset a page names, or an error that lists the ones there are. */
export function presetById(id: string): Preset {
  const preset = Object.values(presets).find((p) => p.id === id);
  if (!preset) throw new Error(`No preset "${id}"; there are: ${Object.keys(presets).join(', ')}.`);
  return preset;
}
