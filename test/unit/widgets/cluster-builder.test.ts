import { describe, expect, test } from 'vitest';
import { designs } from '#catalog/fabrics.ts';
import type { Patch } from '#scenario';
import { nearestDesign, specOf } from '../../../src/widgets/cluster-builder/build.ts';
import { clusterBuilderSpec } from '../../../src/widgets/cluster-builder/spec.ts';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

const SWITCH: Readonly<Record<string, Patch>> = {
  'superpod-h100-ndr': { fabricSwitch: 'quantum-2', fabricExtra: '4' },
  'superpod-b200-ndr': { fabricSwitch: 'quantum-2' },
  'superpod-b300-spectrum-x': { fabricSwitch: 'spectrum-4-sn5600', fabricPlanes: '2' },
  'superpod-b300-xdr': { fabricSwitch: 'quantum-x800' },
};

const rows = designs.flatMap((design) =>
  design.table.map((row) => ({ id: design.id, nodes: row.nodes, row, patch: SWITCH[design.id]! })),
);

test.each(rows)('the cell says that it is $id at $nodes nodes', ({ id, nodes, row, patch }) => {
  const { view, scenario } = answerOf(clusterBuilderSpec, { ...patch, fabricNodes: nodes });
  expect(view.fabric.leaves).toBe(row.leaf);
  const nearest = nearestDesign(specOf(scenario.values), view.fabric);
  expect(nearest.design.id).toBe(id);
  expect(nearest.same).toBe(true);
  expect(view.nearest).toContain('every count is equal');
});

describe('the running example on HDR', () => {
  const { view } = answerOf(clusterBuilderSpec);
  test('takes three levels, and a SuperPOD of its size two', () => {
    expect(sentenceOf(view)).toContain('56 leaf + 60 spine + 40 core');
    expect(view.nearest).toContain('nearest published design');
  });
  test('has a bill whose lines add up to its total', () => {
    const cost = (label: string): number => {
      const cell = view.table.rows.find(([name]) => name === label)?.[3];
      return typeof cell === 'object' ? cell.value : Number.NaN;
    };
    const parts = ['Switches', 'NIC ports', 'Optics', 'Cables'].map(cost);
    expect(parts.reduce((a, b) => a + b)).toBe(cost('Total'));
  });
});

test('what cannot be built is said at the field that can change it', () => {
  const outcome = viewOf(clusterBuilderSpec, 'talk', { fabricLevels: '2' });
  expect(outcome.ok ? [] : outcome.issues.map(({ path, limit }) => [path, limit])).toEqual([
    ['fabricNodes', 100],
  ]);
});

test('an oversubscribed fabric, and one wired by node, say what they give up', () => {
  const { view } = answerOf(clusterBuilderSpec, { fabricTaper: '2', fabricWiring: 'nodes' });
  expect(view.cautions?.join(' ')).toMatch(/at 50?.*% of their rate.*meet at the spines/s);
});
