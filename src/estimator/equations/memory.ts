import { constant, product, quotient, sum, type Equation, type Expr } from '../expr/expr.ts';
import type { SourceRef } from '../types.ts';
import { FRAGMENTATION } from '../memory/framework-overhead.ts';
import { symbols, type SymbolName } from './symbols.ts';

type Tree = Expr<SymbolName>;
type Part = SymbolName | number | Tree;

const bytes = (value: number): Tree => constant(value, 'B');
const times = (...factors: Part[]): Tree => product<SymbolName>(...factors);
const plus = (...terms: Part[]): Tree => sum<SymbolName>(...terms);
const over = (above: Part, below: Part): Tree => quotient<SymbolName>(above, below);

interface Shown {
  readonly id: string;
  readonly result: string;
  readonly symbol: string;
  readonly meaning: string;
  readonly source: SourceRef;
  readonly unit?: string;
}

/** What a tree is made of; no formula here has a power. */
function childrenOf(expr: Tree): readonly Tree[] {
  if (expr.kind === 'sum') return expr.terms;
  if (expr.kind === 'product') return expr.factors;
  return expr.kind === 'quotient' ? [expr.over, expr.under] : [];
}

/** Names of the symbols that a tree holds, as they come. */
const namesIn = (expr: Tree): readonly SymbolName[] =>
  expr.kind === 'symbol' ? [expr.name] : childrenOf(expr).flatMap(namesIn);

const equation = (expr: Tree, { unit = 'B', ...shown }: Shown): Equation => ({
  ...shown,
  unit,
  expr,
  symbols: symbols(...new Set(namesIn(expr))),
});

const KORTHIKANTI = 'korthikanti2022';
const zero = { key: 'rajbhandari2020', where: 'section 3.1 and figure 1' };

const STATES = ['weightBytes', 'gradientBytes', 'optimizerBytes'] as const;

/** What is shared out from each ZeRO stage on: the optimizer first, the weights last. */
function stateTree(stage: 0 | 1 | 2 | 3, experts: boolean): Tree {
  const whole = STATES.slice(0, 3 - stage);
  const shared = STATES.slice(3 - stage);
  const held: Part = experts ? plus('stageParameters', 'expertParameters') : 'stageParameters';
  const own = over('stageParameters', 'shards');
  const share = experts ? plus(own, over('expertParameters', 'expertShards')) : own;
  const all = (names: readonly SymbolName[]): Part => (names.length > 1 ? plus(...names) : names[0]!);
  const terms = [
    ...(whole.length > 0 ? [times(all(whole), held)] : []),
    ...(shared.length > 0 ? [times(all(shared), share)] : []),
  ];
  return terms.length > 1 ? plus(...terms) : terms[0]!;
}

const stateEquation = (stage: 0 | 1 | 2 | 3, experts: boolean): Equation =>
  equation(stateTree(stage, experts), {
    id: `state-zero-${stage}${experts ? '-experts' : ''}`,
    result: 'stateBytes',
    symbol: 'M_s',
    meaning: `weights, gradients and optimizer on one GPU, ZeRO ${stage}${experts ? ', mixture of experts' : ''}`,
    source: zero,
  });

/** Weights, gradients and optimizer on one GPU by ZeRO stage; equals the parts of `memoryPerGpu`. */
export const zeroStateEquations = [
  stateEquation(0, false),
  stateEquation(1, false),
  stateEquation(2, false),
  stateEquation(3, false),
] as const;
/** The same for a mixture of experts, whose experts have fewer replicas. */
export const zeroExpertStateEquations = [
  stateEquation(0, true),
  stateEquation(1, true),
  stateEquation(2, true),
  stateEquation(3, true),
] as const;

/** Everything on one GPU; equals `memoryPerGpu(...).total`. */
export const gpuMemoryEquation = equation(
  plus(
    'stateBytes',
    times(plus(constant(1, '1'), constant(FRAGMENTATION, '1')), plus('activationBytes', 'passingBytes')),
    'bufferBytes',
    'outsideBytes',
  ),
  {
    id: 'gpu-memory',
    result: 'gpuMemory',
    symbol: 'M',
    meaning: 'all that nvidia-smi shows on one GPU',
    source: {
      key: 'nvidia-megatron-lm',
      where: 'theoretical_memory_usage.py, for the sum; the 5% are our own allowance for fragmentation',
    },
  },
);

/** Megatron's distributed optimizer with 32-bit gradients: `(6 + 12/d) N`. */
export const distributedOptimizerEquation = equation(
  times(plus(constant(6, 'B/parameter'), over(constant(12, 'B/parameter'), 'shards')), 'storedParameters'),
  {
    id: 'distributed-optimizer',
    result: 'modelState',
    symbol: 'M_s',
    meaning: 'state of Megatron’s distributed optimizer, BF16 weights and FP32 gradients',
    source: { key: 'nvidia-megatron-core-distopt', where: 'table of bytes a parameter' },
  },
);

