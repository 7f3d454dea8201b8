import { equations, toTex, type Equation, type EquationName } from '#estimator';
import { renderTex } from '#markdown/katex.ts';

interface Shown {
  readonly name: EquationName;
  /** The function that computes it, and its file. */
  readonly by: string;
  readonly file: string;
  readonly remark?: string;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly formulas: readonly Shown[];
}

const MEMORY = 'src/estimator/memory';
const state = (name: EquationName, remark?: string): Shown => ({
  name,
  by: 'memoryPerGpu',
  file: `${MEMORY}/memory-per-gpu.ts`,
  ...(remark !== undefined && { remark }),
});
const layer = (name: EquationName, remark?: string): Shown => ({
  name,
  by: 'keptTensors',
  file: `${MEMORY}/kept-tensors.ts`,
  ...(remark !== undefined && { remark }),
});

const GROUPS: readonly Group[] = [
  {
    id: 'all',
    title: 'One GPU',
    text: 'The fullest GPU is the one that has to fit. Every term is per GPU and per pipeline stage, and the stage with the largest sum is the answer.',
    formulas: [
      {
        name: 'gpuMemory',
        by: 'memoryPerGpu',
        file: `${MEMORY}/memory-per-gpu.ts`,
        remark:
          'What comes and goes within a step fragments the allocator’s memory; state and buffers stay where they are.',
      },
    ],
  },
  {
    id: 'state',
    title: 'Weights, gradients, optimizer',
    text: 'Bytes a parameter are those of the framework family, and are listed in the ledger. Tensor and pipeline parallelism are in P already.',
    formulas: [
      state('stateZero0'),
      state('stateZero1', 'Megatron’s distributed optimizer is this one.'),
      state('stateZero2'),
      state('stateZero3', 'FSDP’s full sharding. The layer at work is gathered on top, in the buffers.'),
      state('expertStateZero0'),
      state('expertStateZero1', 'Experts are spread over replicas already, so fewer of them share.'),
      state('expertStateZero2'),
      state('expertStateZero3'),
      {
        name: 'distributedOptimizer',
        by: 'ledgerBytes',
        file: 'src/estimator/ledger/ledger.ts',
      },
      {
        name: 'deepspeedZero3',
        by: 'deepspeedEstimate',
        file: 'src/estimator/zero/deepspeed-estimate.ts',
        remark: 'It prints bytes over 2³⁰ and calls them GB.',
      },
      { name: 'ledger', by: 'ledgerBytes', file: 'src/estimator/ledger/ledger.ts' },
      { name: 'ledgerTrained', by: 'ledgerBytes', file: 'src/estimator/ledger/ledger.ts' },
    ],
  },
  {
    id: 'activations',
    title: 'Activations of a layer',
    text: 'The estimator adds up the tensors that each kernel keeps. For the layers of papers the sum is one of these, which tests hold it to. All are in bytes, for 16-bit numbers, of one micro-batch on one GPU.',
    formulas: [
      layer('layerAlone', '34 bytes of linear layers, norms and masks, and 5 for each score.'),
      layer('layerTensor', 'Norms and dropout, 10 of the 34 bytes, stay whole on every rank.'),
      layer('layerSequence'),
      layer('layerSelective', 'Scores are not kept but computed again.'),
      {
        name: 'layerFull',
        by: 'layerMemory',
        file: `${MEMORY}/layer-memory.ts`,
        remark: 'The input of the layer alone. The rest comes back for one layer at a time.',
      },
      layer(
        'layerLlama',
        'FlashAttention keeps one 32-bit number a head and token instead of the scores; the gate doubles the MLP’s output.',
      ),
    ],
  },
  {
    id: 'pipeline',
    title: 'Micro-batches in flight',
    text: 'A stage holds the activations of all micro-batches that went forward and have not come back, and never more than there are in a step.',
    formulas: [
      { name: 'inFlight', by: 'microBatchesInFlight', file: `${MEMORY}/in-flight.ts` },
      {
        name: 'inFlightInterleaved',
        by: 'microBatchesInFlight',
        file: `${MEMORY}/in-flight.ts`,
        remark: 'On the first stage that is p(1 + (p − 1)/pv), as Korthikanti writes it.',
      },
    ],
  },
  {
    id: 'loss',
    title: 'The loss',
    text: 'On the last stage the logits and their copies stand at the loss, when no layer’s backward pass is under way; the larger of the two counts.',
    formulas: [
      {
        name: 'logits',
        by: 'logitsBytes',
        file: `${MEMORY}/stage-bytes.ts`,
        remark:
          'Megatron keeps 8 bytes a logit, PyTorch’s own loss 14, compiled 10: family-rules.ts has the rules.',
      },
    ],
  },
];

const setSymbols = ({ symbols }: Equation) =>
  Object.values(symbols).map(({ tex, unit, meaning }) => ({ html: renderTex(tex), unit, meaning }));

/** The groups of the page of memory formulas, each formula set from its tree, with its symbols and its source. */
export const memoryGroups = GROUPS.map(({ formulas, ...group }) => ({
  ...group,
  formulas: formulas.map(({ name, ...shown }) => {
    const equation: Equation = equations[name];
    const { id, meaning, unit, source } = equation;
    return {
      ...shown,
      id,
      meaning,
      unit,
      html: renderTex(toTex(equation, 'symbols'), { display: true }),
      symbols: setSymbols(equation),
      where: source.where,
      facts: { formula: { value: id, source: source.key, where: source.where } },
    };
  }),
}));
