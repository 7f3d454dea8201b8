import type { Shown, Unit } from '#format';
import type { Scenario } from '#scenario';
import type { Fact } from '../shared.ts';

type Of = (s: Scenario) => number;
export type { Fact };

/** A fact: how a number of the scenario follows, and the unit it is in. */
export const say =
  (unit: Unit, of: Of, as?: Shown): Fact =>
  (s) => ({ value: of(s), unit, ...(as && { as }) });

export const share = (of: Of): Fact => say('ratio', of);
export const times = (of: Of): Fact => say('factor', of);
export const days = (of: Of): Fact => say('s', of, 'days');
export const gigabytes = (of: Of): Fact => say('B', of, 'GB');
export const gibibytes = (of: Of): Fact => say('B', of, 'GiB');
