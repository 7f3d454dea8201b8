import { parametricPower } from './parametric-optimum.ts';
import {
  BESIROGLU,
  HOFFMANN_1,
  HOFFMANN_2,
  HOFFMANN_3,
  KAPLAN_LOSS,
  KAPLAN_SIZE,
  PETAFLOPS_DAY,
} from './published.ts';
import type { ScalingLaw, ScalingLawId, TestedRange } from './types.ts';

const KAPLAN_RANGE: TestedRange = {
  parameters: [768, 1.5e9],
  tokens: [22e6, 23e9],
  source: { key: 'kaplan2020', where: 'section 3' },
};

const HOFFMANN_RANGE: TestedRange = {
  parameters: [70e6, 16e9],
  tokens: [5e9, 500e9],
  source: { key: 'hoffmann2022', where: 'abstract' },
};

/** The published laws, oldest first. */
export const SCALING_LAWS: readonly ScalingLaw[] = [
  {
    id: 'kaplan',
    name: 'Kaplan 2020',
    short: 'Kaplan',
    counts: 'without embeddings',
    optimum: KAPLAN_SIZE,
    loss: { kind: 'coupled', of: KAPLAN_LOSS },
    tested: KAPLAN_RANGE,
    source: { key: 'kaplan2020', where: 'tables 2 and 6' },
  },
  {
    id: 'hoffmann-1',
    name: 'Hoffmann 2022, approach 1',
    short: 'Hoffmann 1',
    counts: 'all parameters',
    optimum: HOFFMANN_1,
    loss: null,
    tested: { ...HOFFMANN_RANGE, parameters: [70e6, 10e9] },
    source: { key: 'hoffmann2022', where: 'section 3.1 and table 3' },
  },
  {
    id: 'hoffmann-2',
    name: 'Hoffmann 2022, approach 2',
    short: 'Hoffmann 2',
    counts: 'all parameters',
    optimum: HOFFMANN_2,
    loss: null,
    tested: HOFFMANN_RANGE,
    source: { key: 'hoffmann2022', where: 'section 3.2 and table A3' },
  },
  {
    id: 'hoffmann-3',
    name: 'Hoffmann 2022, approach 3',
    short: 'Hoffmann 3',
    counts: 'all parameters',
    optimum: parametricPower(HOFFMANN_3, PETAFLOPS_DAY),
    loss: { kind: 'parametric', of: HOFFMANN_3 },
    tested: HOFFMANN_RANGE,
    source: { key: 'hoffmann2022', where: 'section 3.3, equations 2 and 4' },
  },
  {
    id: 'besiroglu',
    name: 'Besiroglu 2024, approach 3 refitted',
    short: 'Besiroglu',
    counts: 'all parameters',
    optimum: parametricPower(BESIROGLU, PETAFLOPS_DAY),
    loss: { kind: 'parametric', of: BESIROGLU },
    tested: HOFFMANN_RANGE,
    source: { key: 'besiroglu2024', where: 'refit of approach 3' },
  },
];

/** The law of an id. */
export const scalingLaw = (id: ScalingLawId): ScalingLaw =>
  SCALING_LAWS.find((law) => law.id === id) as ScalingLaw;
