import type { Published } from '../shared.ts';

/** What this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** Parameters of the model of DeepSpeed issue 4527, of its largest layer, and the GPUs. */
  issueParameters: { value: 6805e6, source: 'deepspeed-4527', where: 'estimator output' },
  issueLayer: { value: 131e6, source: 'deepspeed-4527', where: 'estimator output' },
  issueGpus: { value: 4, source: 'deepspeed-4527', where: 'estimator output' },
  /** Accelerate's table for an 80B model loaded in float16: its size, and "training using Adam". */
  loaded: { value: 148.56 * 2 ** 30, source: 'accelerate-estimator', where: 'table of idefics-80b-instruct' },
  training: { value: 594.24 * 2 ** 30, source: 'accelerate-estimator', where: 'the same row' },
} as const satisfies Record<string, Published>;

/**
 * The inputs that the survey of this project gave to the playbook's calculator, and what its code returns for them,
 * bytes: activations without and with sequence parallelism, and the state of weights, gradients and optimizer.
 */
export const calculator = {
  heads: 128,
  layers: 126,
  sequence: 4096,
  batch: 1,
  tensorParallel: 8,
  whole: 292.045193216e9,
  split: 1399.72575232e9,
  state: 6529.1157504e9,
} as const;
