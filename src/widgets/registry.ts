import { bytesLedgerSpec } from './bytes-ledger/spec.ts';
import { clusterBuilderSpec } from './cluster-builder/spec.ts';
import { conventionsSpec } from './conventions/spec.ts';
import { lossScalingSpec } from './loss-scaling/spec.ts';
import { generationExplorerSpec } from './generation-explorer/spec.ts';
import { collectiveRaceSpec } from './collective-race/spec.ts';
import { insideNodeSpec } from './inside-node/spec.ts';
import { memoryTankSpec } from './memory-tank/spec.ts';
import { myMfuSpec } from './my-mfu/spec.ts';
import { numberLabSpec } from './number-lab/spec.ts';
import { networkWasteSpec } from './network-waste/spec.ts';
import { publishedRunsSpec } from './published-runs/spec.ts';
import { computeOptimalSpec } from './compute-optimal/spec.ts';
import { modelDissectorSpec } from './model-dissector/spec.ts';
import { rulesOfThumbSpec } from './rules-of-thumb/spec.ts';
import { rooflineSpec } from './roofline/spec.ts';
import { thousandXSpec } from './thousand-x/spec.ts';
import { timeToTrainSpec } from './time-to-train/spec.ts';
import { memoryTimelineSpec } from './memory-timeline/spec.ts';
import { whoHoldsWhatSpec } from './who-holds-what/spec.ts';
import { zeroOrTensorSpec } from './zero-or-tensor/spec.ts';

/** Every widget by the name that prose gives it. The order is that of the list of cells. */
export const widgets = {
  GenerationExplorer: generationExplorerSpec,
  ThousandX: thousandXSpec,
  Roofline: rooflineSpec,
  TimeToTrain: timeToTrainSpec,
  InsideNode: insideNodeSpec,
  CollectiveRace: collectiveRaceSpec,
  Conventions: conventionsSpec,
  PublishedRuns: publishedRunsSpec,
  MyMfu: myMfuSpec,
  NumberLab: numberLabSpec,
  LossScaling: lossScalingSpec,
  NetworkWaste: networkWasteSpec,
  ClusterBuilder: clusterBuilderSpec,
  WhoHoldsWhat: whoHoldsWhatSpec,
  MemoryTimeline: memoryTimelineSpec,
  ZeroOrTensor: zeroOrTensorSpec,
  MemoryTank: memoryTankSpec,
  BytesLedger: bytesLedgerSpec,
  ModelDissector: modelDissectorSpec,
  RulesOfThumb: rulesOfThumbSpec,
  ComputeOptimal: computeOptimalSpec,
} as const;
