import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equations, evaluate, fabric, fabricBill, type Fabric, type FabricSpec } from '#estimator';
import { near } from './arbitraries.ts';

const spec: fc.Arbitrary<FabricSpec> = fc.record({
  nodes: fc.integer({ min: 1, max: 3000 }),
  portsPerNode: fc.constantFrom(1, 2, 4, 8, 9),
  radix: fc.integer({ min: 4, max: 160 }),
  portBandwidth: fc.constantFrom(12.5e9, 25e9, 50e9, 100e9),
  levels: fc.constantFrom('fewest' as const, 1 as const, 2 as const, 3 as const),
  wiring: fc.constantFrom('rails', 'nodes'),
  oversubscription: fc.constantFrom(1, 1.5, 2, 3),
  planes: fc.constantFrom(1, 2),
  extraPorts: fc.constantFrom(0, 4),
  linksPerCable: fc.constantFrom(1, 2),
});

const RUNS = { numRuns: 3000 };

/** Holds a law on every spec that can be built; on a good share of all of them. */
function law(holds: (built: Fabric, spec: FabricSpec) => void): void {
  let built = 0;
  fc.assert(
    fc.property(spec, (given) => {
      const outcome = fabric(given);
      if (!outcome.ok) return;
      built++;
      holds(outcome.value, given);
    }),
    RUNS,
  );
  expect(built).toBeGreaterThan(RUNS.numRuns / 4);
}

test('no switch has more links than ports', () => {
  law((f, { nodes, portsPerNode, radix, planes = 1, extraPorts = 0 }) => {
    const down = planes * (nodes * portsPerNode + extraPorts);
    const up = f.levels === 1 ? 0 : f.leaves * f.leafUp;
    const top = f.cores > 0 ? f.spines * Math.floor(radix / 2) : 0;
    expect(down).toBeLessThanOrEqual(f.leaves * f.leafDown);
    expect(f.leafDown + f.leafUp).toBeLessThanOrEqual(radix);
    if (f.spines > 0) expect(up + top).toBeLessThanOrEqual(f.spines * radix);
    expect(top).toBeLessThanOrEqual(f.cores * radix);
  });
});

test('what a fabric says it can hold it can hold, and one node more it cannot', () => {
  law((f, given) => {
    const levels = f.levels;
    expect(fabric({ ...given, levels, nodes: f.mostNodes }).ok).toBe(true);
    expect(fabric({ ...given, levels, nodes: f.mostNodes + 1 }).ok).toBe(false);
  });
});

test('more nodes never take fewer switches, cables or levels', () => {
  law((f, given) => {
    const more = fabric({ ...given, nodes: given.nodes + 1 });
    if (!more.ok) return;
    for (const of of [
      (x: Fabric) => x.levels,
      (x: Fabric) => x.leaves,
      (x: Fabric) => x.switches,
      (x: Fabric) => x.cables.total,
    ])
      expect(of(more.value)).toBeGreaterThanOrEqual(of(f));
    // One switch blocks nobody, whatever its leaves would have done.
    if (more.value.levels === f.levels) expect(more.value.bisection).toBeGreaterThanOrEqual(f.bisection);
  });
});

test('a fabric that is not oversubscribed has its full bisection; one that is has less, and fewer uplinks', () => {
  law((f, given) => {
    const plain = fabric({ ...given, oversubscription: 1, levels: f.levels });
    if (!plain.ok) return;
    expect(plain.value.bisectionShare).toBe(1);
    expect(f.bisectionShare).toBeLessThanOrEqual(1);
    expect(f.leafUp).toBeLessThanOrEqual(plain.value.leafUp);
    if (f.levels > 1) expect(f.bisectionShare).toBeGreaterThan(0);
  });
});

test('bandwidth changes the bisection in proportion and nothing else', () => {
  law((f, given) => {
    const twice = fabric({ ...given, portBandwidth: 2 * given.portBandwidth });
    expect(twice).toEqual({ ok: true, value: { ...f, bisection: 2 * f.bisection } });
  });
});

test('the formula of the bisection has its value', () => {
  law(({ ports, bisectionShare, bisection, levels }, { portBandwidth, planes = 1 }) => {
    const values = { fabricPorts: ports, portBandwidth, bisectionShare };
    expect(near(evaluate(equations.bisection, values), bisection)).toBe(true);
    expect(ports % planes).toBe(0);
    expect(levels).toBeGreaterThan(0);
  });
});

test('a bill is the sum of its lines and grows with every price', () => {
  const piece = fc.record({
    price: fc.double({ min: 0, max: 1e6, noNaN: true }),
    power: fc.double({ min: 0, max: 1e4, noNaN: true }),
  });
  const prices = fc.record({
    switch: piece,
    nic: piece,
    optic: piece,
    cable: piece,
    copperToNodes: fc.boolean(),
  });
  fc.assert(
    fc.property(spec, prices, (given, asked) => {
      const outcome = fabric(given);
      if (!outcome.ok) return;
      const bill = fabricBill(outcome.value, asked);
      const dearer = fabricBill(outcome.value, {
        ...asked,
        switch: { price: asked.switch.price + 1, power: asked.switch.power },
      });
      expect(dearer.price).toBeGreaterThanOrEqual(bill.price);
      expect(bill.lines.reduce((sum, line) => sum + line.count * line.price, 0)).toBe(bill.price);
      expect(Number.isFinite(bill.power)).toBe(true);
    }),
  );
});
