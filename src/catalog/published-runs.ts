/** The chart-sized selection of published runs, for a browser. Packed at build by the plugin in runs-plugin.ts. */
import { packed } from 'virtual:published-runs';
import { unpackRuns, type BriefRun } from './packed-runs.ts';

export const publishedRuns: readonly BriefRun[] = unpackRuns(packed);
