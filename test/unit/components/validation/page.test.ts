import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellQuery } from '../../../../src/components/validation/cell-link.ts';
import { toColumns, toRows } from '../../../../src/components/validation/columns.ts';
import { constantGroups } from '../../../../src/components/validation/constants/index.ts';
import {
  ALL,
  decodeFilters,
  encodeFilters,
  FACETS,
  optionsOf,
  shownBy,
  START,
  type Facet,
} from '../../../../src/components/validation/filters.ts';
import {
  errorOf,
  packPoints,
  speedErrorOf,
  unpackPoints,
} from '../../../../src/components/validation/point.ts';
import { points } from '../../../../src/components/validation/points.ts';
import { referencesOf, report, sourceName } from '../../../../src/components/validation/report.ts';
import { countRules, countSkipped } from '../../../../src/components/validation/rules.ts';
import {
  describe as say,
  signedPercent,
  summarySentence,
} from '../../../../src/components/validation/words.ts';
import { get } from '../../../../src/catalog/bibliography.ts';
import { modelFlops } from '../../../../src/estimator/index.ts';
import { decodePatch, resolve, resolvePatch } from '../../../../src/scenario/index.ts';
import { WRONG_WORDS } from '../../../helpers/text.ts';

describe('columns', () => {
  test('give every record back', () => {
    const rows = fc.array(fc.record({ name: fc.string(), count: fc.integer() }));
    fc.assert(
      fc.property(rows, (records) => {
        expect(toRows(toColumns(records, ['name', 'count']))).toEqual(records);
      }),
    );
  });

  test('give every point back', () => {
    const named = points.map(({ id: _, ...point }) => point);
    expect(unpackPoints(packPoints(points))).toEqual(named);
  });
});

describe('points', () => {
  test('are every run that has a time or a rate', () => {
    expect(points.length).toBe(report.runs.filter(({ headline }) => headline).length);
  });

  test('are too slow in the picture exactly when they are in the table', () => {
    for (const point of points) {
      const sign = point.quantity === 'stepTimeS' ? -1 : 1;
      const [speed, error] = [speedErrorOf(point), sign * errorOf(point)];
      if (Math.abs(error) > 1e-3) expect(Math.sign(speed), point.id).toBe(Math.sign(error));
    }
  });

  test('of every file have a name and a source in the bibliography', () => {
    for (const group of Object.keys(report.summary.bySource)) {
      expect(sourceName(group), group).not.toBe('');
      for (const key of referencesOf(group)) expect(get(key), key).toBeDefined();
    }
  });
});

describe('links to the cell', () => {
  test('open every run as it was: no field is dropped, and the MFU is the measured one', () => {
    for (const run of report.runs.filter(({ headline }) => headline)) {
      const { shape, rest } = cellQuery(run);
      const { patch, dropped } = decodePatch(shape + rest);
      expect(dropped, run.id).toEqual([]);
      expect(resolvePatch('talk', patch).dropped, run.id).toEqual([]);
      const scenario = resolve('talk', patch);
      if (!scenario.ok) throw new Error(`${run.id} is no scenario`);
      const { execution, cluster, data, model } = scenario.value;
      if (!model.shape) throw new Error(`${run.id} has lost its shape`);
      const tokens =
        execution.measured === 'step'
          ? (execution.globalBatch * data.sequence) / execution.stepTime / cluster.gpus
          : execution.throughput;
      const mfu = (tokens * modelFlops(model.shape).total) / execution.peak;
      expect(mfu / (run.mfu ?? 0), run.id).toBeCloseTo(1, 3);
    }
  });
});

describe('filters', () => {
  const offered = (facet: Facet): readonly string[] => optionsOf(points, facet).map(([value]) => value);

  test('survive the way through a link', () => {
    const choices = Object.fromEntries(
      FACETS.map((facet) => [facet, fc.constantFrom(ALL, ...offered(facet))]),
    ) as Record<Facet, fc.Arbitrary<string>>;
    fc.assert(
      fc.property(fc.record(choices), (filters) => {
        expect(decodeFilters(encodeFilters(filters), offered)).toEqual(filters);
      }),
    );
  });

  test('of a link that is nonsense are those the page opens with', () => {
    expect(decodeFilters('?tier=Z&source=%00&gpu&v=1', offered)).toEqual(START);
    expect(encodeFilters(START)).toBe('');
  });

  test('count what they show', () => {
    for (const facet of FACETS)
      for (const [value, count] of optionsOf(points, facet)) {
        const all = Object.fromEntries(FACETS.map((f) => [f, ALL])) as Record<Facet, string>;
        expect(shownBy(points, { ...all, [facet]: value })).toHaveLength(count);
      }
  });
});

describe('words', () => {
  test('never betray a value that went wrong', () => {
    for (const point of points) expect(say(point)).not.toMatch(WRONG_WORDS);
  });

  test('sign errors, and round them to what they deserve', () => {
    expect([0.0421, -0.123, 0, -0.00001, 12.5, 0.05, 0.0997].map(signedPercent)).toEqual([
      '+4.2%',
      '−12%',
      '0%',
      '0%',
      '+1,250%',
      '+5.0%',
      '+10%',
    ]);
  });

  test('speak of none, one and many runs', () => {
    expect(summarySentence([])).toBe('No published run is like that.');
    expect(summarySentence(points.slice(0, 1))).toMatch(/^One run, off by /);
    expect(summarySentence(points)).toMatch(/runs: half are within .+, nine in ten within .+; the worst/);
  });
});

describe('rules', () => {
  test('of different values are one rule, counted once a run', () => {
    const runs = [
      {
        id: 'a',
        filled: [
          'microBatch: 1, the least',
          'networkBandwidth: 5e10, bytes/s: the usual network of the H100',
        ],
      },
      {
        id: 'b',
        filled: [
          'microBatch: 2, the least',
          'networkBandwidth: 2e10, bytes/s: the usual network of the A100',
        ],
      },
    ];
    expect(countRules(runs).map(({ what, why, runs: count }) => [what, why, count])).toEqual([
      ['microBatch', 'the least', 2],
      ['networkBandwidth', 'the usual network of the GPU', 2],
    ]);
  });

  test('account for every filled field and every skipped row of the project', () => {
    const filled = report.runs.filter((run) => run.filled.length > 0).map(({ id }) => id);
    expect(new Set(countRules(report.runs).flatMap(({ ids }) => ids))).toEqual(new Set(filled));
    expect(countSkipped(report.skipped).flatMap(({ ids }) => ids)).toHaveLength(report.skipped.length);
  });
});

test('every constant has a value and says where it is from', () => {
  const all = constantGroups.flatMap(({ constants }) => constants);
  expect(all.length).toBeGreaterThan(20);
  for (const { name, value, source } of all) {
    expect(`${name} ${value}`).not.toMatch(WRONG_WORDS);
    expect(value, name).toMatch(/\d/);
    expect(source.length, name).toBeGreaterThan(5);
  }
});
