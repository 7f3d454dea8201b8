import type { Published } from '../shared.ts';

const DAY = 86_400;
const HOUR = 3_600;

/** Everything this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** FLOP/s a GPU, recomputation counted. */
  narayananRate: { value: 140e12, source: 'narayanan2021', where: 'section 5.1' },
  narayananTrillionRate: { value: 163e12, source: 'narayanan2021', where: 'section 5.1' },
  narayananTrillionTokens: { value: 450e9, source: 'narayanan2021', where: 'section 5.1' },
  narayananTrillionGpus: { value: 3072, source: 'narayanan2021', where: 'section 5.1' },

  /** Seconds a step; GPUs; sequences a step. */
  korthikantiFullStep: { value: 18.13, source: 'korthikanti2022', where: 'Table 5' },
  korthikantiStep: { value: 13.75, source: 'korthikanti2022', where: 'Table 5' },
  korthikantiGpus: { value: 64, source: 'korthikanti2022', where: 'Table 3' },
  korthikantiBatch: { value: 64, source: 'korthikanti2022', where: 'Table 3' },
  korthikanti530Step: { value: 37.83, source: 'korthikanti2022', where: 'Table 5' },
  korthikanti530Gpus: { value: 280, source: 'korthikanti2022', where: 'Table 3' },
  korthikanti530Batch: { value: 280, source: 'korthikanti2022', where: 'Table 3' },
  korthikanti530ManyStep: { value: 39.15, source: 'korthikanti2022', where: 'section 6.3' },

  nemoSteps: { value: 75_000, source: 'nvidia-nemo-launcher-2023', where: 'conf/training/gpt3/175b.yaml' },
  nemoBatch: { value: 2_048, source: 'nvidia-nemo-launcher-2023', where: 'conf/training/gpt3/175b.yaml' },
  nemoTime: { value: 24 * DAY, source: 'nvidia-nemo-launcher-2023', where: 'section 5.2.1' },
  nemoTable: { value: 109_684, source: 'nvidia-nemo-launcher-2023', where: 'section 7.1.2, 175B, 128 nodes' },
  nemoSpeedUp: {
    value: 14.62,
    source: 'nvidia-nemo-launcher-2023',
    where: 'section 7.1.2, 175B, 8 to 128 nodes',
  },
  nemoTableJuly: {
    value: 141_306,
    source: 'nvidia-nemo-launcher-2022-07',
    where: 'section 7.1.2, 175B, 128 nodes',
  },

  llamaTokens: { value: 15.6e12, source: 'grattafiori2024', where: 'section 1' },
  /** GPU-seconds. */
  llamaGpuTime: { value: 30.84e6 * HOUR, source: 'llama31-model-card', where: 'Training Energy Use' },
  llamaMfuLow: { value: 0.38, source: 'grattafiori2024', where: 'section 3.3.2' },
  llamaMfuHigh: { value: 0.43, source: 'grattafiori2024', where: 'section 3.3.2' },
  llamaGpus: { value: 16_384, source: 'grattafiori2024', where: 'Table 4' },
  llamaWindow: { value: 54 * DAY, source: 'grattafiori2024', where: 'section 3.3.4' },
  llamaFailures: { value: 419, source: 'grattafiori2024', where: 'section 3.3.4' },

  deepseekTotal: { value: 671e9, source: 'deepseekv3-2024', where: 'abstract' },
  deepseekActive: { value: 37e9, source: 'deepseekv3-2024', where: 'abstract' },
  deepseekTokens: { value: 14.8e12, source: 'deepseekv3-2024', where: 'abstract' },
  deepseekGpuTime: { value: 2.664e6 * HOUR, source: 'deepseekv3-2024', where: 'Table 1' },
  deepseekGpus: { value: 2_048, source: 'deepseekv3-2024', where: 'section 3.1' },

  /** Tokens a parameter at the optimum. */
  chinchilla: { value: 20, source: 'hoffmann2022', where: 'Table 3, rounded' },
} as const satisfies Record<string, Published>;

/** What no source gives and the chapter says that it assumes. */
export const assumed = {
  checkpointPause: 60,
  restart: 600,
  goodputLow: 0.9,
  efficiencyLow: 0.45,
  efficiencyHigh: 0.52,
} as const;
