/** The estimator's only door: everything not listed here is private. */
export * from './types.ts';
export * from './units.ts';
export { failed, ok, valueOrThrow, type Issue, type IssueCode, type Outcome } from './issues.ts';
export { checkModel } from './check-model.ts';
export {
  countParameters,
  meanLayerParameters,
  type ParameterCount,
  type ParameterParts,
} from './parameters.ts';
export { sumParts, type FlopParts } from './flops/parts.ts';
export { modelFlops, type FlopCount, type FlopOptions } from './flops/model-flops.ts';
export { hardwareFlops, type HardwareFlopCount } from './flops/hardware-flops.ts';
export { megatronFlops, megatronHardwareFlops, type GptShape } from './flops/megatron.ts';
export { eightNd, sixNd } from './flops/six-nd.ts';
export { hfu, mfu, tokensPerSecondAt } from './efficiency.ts';
export {
  deliveredRate,
  efficiencyForTime,
  flopsForTime,
  gpusForTime,
  parametersForFlops,
  timeToTrain,
  tokensForFlops,
  type Delivery,
} from './time-to-train.ts';
export { solveTraining } from './solve/solve-training.ts';
export type {
  FullerCount,
  TrainingAnswer,
  TrainingCount,
  TrainingQuestion,
  TrainingUnknown,
} from './solve/types.ts';
export {
  measuredEfficiency,
  type MeasuredEfficiency,
  type MeasuredRun,
} from './solve/measured-efficiency.ts';
export { TRAINING_LIMITS } from './solve/limits.ts';
export { fastestFormat, formatsOf, peakRate } from './peak.ts';
export { FORMAT_BYTES } from './kernels/format-bytes.ts';
export { burstShare } from './kernels/gemm-rates.ts';
export { IDLE_LOST, OPERAND_COST, tilesOf, waveEfficiency, type Tile } from './kernels/tiles.ts';
export { FILL_BYTES, GEMM_BANDWIDTH_SHARE, gemmSeconds, groupedGemmSeconds } from './kernels/gemm.ts';
export {
  gemmTime,
  groupedGemmTime,
  type Gemm,
  type GemmTime,
  type GroupedGemm,
} from './kernels/gemm-time.ts';
export { attainableRate, ridgePoint } from './roofline/ridge.ts';
export { HEAD_WIDTH, kernelWork, type KernelWork, type RooflineKernel } from './roofline/kernel.ts';
export { kernelFormat, roofline, type RooflinePoint } from './roofline/roofline.ts';
export { rateGrowth, type RatedCard, type RateGrowth } from './roofline/rate-growth.ts';
export {
  bytesPerParameter,
  modelStateBytes,
  STATE_RECIPES,
  stateRecipe,
  type ModelState,
  type StateRecipe,
} from './model-state.ts';
export type { Equation, Expr, SymbolInfo } from './expr/expr.ts';
export { evaluate } from './expr/evaluate.ts';
export { dimension, parseUnit, sameDimension, type Dimension } from './expr/dimension.ts';
export { toTex } from './expr/tex.ts';
export { equations, type EquationName } from './equations/index.ts';
export { trainingEquation, trainingEquations, type TrainingWork } from './equations/training-time.ts';
export { exactFlopsFormula } from './equations/exact-flops.ts';
export { countingValues } from './equations/counting.ts';
export { optimalSizes } from './equations/scaling-laws.ts';
export { modelFromConfig, SUPPORTED_ARCHITECTURES } from './config/model-from-config.ts';
export { conventionReading } from './conventions/readings.ts';
export { conventionToggles } from './conventions/toggles.ts';
export { conventionTornado, readingValue, type Tornado, type TornadoBar } from './conventions/tornado.ts';
export type {
  ConventionChoice,
  ConventionRun,
  Reading,
  ReadingOutput,
  Toggle,
  ToggleId,
  ToggleOption,
} from './conventions/types.ts';
export { busFactor, type CollectiveOp } from './network/operation.ts';
export {
  collectiveSeconds,
  collectiveTime,
  type CollectiveAlgorithm,
  type CollectiveTime,
} from './network/collective.ts';
export { collectiveByAlgorithm, type AlgorithmTime } from './network/by-algorithm.ts';
export { lineRateSeconds } from './network/line-rate.ts';
export { nodeTopology } from './topology/node-topology.ts';
export { pathsBetween, type PairPaths } from './topology/paths.ts';
export type { Connection, NodeFabric, NodeTopology, NodeWiring, Vertex, WirePath } from './topology/types.ts';
export { wiresOf, type Wire, type WireOptions, type Wires } from './network/wires.ts';
/** Global constants, for the list that the validation page prints. */
export * as NETWORK from './network/constants.ts';
export { STEP } from './step/constants.ts';
export { BACKWARD_SHARE, FLASH_SHARES } from './kernels/attention.ts';
export { PRODUCT_SHARE } from './kernels/separate-attention.ts';
export { BUCKET_PER_RANK, LEAST_BUCKET } from './step/data-parallel.ts';
export { ENERGY_BY_FORMAT, JOULES_PER_FLOP, POWERED_SHARE } from './kernels/energy.ts';
export { CROWDED, CUDA_CONTEXT, FRAGMENTATION, NCCL_GROUP } from './memory/framework-overhead.ts';
export { placeGroup, placeGroups, type Placement, type Placements } from './network/placement.ts';
export { layersOnlyMemory, type LayersOnlyMemory } from './memory/layers-only.ts';
export { checkMemory } from './memory/check-memory.ts';
export { keptTensors, type KeptTensor } from './memory/kept-tensors.ts';
export { memoryRules } from './memory/family-rules.ts';
export {
  memoryPerGpu,
  type MemoryEstimate,
  type MemoryParts,
  type StageMemory,
} from './memory/memory-per-gpu.ts';
export { memoryTimeline, type MemoryMoment, type MemoryTimeline, type PhaseName } from './memory/timeline.ts';
export {
  zeroSchedule,
  type LayerHolding,
  type Moment,
  type Sending,
  type ZeroQuestion,
  type ZeroSchedule,
} from './zero/schedule.ts';
export { shardedWay, splitWay, type ShardOrSplitQuestion, type Way } from './zero/shard-or-split.ts';
export * from './training/types.ts';
export { checkScenario } from './training/check-scenario.ts';
export { interleavingContradictions } from './training/contradictions.ts';
export { layersByStage } from './training/stage-layers.ts';
export { stepBreakdown, trainingStep, type TrainingStep } from './step/training-step.ts';
export { breakdownTotal, type StepBreakdown } from './step/compose.ts';
export { FRAMEWORK_RULES, rulesOf, type FrameworkRules } from './step/rules.ts';
export { bestTraining, planTraining } from './planner/plan-training.ts';
export type {
  Choice,
  Plan,
  PlanningQuestion,
  PlanProgress,
  Rejection,
  TrainingPlans,
} from './planner/types.ts';
export {
  residualKind,
  RESIDUALS,
  stepInterval,
  LEAST_RUNS,
  type Interval,
  type Residuals,
} from './step/interval.ts';
export {
  FLOAT_FORMAT_IDS,
  FLOAT_FORMATS,
  type FloatFormat,
  type FloatFormatId,
} from './formats/float-format.ts';
export {
  binades,
  epsilon,
  maxExponent,
  maxFinite,
  minExponent,
  minNormal,
  minSubnormal,
} from './formats/limits.ts';
export {
  binary,
  codeOf,
  decode,
  encode,
  fieldsOf,
  roundTo,
  type FloatFields,
  type Overflow,
} from './formats/codec.ts';
export { countUpTo, spacing, valuesBetween } from './formats/neighbours.ts';
export {
  BLOCK_FORMAT_IDS,
  BLOCK_FORMATS,
  effectiveBits,
  type BlockFormat,
  type BlockFormatId,
} from './formats/block-format.ts';
export { quantizeBlock, type QuantizedBlock } from './formats/quantize-block.ts';
export {
  gradientFates,
  largestLossScale,
  normalCdf,
  shareBelow,
  type GradientFates,
  type GradientSizes,
} from './formats/gradients.ts';
export { fabric } from './fabric/fabric.ts';
export { mostPorts } from './fabric/leaves.ts';
export { fabricBill, type BillLine, type FabricBill, type FabricPrices, type Piece } from './fabric/bill.ts';
export type { Fabric, FabricSpec, Wiring } from './fabric/types.ts';
export { smallestChange, type SmallestChange } from './memory/smallest-change.ts';
export { LEVER_VALUES, type LeverValues, type Setting, type SettingPath } from './memory/levers.ts';
export {
  replicaBytes,
  replicaMessages,
  shardedCrossings,
  type ReplicaBytes,
  type ReplicaMessage,
} from './zero/traffic.ts';
export { deepspeedEstimate, type DeepspeedQuestion } from './zero/deepspeed-estimate.ts';
export { evenStateShare, stateOfStage, type StageState } from './memory/state-of-stage.ts';
export { LEDGER_NAMES, type LedgerName } from './ledger/names.ts';
export { LEDGER_ROWS } from './ledger/rows.ts';
export { ledgerBytes, type LedgerAnswer, type LedgerQuestion } from './ledger/ledger.ts';
export type { LedgerCost, LedgerFamily, LedgerHolder, LedgerPart, LedgerRow } from './ledger/types.ts';
export { flopsByPaper, type PaperCount } from './flops/by-paper.ts';
export { modelTensors, type DissectOptions } from './tensors/model-tensors.ts';
export { cacheBytesPerToken } from './tensors/cache.ts';
export type { Cost, Group, Metric, ModelTensors, Part, PartKind, Tensor } from './tensors/types.ts';
export { ruleErrors, type RuleOptions } from './rules-of-thumb/rule-errors.ts';
export { RULES, RULE_IDS } from './rules-of-thumb/rules.ts';
export type { ByPart, Rule, RuleError, RuleId, RulePart } from './rules-of-thumb/types.ts';
export { scalingLaw, SCALING_LAWS } from './scaling-laws/laws.ts';
export {
  budgetFor,
  computeOptimal,
  testedBudgets,
  type ComputeOptimum,
} from './scaling-laws/compute-optimal.ts';
export { expectedLoss } from './scaling-laws/loss.ts';
export { HOFFMANN_3_PRINTED, PETAFLOPS_DAY } from './scaling-laws/published.ts';
export { parametricOptimum } from './scaling-laws/parametric-optimum.ts';
export type { ParametricLoss, ScalingLaw, ScalingLawId } from './scaling-laws/types.ts';
