import { describe, expect, test } from 'vitest';
import { nodes } from '#catalog/nodes.ts';
import { insideNodeSpec } from '../../../src/widgets/inside-node/spec.ts';
import { answerOf, sentenceOf } from '../../helpers/views.ts';

describe('inside a node', () => {
  test('starts with DGX A100: twelve links through six switches', () => {
    const { view } = answerOf(insideNodeSpec);
    expect(sentenceOf(view)).toMatch(
      /^GPU 0 and GPU 5 of DGX A100: 12 NVLinks through 6 NVSwitches, 300 GB\/s in each direction, 9\.38× its PCIe slot\./,
    );
    expect(view.rows.map(({ label }) => label)).toEqual(['ring', 'tree', 'without NVLink, over PCIe']);
  });

  test('DGX-1: GPUs without a link go by way of two others, and over PCIe', () => {
    const { view } = answerOf(insideNodeSpec, { vNode: 'dgx-1-v100' });
    expect(sentenceOf(view)).toContain('no link of their own, 2 NVLinks by way of GPUs 1 and 4, 50 GB/s');
    expect(view.drawing.lines.filter(({ chosen }) => chosen)).toHaveLength(4);
  });

  test.each(nodes.map(({ id }) => id))(
    '%s is drawn inside its frame, every chip apart from the others',
    (vNode) => {
      const { drawing } = answerOf(insideNodeSpec, { vNode }).view;
      for (const { x, y, size } of drawing.places) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(100);
        expect(y - size / 2).toBeGreaterThanOrEqual(0);
        expect(y + size / 2).toBeLessThan(drawing.height);
      }
      const spots = drawing.places.map(({ x, y }) => `${x.toFixed(1)} ${y}`);
      expect(new Set(spots).size).toBe(spots.length);
      expect(drawing.lines.some(({ chosen }) => chosen)).toBe(true);
    },
  );

  test('a GPU that the server lacks, or the same one twice, is replaced and said so', () => {
    const missing = answerOf(insideNodeSpec, { vFrom: '40' }).view;
    expect([missing.from, missing.to]).toEqual([7, 5]);
    expect(missing.cautions?.[0]).toMatch(/not in this server/);
    const same = answerOf(insideNodeSpec, { vFrom: '3', vTo: '3' }).view;
    expect([same.from, same.to]).toEqual([3, 2]);
    expect(answerOf(insideNodeSpec, { vFrom: '0', vTo: '0' }).view.to).toBe(1);
  });

  test('the whole rack shows only the wires of the two', () => {
    const { drawing } = answerOf(insideNodeSpec, { vNode: 'gb200-nvl72', vTo: '71' }).view;
    expect(drawing.lines).toHaveLength(36);
    expect(drawing.hidden).toBe(72 * 18 - 36);
  });
});
