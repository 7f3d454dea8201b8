import { formatQuantity } from '#format';
import type { Scenario } from '#scenario';
import { published } from './published.ts';
import { calendarTime, exactTime, sixNdTime } from './facts/quotient.ts';
import { korthikantiTime, MONTH, nemoTokens, readingTimes } from './facts/readings.ts';

export interface Reading {
  readonly letter: string;
  readonly label: string;
  /** What the duration rests on: an efficiency somebody assumed, a speed somebody measured, or the duration itself. */
  readonly basis: 'assumed' | 'measured' | 'given';
  readonly seconds: number;
}

const percent = (value: number): string => formatQuantity({ value, unit: 'ratio' });

/** The rows of the chapter's table, in its order and under its letters. */
export const readings = (s: Scenario): Reading[] => [
  {
    letter: 'A',
    label: `6ND at ${percent(s.execution.efficiency)}`,
    basis: 'assumed',
    seconds: sixNdTime(s),
  },
  {
    letter: 'B',
    label: `full count at ${percent(s.execution.efficiency)}`,
    basis: 'assumed',
    seconds: exactTime(s),
  },
  {
    letter: 'C',
    label: `with ${percent(s.execution.goodput)} goodput`,
    basis: 'assumed',
    seconds: calendarTime(s),
  },
  { letter: 'D', label: '300B tokens in 24 days', basis: 'given', seconds: published.nemoTime.value },
  { letter: 'E', label: '314.6B tokens in 24 days', basis: 'given', seconds: published.nemoTime.value },
  {
    letter: 'F',
    label: '314.6B tokens at 13.75 s',
    basis: 'measured',
    seconds: korthikantiTime(s, nemoTokens(s)),
  },
  { letter: 'G', label: 'table of July 2022', basis: 'measured', seconds: readingTimes.july2022(s) },
  { letter: 'H', label: 'table of release 23.03', basis: 'measured', seconds: readingTimes.nemoTable(s) },
  { letter: 'I', label: '8ND, Narayanan 2021', basis: 'measured', seconds: readingTimes.narayanan(s) },
  { letter: 'J', label: '1,000 cards, a month', basis: 'given', seconds: MONTH },
];
