import { collectiveTimeEquation, ringAllReduce, ringLap, wireTime } from './collectives.ts';
import {
  expertLayerParameters,
  kvCacheEquation,
  latentAttentionParameters,
  latentCacheEquation,
  layerParameters,
  megatronParameters,
  twelveLh2,
} from './counting.ts';
import {
  exactCausalFlopsPerToken,
  exactFlopsPerToken,
  moeCausalFlopsPerToken,
  moeFlopsPerToken,
} from './exact-flops.ts';
import {
  effectiveBitsEquation,
  largestValueEquation,
  smallestGradientEquation,
  storedValueEquation,
} from './formats.ts';
import {
  deepspeedZero3Equation,
  distributedOptimizerEquation,
  gpuMemoryEquation,
  inFlightEquation,
  inFlightInterleavedEquation,
  layerActivations,
  ledgerEquation,
  ledgerTrainedEquation,
  llamaLayerActivations,
  logitsEquation,
  zeroExpertStateEquations,
  zeroStateEquations,
} from './memory.ts';
import { megatronFlopsPerToken, megatronFullRecomputePerToken } from './megatron.ts';
import { modelStateEquation } from './model-state.ts';
import { bisectionEquation, networkMfuEquation } from './network.ts';
import { eightNdEquation, sixNdEquation } from './six-nd.ts';
import { intensityEquation, memoryRoofEquation, rateGrowthEquation, ridgeEquation } from './roofline.ts';
import { besirogluLoss, hoffmannLoss, tokensInBudget } from './scaling-laws.ts';
import { trainingEquation } from './training-time.ts';
import { hfuEquation, mfuEquation } from './utilisation.ts';
import { memoryPeakEquation, zeroTrafficEquation } from './zero.ts';

/** The displayed formulas by name, each an expression tree whose value is that of the function it belongs to. */
export const equations = {
  sixNd: sixNdEquation,
  eightNd: eightNdEquation,
  exactFlopsPerToken,
  exactCausalFlopsPerToken,
  moeFlopsPerToken,
  moeCausalFlopsPerToken,
  megatronFlopsPerToken,
  megatronFullRecomputePerToken,
  timeToTrain: trainingEquation({ unknown: 'time' }),
  timeWithGoodput: trainingEquation({ unknown: 'time', goodput: true }),
  timeFromFlopsPerToken: trainingEquation({ unknown: 'time', work: 'per-token' }),
  timeFromFlopsPerTokenWithGoodput: trainingEquation({ unknown: 'time', work: 'per-token', goodput: true }),
  gpusForTime: trainingEquation({ unknown: 'gpus' }),
  efficiencyForTime: trainingEquation({ unknown: 'efficiency' }),
  tokensInTime: trainingEquation({ unknown: 'tokens' }),
  parametersInTime: trainingEquation({ unknown: 'parameters' }),
  mfu: mfuEquation,
  hfu: hfuEquation,
  modelState: modelStateEquation,
  storedValue: storedValueEquation,
  largestValue: largestValueEquation,
  effectiveBits: effectiveBitsEquation,
  smallestGradient: smallestGradientEquation,
  ridge: ridgeEquation,
  intensity: intensityEquation,
  memoryRoof: memoryRoofEquation,
  rateGrowth: rateGrowthEquation,
  networkMfu: networkMfuEquation,
  bisection: bisectionEquation,
  ringAllReduce,
  ringLap,
  wireTime,
  collectiveTime: collectiveTimeEquation,
  zeroTraffic: zeroTrafficEquation,
  memoryPeak: memoryPeakEquation,
  stateZero0: zeroStateEquations[0],
  stateZero1: zeroStateEquations[1],
  stateZero2: zeroStateEquations[2],
  stateZero3: zeroStateEquations[3],
  expertStateZero0: zeroExpertStateEquations[0],
  expertStateZero1: zeroExpertStateEquations[1],
  expertStateZero2: zeroExpertStateEquations[2],
  expertStateZero3: zeroExpertStateEquations[3],
  gpuMemory: gpuMemoryEquation,
  distributedOptimizer: distributedOptimizerEquation,
  deepspeedZero3: deepspeedZero3Equation,
  layerAlone: layerActivations.alone,
  layerTensor: layerActivations.tensor,
  layerSequence: layerActivations.sequence,
  layerSelective: layerActivations.selective,
  layerFull: layerActivations.full,
  layerLlama: llamaLayerActivations,
  inFlight: inFlightEquation,
  inFlightInterleaved: inFlightInterleavedEquation,
  logits: logitsEquation,
  ledger: ledgerEquation,
  ledgerTrained: ledgerTrainedEquation,
  layerParameters,
  expertLayerParameters,
  latentAttentionParameters,
  kvCache: kvCacheEquation,
  latentCache: latentCacheEquation,
  twelveLh2,
  megatronParameters,
  tokensInBudget,
  hoffmannLoss,
  besirogluLoss,
} as const;

export type EquationName = keyof typeof equations;
