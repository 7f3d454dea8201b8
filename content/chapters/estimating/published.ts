/**
 * Published values that this chapter's arithmetic starts from, in SI units. The prose prints each with its source
 * (<Given>); here the same value enters a computation.
 */
import { GIGA, MIB, PETA, SECONDS_PER_DAY, TERA } from '#estimator';

/** Megatron-LM issue 1565: what the job logged, and the sparse rate it was divided by. */
export const h200Logged = 420 * TERA;
export const h200Printed = 1979 * TERA;

/** unsloth pull request 6895: nvidia-smi totals. */
export const driverMemory = { a100: 81_920 * MIB, h100: 81_559 * MIB, b200: 183_359 * MIB };

/** Brown 2020, table D.1: petaFLOP/s-days. */
export const gpt3Work = 3640 * PETA * SECONDS_PER_DAY;

/** NVIDIA Megatron-Bridge performance archive, 26.04.01: Llama 3 70B in FP8 on 64 H100. */
export const fp8Rate = 731 * TERA;

/** Bekman, ML Engineering: best matrix multiplication found, against the peak printed beside it. */
export const bestMatmul = { a100: 271.2 * TERA, h100: 794.5 * TERA };

/** PCIe 5 x16 in one direction, as usually quoted, and what NVLink 4 is sold as. AIInfraGuide issue 44. */
export const pcie5 = 64 * GIGA;
export const nvlink4Label = 900 * GIGA;
/** Links of an H100 (open-mpi/hwloc issue 574). */
export const nvlink4Links = 18;

/** An HDR InfiniBand adapter: 200 Gb/s in each direction. */
export const hdrBits = 200 * GIGA;

/** DeepSeek-V3 issue 28: achieved NVLink bandwidth of an H800, one direction; and its label. */
export const h800Achieved = 160 * GIGA;
export const h800Label = 400 * GIGA;

/** Korthikanti 2022, table 5: step times on 64 A100, a batch of 64 sequences; 530B on 280 and 1T on 512. */
export const recompute = {
  gpus: 64,
  batch: 64,
  full: 18.13,
  selective: 13.75,
  later: { '530B': { time: 49.05, gpus: 280, batch: 280 }, '1T': { time: 94.42, gpus: 512, batch: 512 } },
} as const;

/** Narayanan 2021, section 5.1: achieved rate for GPT-3, recomputation counted. */
export const narayananRate = 140 * TERA;

/** Narayanan 2021, table 1: achieved hardware FLOP/s per GPU, smallest model first. */
export const narayananTable1 = [
  { model: '1.7B', rate: 137 * TERA },
  { model: '3.6B', rate: 138 * TERA },
  { model: '7.5B', rate: 142 * TERA },
  { model: '18.4B', rate: 135 * TERA },
  { model: '39.1B', rate: 138 * TERA },
  { model: '76.1B', rate: 140 * TERA },
  { model: '145.6B', rate: 148 * TERA },
  { model: '310.1B', rate: 155 * TERA },
  { model: '529.6B', rate: 163 * TERA },
  { model: '1008B', rate: 163 * TERA },
] as const;

/** Llama 3.1 405B: Grattafiori 2024, sections 2 and 3.3.4, Table 4; model card for the GPU-hours. */
export const llama = {
  parameters: 405e9,
  tokens: 15.6e12,
  gpuHours: 30.84e6,
  windowDays: 54,
  windowGpus: 16_384,
};

/** scaling-book issue 31, question 7. */
export const deepseek = { active: 37e9, tokens: 14.8e12, gpuHours: 2.79e6, pciePeak: 1513 * TERA };

/** DeepSpeed issue 4527: 6,805M parameters, largest layer 131M, four GPUs. */
export const deepspeed = { parameters: 6805e6, layer: 131e6, gpus: 4, bytesPerParameter: 18, layerBytes: 4 };

/** NVIDIA's configuration of the same model: 75,000 steps of 2,048 sequences of 2,048 tokens. */
export const nemoTokens = 75_000 * 2048 * 2048;
