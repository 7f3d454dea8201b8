import { conventionsSpec } from './conventions/spec.ts';
import { collectiveRaceSpec } from './collective-race/spec.ts';
import { insideNodeSpec } from './inside-node/spec.ts';
import { myMfuSpec } from './my-mfu/spec.ts';
import { publishedRunsSpec } from './published-runs/spec.ts';
import { timeToTrainSpec } from './time-to-train/spec.ts';

/** Every widget by the name that prose gives it. The order is that of the list of cells. */
export const widgets = {
  TimeToTrain: timeToTrainSpec,
  InsideNode: insideNodeSpec,
  CollectiveRace: collectiveRaceSpec,
  Conventions: conventionsSpec,
  PublishedRuns: publishedRunsSpec,
  MyMfu: myMfuSpec,
} as const;
