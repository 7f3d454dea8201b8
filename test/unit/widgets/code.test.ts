import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FLOAT_FORMATS, type FloatFormatId } from '#estimator';
import { parseQuantity } from '#format';
import { encodePatch, type Patch } from '#scenario';
import { bytesLedgerSpec } from '../../../src/widgets/bytes-ledger/spec.ts';
import { clusterBuilderSpec } from '../../../src/widgets/cluster-builder/spec.ts';
import { conventionsSpec } from '../../../src/widgets/conventions/spec.ts';
import type { View, WidgetSpec } from '../../../src/widgets/frame/types.ts';
import { lossScalingSpec } from '../../../src/widgets/loss-scaling/spec.ts';
import { generationExplorerSpec } from '../../../src/widgets/generation-explorer/spec.ts';
import { collectiveRaceSpec } from '../../../src/widgets/collective-race/spec.ts';
import { insideNodeSpec } from '../../../src/widgets/inside-node/spec.ts';
import { memoryTankSpec } from '../../../src/widgets/memory-tank/spec.ts';
import { myMfuSpec } from '../../../src/widgets/my-mfu/spec.ts';
import { numberLabSpec } from '../../../src/widgets/number-lab/spec.ts';
import { networkWasteSpec } from '../../../src/widgets/network-waste/spec.ts';
import { publishedRunsSpec } from '../../../src/widgets/published-runs/spec.ts';
import { computeOptimalSpec } from '../../../src/widgets/compute-optimal/spec.ts';
import { modelDissectorSpec } from '../../../src/widgets/model-dissector/spec.ts';
import { rulesOfThumbSpec } from '../../../src/widgets/rules-of-thumb/spec.ts';
import { rooflineSpec } from '../../../src/widgets/roofline/spec.ts';
import { thousandXSpec } from '../../../src/widgets/thousand-x/spec.ts';
import { timeToTrainSpec } from '../../../src/widgets/time-to-train/spec.ts';
import { memoryTimelineSpec } from '../../../src/widgets/memory-timeline/spec.ts';
import { whoHoldsWhatSpec } from '../../../src/widgets/who-holds-what/spec.ts';
import { zeroOrTensorSpec } from '../../../src/widgets/zero-or-tensor/spec.ts';
import { answered, answerOf } from '../../helpers/views.ts';

const ROOT = new URL('../../../', import.meta.url);
const DOOR = './src/estimator/index.ts';

interface Case {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly expected: number;
  /** The headline in what the code prints. */
  readonly read: (printed: unknown) => number | null | undefined;
}

type Printed = Readonly<Record<string, unknown>>;
const at = (printed: unknown, ...path: string[]): number | null | undefined =>
  path.reduce<unknown>((node, key) => (node as Printed | null | undefined)?.[key], printed) as number;

function casesOf<V extends View>(
  spec: WidgetSpec<V>,
  headline: (view: V, patch: Patch) => Pick<Case, 'expected' | 'read'>,
): Case[] {
  return [{}, ...answered(spec, 12)].map((patch) => {
    const { view } = answerOf(spec, patch);
    const name = encodePatch(patch) || 'the talk';
    return { id: spec.id, name, code: view.code, ...headline(view, patch) };
  });
}

