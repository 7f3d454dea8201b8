import { clusterBuilderSpec } from './cluster-builder/spec.ts';
import { conventionsSpec } from './conventions/spec.ts';
import { myMfuSpec } from './my-mfu/spec.ts';
import { networkWasteSpec } from './network-waste/spec.ts';
import { publishedRunsSpec } from './published-runs/spec.ts';
import { timeToTrainSpec } from './time-to-train/spec.ts';

/** Every widget by the name that prose gives it. The order is that of the list of cells. */
export const widgets = {
  TimeToTrain: timeToTrainSpec,
  Conventions: conventionsSpec,
  PublishedRuns: publishedRunsSpec,
  MyMfu: myMfuSpec,
  NetworkWaste: networkWasteSpec,
  ClusterBuilder: clusterBuilderSpec,
} as const;
