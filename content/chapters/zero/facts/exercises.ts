import {
  bytesPerParameter,
  countParameters,
  deepspeedEstimate,
  layersOnlyMemory,
  modelStateBytes,
  stateRecipe,
} from '#estimator';
import { modelById } from '#catalog';
import type { Patch, Scenario } from '#scenario';
import { calculator, published } from '../published.ts';
import { LLAMA } from './choice.ts';
import { gb, gib, memory, ONLY_ZERO, plain, ratio, SHARDED, stepOf, timed, type Fact } from './shared.ts';

/** The 175B of Korthikanti 2022: three chunks a stage, FP32 gradients, dropout, nothing shared. */
const KORTHIKANTI = {
  memoryRules: 'megatron-2022',
  memoryGradients: 'fp32',
  stepZero: '0',
  stepChunks: '3',
} as const satisfies Patch;
const layers = (s: Scenario, patch: Patch = {}) => layersOnlyMemory(stepOf(s, { ...KORTHIKANTI, ...patch }));

/** Tensor parallel 8, 16 stages, 8 replicas. */
const SPLIT = 8 * 16;
const REPLICAS = 8;
const fp32Gradients = stateRecipe('mixed-18');
const mine = (s: Scenario): number => s.model.parameters / SPLIT;
const kept = fp32Gradients.weights + fp32Gradients.gradients;
const shared = fp32Gradients.master + fp32Gradients.moments;

const { issueParameters, issueLayer, issueGpus } = published;
/** What DeepSpeed's estimators say of the model of issue 4527, with the largest layer or without. */
const issue = (zeroStage: 2 | 3, largestLayer = 0): number =>
  deepspeedEstimate(zeroStage, {
    parameters: issueParameters.value,
    largestLayer,
    gpus: issueGpus.value,
  });

const llama = countParameters(modelById('llama3-70b').shape).total;
const llamaState = modelStateBytes(llama, 'mixed-16').total;
const llamaCard = (s: Scenario): number => stepOf(s, LLAMA).cluster.gpu.memory;
const pure = { ...LLAMA, ...SHARDED };
const inNode = { ...pure, stepTensor: '8' } as const;
const staged = { ...LLAMA, ...ONLY_ZERO, stepTensor: '8', stepPipeline: '2' } as const;

const { heads, sequence, batch, tensorParallel } = calculator;
/** Scores, mask and dropped scores of all layers, five bytes each: what the calculator forgets to divide. */
const scores = calculator.layers * 5 * heads * sequence ** 2 * batch;

const named = published.loaded.value / stateRecipe('mixed-16').weights;

export const exerciseFacts = {
  layersState: (s) => gib(layers(s).state, 6),
  layersWhole: (s) => gib(layers(s, { stepSequence: 'whole', recompute: 'none' }).activations, 7),
  layersSplit: (s) => gib(layers(s, { recompute: 'none' }).activations, 7),
  layersSelective: (s) => gib(layers(s).activations, 9),
  mineParameters: (s) => plain(mine(s), 'size', 4),
  mineWhole: (s) => gb(bytesPerParameter(fp32Gradients) * mine(s)),
  mineShared: (s) => gb((kept + shared / REPLICAS) * mine(s), 4),
  allShared: (s) => gb(modelStateBytes(s.model.parameters, 'mixed-16').total / s.cluster.gpus),
  issueShards: () => gib(issue(3), 4),
  issueLayer: () => gib(issue(3, issueLayer.value) - issue(3), 2),
  issueTotal: () => gib(issue(3, issueLayer.value), 4),
  issueTotalGb: () => gb(issue(3, issueLayer.value), 4),
  issueStage2: () => gib(issue(2), 4),

  llamaParameters: () => plain(llama, 'size', 4),
  llamaState: () => ({ value: llamaState, unit: 'B', as: 'TB', digits: 3 }),
  llamaEach: () => gib(llamaState / LLAMA.gpus),
  llamaCard: (s) => gib(llamaCard(s)),
  llamaLeft: (s) => gib(llamaCard(s) - llamaState / LLAMA.gpus),
  llamaTotal: (s) => gib(memory(s, pure).total),
  llamaOver: (s) => gib(memory(s, pure).total - llamaCard(s)),
  llamaGathered: (s) => gib(memory(s, pure).parts.communication),
  llamaLogits: (s) => gib(memory(s, pure).parts.logits),
  llamaInNode: (s) => gib(memory(s, inNode).total),
  llamaInNodeMfu: (s) => ratio(timed(s, inNode).mfu),
  llamaFour: (s) => gib(memory(s, { ...pure, stepTensor: '4' }).total),
  llamaStaged: (s) => gib(memory(s, { ...staged, recompute: 'full' }).total),
  llamaStagedKept: (s) => gib(memory(s, { ...staged, recompute: 'none' }).total),
  llamaDouble: (s) => gib(memory(s, { ...pure, gpus: 32 }).total),

  bugScores: () => gb(scores, 4),
  bugScoresSplit: () => gb(scores / tensorParallel),
  bugWhole: () => gb(calculator.whole),
  bugSplit: () => gb(calculator.split, 4),
  bugTrue: () => gb(calculator.split - scores * (1 - 1 / tensorParallel)),
  bugState: () => gb(calculator.state, 4),
  bugStateTrue: () => gb(calculator.state / tensorParallel),
  namedParameters: () => plain(named, 'size'),
  namedEach: () => plain(published.training.value / named, 'real'),
  namedTrue: () => ({ value: modelStateBytes(named, 'mixed-16').total, unit: 'B', as: 'TB', digits: 3 }),
  namedGb: () => gb(published.training.value),
} satisfies Record<string, Fact>;