const cases: readonly Case[] = [
  ...casesOf(timeToTrainSpec, (view) => {
    const [unknown = '', expected = Number.NaN] = Object.entries(view.solved ?? {})[0] ?? [];
    return { expected, read: (p) => (unknown === 'gpus' ? at(p, 'wholeGpus') : at(p, 'value')) };
  }),
  ...casesOf(myMfuSpec, (view) => {
    const count =
      view.countName === '6ND' ? 'sixNd' : view.countName.includes('halved') ? 'exactCausal' : 'exact';
    return { expected: view.mfu, read: (p) => at(p, 'mfu', count) };
  }),
  ...casesOf(conventionsSpec, (view) => ({
    expected: view.anchor,
    read: (p) => (view.told === 'memory' ? at(p, 'memory', 'number') : at(p, view.told)),
  })),
  ...casesOf(generationExplorerSpec, (view) => ({ expected: view.ridge, read: (p) => p as number })),
  ...casesOf(thousandXSpec, (view) => ({ expected: view.growth.total, read: (p) => at(p, 'total') })),
  ...casesOf(rooflineSpec, (view) => ({
    expected: view.main.point.seconds,
    read: (p) => at(p, 'seconds'),
  })),
  ...casesOf(networkWasteSpec, (view) => ({ expected: view.now.work, read: (p) => at(p, 'mfu') })),
  ...casesOf(clusterBuilderSpec, (view) => ({
    expected: view.fabric.switches,
    read: (p) => at(p, 'switches'),
  })),
  ...casesOf(modelDissectorSpec, (view) => ({
    expected: view.models[0]?.tensors.forward ?? Number.NaN,
    read: (p) => at(p, 'forward'),
  })),
  // An error may be nothing, and a ratio to nothing says nothing.
  ...casesOf(rulesOfThumbSpec, (view) => ({
    expected: 2 + (view.rows.find(({ id }) => id === '6n')?.error ?? Number.NaN),
    read: (p) => 2 + (at(p, '6n') ?? Number.NaN),
  })),
  ...casesOf(computeOptimalSpec, (view) => ({
    expected: view.lines.find(({ law }) => law.id === view.chosen)?.answer.parameters ?? Number.NaN,
    read: (p) => at(p, 'parameters'),
  })),
  ...casesOf(insideNodeSpec, (view) => ({ expected: view.seconds, read: (p) => at(p, 'seconds') })),
  ...casesOf(collectiveRaceSpec, (view) => ({ expected: view.seconds, read: (p) => at(p, 'seconds') })),
  ...casesOf(bytesLedgerSpec, (view) => ({ expected: view.chosen.total, read: (p) => at(p, 'total') })),
  ...casesOf(memoryTankSpec, (view) => ({
    expected: view.stages[view.fullest]!.total,
    read: (p) => at(p, 'total'),
  })),
  ...casesOf(publishedRunsSpec, (view) => {
    const parsed = parseQuantity(view.equations[0]?.numbers['tokensPerSecond'] ?? '', 'token/s');
    return { expected: parsed.ok ? parsed.value : Number.NaN, read: (p) => p as number };
  }),
  // A code may be 0, and a ratio to 0 says nothing: both are compared one higher.
  ...casesOf(numberLabSpec, (view, { labFormat = 'fp8-e4m3' }) => ({
    expected: view.printed + 1,
    read: (p) => {
      const fields = p as { exponent: number; fraction: number; scale: number };
      if (labFormat.startsWith('mx') || labFormat === 'nvfp4') return fields.scale + 1;
      return (
        fields.exponent * 2 ** FLOAT_FORMATS[labFormat as FloatFormatId].fractionBits + fields.fraction + 1
      );
    },
  })),
  ...casesOf(whoHoldsWhatSpec, (view) => ({ expected: view.sent, read: (p) => at(p, 'sent') })),
  ...casesOf(memoryTimelineSpec, (view) => ({
    expected: view.timeline.stage.total,
    read: (p) => at(p, 'stage', 'total'),
  })),
  ...casesOf(zeroOrTensorSpec, ({ mine }) => ({
    expected: (mine.split ?? mine.sharded)?.mfu ?? Number.NaN,
    read: (p) => at(p, 'mfu'),
  })),
  ...casesOf(lossScalingSpec, (view) => ({
    expected: view.fates.flushed + 1,
    read: (p) => (at(p, 'flushed') ?? Number.NaN) + 1,
  })),
];

/** Node runs all of them in one go: each in a module of its own, its printed value kept as JSON. */
let printed: unknown[] = [];
const folder = mkdtempSync(join(tmpdir(), 'half-of-peak-code-'));

beforeAll(() => {
  const door = new URL(DOOR, ROOT).href;
  const files = cases.map(({ code }, i) => {
    const file = join(folder, `${i}.mjs`);
    writeFileSync(file, code.replace(DOOR, door));
    return pathToFileURL(file).href;
  });
  const runner = `
    const all = [];
    const say = console.log;
    for (const file of ${JSON.stringify(files)}) {
      const said = [];
      console.log = (value) => said.push(value);
      await import(file);
      all.push(said.length === 1 ? said[0] : { said });
    }
    say(JSON.stringify(all));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', runner], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  printed = JSON.parse(run.stdout) as unknown[];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  timeToTrainSpec,
  myMfuSpec,
  conventionsSpec,
  publishedRunsSpec,
  numberLabSpec,
  lossScalingSpec,
  generationExplorerSpec,
  thousandXSpec,
  rooflineSpec,
  networkWasteSpec,
  clusterBuilderSpec,
  insideNodeSpec,
  collectiveRaceSpec,
  modelDissectorSpec,
  rulesOfThumbSpec,
  computeOptimalSpec,
  publishedRunsSpec,
  whoHoldsWhatSpec,
  memoryTimelineSpec,
  zeroOrTensorSpec,
  memoryTankSpec,
  bytesLedgerSpec,
] as WidgetSpec[])('the code of $id imports the estimator’s door and nothing else', (spec) => {
  const { code } = answerOf(spec).view;
  expect(code.match(/\bfrom\s+'[^']+'/g)).toEqual([`from '${DOOR}'`]);
  expect(code.split('\n')[0]).toMatch(/^import \{ \w+ \} from /);
});

describe('the code that a cell shows prints the cell’s own answer', () => {
  test.each(cases.map((item, i) => ({ ...item, i })))('$id: $name', ({ i, expected, read }) => {
    const value = read(printed[i]);
    if (typeof value !== 'number')
      throw new Error(`It printed ${JSON.stringify(printed[i])?.slice(0, 300)}.`);
    expect(Number.isFinite(expected)).toBe(true);
    // Published runs show the tokens per second with four digits; the others give what they compute.
    expect(Math.abs(value / expected - 1)).toBeLessThan(cases[i]?.id === 'published-runs' ? 1e-3 : 1e-9);
  });
});

test('it runs as it stands in a checkout', () => {
  const { code } = answerOf(timeToTrainSpec).view;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/value: 2084087\.67/);
});