/** DeepSpeed's own estimate of ZeRO-3; equals `deepspeedEstimate(3, …)`. */
export const deepspeedZero3Equation = equation(
  plus(
    times(constant(4, 'B/parameter'), 'largestLayer'),
    over(times(constant(18, 'B/parameter'), 'storedParameters'), 'shards'),
  ),
  {
    id: 'deepspeed-zero-3',
    result: 'modelState',
    symbol: 'M_s',
    meaning: 'what DeepSpeed’s estimator prints for ZeRO-3 without offloading',
    source: { key: 'deepspeed-code', where: 'stage3.py, estimate_zero3_model_states_mem_needs' },
  },
);

const sbh = ['sequence', 'microBatch', 'hidden'] as const;
const scores = times(bytes(5), over(times('heads', 'sequence'), 'hidden'));
const layer = (id: string, meaning: string, where: string, expr: Tree): Equation =>
  equation(expr, {
    id,
    result: 'layerBytes',
    symbol: 'A_1',
    meaning,
    source: { key: KORTHIKANTI, where },
  });

const GPT = 'a GPT layer keeps of one micro-batch';
/** What a GPT layer keeps without FlashAttention, in 16 bits; each equals the sum of `keptTensors`. */
export const layerActivations = {
  alone: layer('layer-alone', `what ${GPT}`, 'equation 1', times(...sbh, plus(bytes(34), scores))),
  tensor: layer(
    'layer-tensor',
    `what ${GPT}, tensor parallel`,
    'equation 2',
    times(
      ...sbh,
      plus(
        bytes(10),
        over(bytes(24), 'tensorParallel'),
        times(bytes(5), over(times('heads', 'sequence'), times('hidden', 'tensorParallel'))),
      ),
    ),
  ),
  sequence: layer(
    'layer-sequence',
    `what ${GPT}, tensor and sequence parallel`,
    'equation 4',
    times(over(times(...sbh), 'tensorParallel'), plus(bytes(34), scores)),
  ),
  selective: layer(
    'layer-selective',
    `what ${GPT}, tensor and sequence parallel, selective recomputation`,
    'equation 6, for one layer',
    times(bytes(34), over(times(...sbh), 'tensorParallel')),
  ),
  full: layer('layer-full', `what ${GPT}, full recomputation`, 'section 5', times(bytes(2), ...sbh)),
} as const;

const perToken = plus(
  times(bytes(4), 'headDim', plus('heads', 'kvHeads')),
  times(bytes(4), 'heads'),
  times(bytes(6), 'ffn'),
);

/** What a layer after Llama keeps with FlashAttention under Megatron Core, in 16 bits; equals `keptTensors`. */
export const llamaLayerActivations = equation(
  times('sequence', 'microBatch', over(plus(times(bytes(8), 'hidden'), perToken), 'tensorParallel')),
  {
    id: 'layer-llama',
    result: 'layerBytes',
    symbol: 'A_1',
    meaning: 'what a gated layer keeps of one micro-batch with FlashAttention, tensor and sequence parallel',
    source: { key: 'dao2023', where: 'section 3.1; the tensors are those of kept-tensors.ts' },
  },
);

/** Micro-batches in flight on a stage, where there are enough; equal `microBatchesInFlight`. */
export const inFlightEquation = equation(plus('stages', times(-1, 'stageIndex')), {
  id: 'in-flight',
  result: 'inFlight',
  symbol: 'n_i',
  unit: '1',
  meaning: 'micro-batches in flight on stage i, 1F1B',
  source: { key: 'narayanan2021', where: 'section 2.2.1' },
});
export const inFlightInterleavedEquation = equation(
  over(
    plus(times(2, plus('stages', times(-1, 'stageIndex'), -1)), times(plus('chunks', -1), 'stages'), 1),
    'chunks',
  ),
  {
    id: 'in-flight-interleaved',
    result: 'inFlight',
    symbol: 'n_i',
    unit: '1',
    meaning: 'micro-batches in flight on stage i, interleaved, counted in whole stages',
    source: { key: KORTHIKANTI, where: 'section 4.2.3' },
  },
);

/** The logits and their copies at the loss; equals the logits of `memoryPerGpu` where they are the worst moment. */
export const logitsEquation = equation(
  over(times('bytesPerLogit', 'sequence', 'microBatch', 'vocab'), 'tensorParallel'),
  {
    id: 'logits',
    result: 'logitBytes',
    symbol: 'M_p',
    meaning: 'the logits with their copies at the loss',
    source: { key: KORTHIKANTI, where: 'section 4.3, with the copies that each framework makes' },
  },
);

const ledgerOf = (id: string, expr: Tree, meaning: string): Equation =>
  equation(expr, { id, result: 'modelState', symbol: 'M', meaning, source: zero });

/** A row of the ledger on one GPU; equals `ledgerBytes(...).total` where everything is trained. */
export const ledgerEquation = ledgerOf(
  'ledger',
  times(plus('wholeBytes', over('sharedBytes', 'shards')), 'storedParameters'),
  'state of one GPU by a recipe of the ledger',
);
/** The same where only adapters are trained. */
export const ledgerTrainedEquation = ledgerOf(
  'ledger-trained',
  times(plus('wholeBytes', times('trainedShare', 'trainedBytes')), 'storedParameters'),
  'state of one GPU by a recipe that trains adapters',
);
