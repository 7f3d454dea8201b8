import { checkNumbers, type NumberRule } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import type { FabricSpec, FullSpec } from './types.ts';

const count = (min: number, max: number): NumberRule => ({ min, max, integer: true });

const RULES = {
  nodes: count(1, 1e9),
  portsPerNode: count(1, 64),
  radix: count(4, 1024),
  portBandwidth: { min: 1, max: 1e15 },
  oversubscription: { min: 1, max: 64 },
  planes: count(1, 16),
  extraPorts: count(0, 1024),
  linksPerCable: count(1, 8),
} as const satisfies Record<string, NumberRule>;

const DEFAULTS = {
  levels: 'fewest',
  wiring: 'rails',
  oversubscription: 1,
  planes: 1,
  extraPorts: 0,
  linksPerCable: 1,
} as const;

/** The spec with what it leaves open filled in. */
export const fullSpec = (spec: FabricSpec): FullSpec => ({ ...DEFAULTS, ...spec });

const choice = (path: string, message: string): Issue => ({ code: 'unknown-choice', path, message });

/** What is wrong with the values of a spec one by one. */
export function specIssues(spec: FullSpec): readonly Issue[] {
  const issues = checkNumbers(RULES, { ...spec });
  if (!['fewest', 1, 2, 3].includes(spec.levels))
    issues.push(choice('levels', 'levels must be 1, 2, 3 or fewest.'));
  if (!['rails', 'nodes'].includes(spec.wiring))
    issues.push(choice('wiring', 'wiring must be rails or nodes.'));
  if (issues.length > 0) return issues;
  const { radix, oversubscription } = spec;
  if (oversubscription <= radix - 1) return [];
  const limit = radix - 1;
  const message = `oversubscription must leave a switch of ${radix} ports one uplink: at most ${limit}.`;
  return [{ code: 'too-large', path: 'oversubscription', message, limit }];
}
