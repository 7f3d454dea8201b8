import { memoryRules } from '../memory/family-rules.ts';
import { keptTensors, type KeptTensor, type LayerKernel } from '../memory/kept-tensors.ts';
import { memoryRates, type MemoryCut } from '../memory/memory-rates.ts';
import type { FrameworkFamily } from '../training/types.ts';
import type { Model, Recompute } from '../types.ts';
import { tensor } from './cost.ts';
import type { PartKind, Tensor } from './types.ts';

/** What decides how much training keeps. */
export interface Keeping {
  /** Whose habits: what is fused, whether there is dropout. */
  /** FSDP's selective recomputation keeps tensors by another rule, which this does not know. */
  readonly framework: Exclude<FrameworkFamily, 'fsdp'>;
  /** FlashAttention or the like: scores never reach memory. */
  readonly fusedAttention: boolean;
  readonly recompute: Recompute;
}

/** One sequence on one GPU, in 16 bits: nothing is split. */
export function wholeModel(model: Model, { framework, fusedAttention }: Keeping): MemoryCut {
  const parallelism = {
    tensorParallel: 1,
    contextParallel: 1,
    expertParallel: 1,
    expertTensorParallel: 1,
    sequenceParallel: false,
    zeroStage: 0,
  } as const;
  return {
    model,
    microBatch: 1,
    precision: 'bf16',
    recompute: 'none',
    framework,
    fusedAttention,
    parallelism,
  };
}

/** Which part of the layer a kernel belongs to. */
const PART: Readonly<Record<LayerKernel, PartKind>> = {
  'attention-norm': 'norms',
  qkv: 'attention',
  attention: 'scores',
  'attention-output': 'attention',
  'mlp-norm': 'norms',
  'mlp-up': 'mlp',
  'mlp-down': 'mlp',
  router: 'mlp',
  dispatch: 'mlp',
};

/** What is left of a layer's list under a recompute mode: full recomputation keeps the layer's input alone. */
const survives = (mode: Recompute, { selective, kernel, tensor: name }: KeptTensor): boolean =>
  mode === 'none' || (mode === 'selective' ? !selective : kernel === 'attention-norm' && name === 'input');

/**
 * What one layer keeps of one token for its backward pass, by part: the list of `memory/kept-tensors.ts`, for one
 * sequence on one GPU.
 * @returns bytes a token, each tensor under the part whose kernel keeps it
 * @source Korthikanti 2022, section 4
 */
export function keptPerToken(
  model: Model,
  keeping: Keeping,
  experts: boolean,
): { readonly part: PartKind; readonly tensor: Tensor }[] {
  const cut = wholeModel(model, keeping);
  const kept = keptTensors(model, { ...cut, ...cut.parallelism }, memoryRules(cut), experts);
  return kept
    .filter((one) => survives(keeping.recompute, one))
    .map(({ kernel, tensor: name, bytes }, i) => ({
      part: PART[kernel],
      tensor: tensor(`kept-${i}`, `${kernel.replace('-', ' ')}: ${name}`, {
        activations: bytes / model.sequence,
      }),
    }));
}

/** What is kept of one token behind the embedding, and before and at the logits, bytes. @source the same */
export function keptAtEnds(model: Model, keeping: Keeping): { embedding: Tensor; output: Tensor[] } {
  const { embeddingKept, outputKept, logits } = memoryRates(wholeModel(model, keeping));
  const each = (bytes: number) => ({ activations: bytes / model.sequence });
  return {
    embedding: tensor('kept-embedding', 'token ids, dropout mask', each(embeddingKept)),
    output: [
      tensor('kept-output', 'inputs of norm and output', each(outputKept)),
      tensor('kept-logits', 'logits and their copies', each(logits)),
    ],
  };
}
