import type { Scenario } from '#scenario';

/** A number that prose may type, in one chapter: because it equals a value of the scenario, or for a stated reason. */
export interface AllowedNumber {
  readonly chapter: string;
  readonly text: string;
  /** The value it must equal in the chapter's own scenario, in base units; the test fails when it no longer does. */
  readonly is?: (scenario: Scenario) => number;
  readonly reason?: string;
}

export const allowedNumbers: readonly AllowedNumber[] = [
  { chapter: 'training-time', text: '300 billion', is: (s) => s.data.tokens },
  { chapter: 'training-time', text: '300B', is: (s) => s.data.tokens },
  { chapter: 'training-time', text: '175B', is: (s) => s.model.parameters },
  { chapter: 'training-time', text: '1,024 cards', is: (s) => s.cluster.gpus },
  { chapter: 'training-time', text: '128 nodes', is: (s) => s.cluster.gpus / 8 },
  { chapter: 'training-time', text: '50%', is: (s) => s.execution.efficiency },
  { chapter: 'training-time', text: '97%', is: (s) => s.execution.goodput },
  { chapter: 'training-time', text: '2,048 tokens', is: (s) => s.data.sequence },
  { chapter: 'training-time', text: '24 days', is: (s) => s.question.time },
  {
    chapter: 'generations',
    text: '16 bits',
    reason: 'FP16 and BF16 by what they share: the name of a format',
  },
  { chapter: 'infiniband', text: '10 Gb/s', reason: 'the network that the question asks about' },
  { chapter: 'infiniband', text: '1 Gb/s', reason: 'a slower one, by its name' },
  { chapter: 'infiniband', text: '100 Gb/s', reason: 'a generation of ports, by its name' },
  { chapter: 'infiniband', text: '200 Gb/s', reason: 'a generation of ports, by its name' },
  { chapter: 'infiniband', text: '400 Gb/s', reason: 'a generation of ports, by its name' },
  { chapter: 'zero', text: '128 nodes', is: (s) => s.cluster.gpus / 8 },
];
