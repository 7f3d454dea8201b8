import { infiniband } from '#catalog/fabrics.ts';
import { ok, type Outcome, type TrainingStep } from '#estimator';
import { formatQuantity, significant, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import type { View } from '../frame/types.ts';
import { codeOf } from './code.ts';
import { changedText, splitText, type StepQuestion } from '../step/question.ts';
import { questionOf } from './question.ts';
import { halfLost, wasteAt, wasteCurve, type Waste } from './waste.ts';

export interface WasteView extends View {
  readonly points: readonly Waste[];
  readonly now: Waste;
  /** The split, and cautions about it, below the picture. */
  readonly note: string;
  /** Generations of InfiniBand as marks along the foot. */
  readonly marks: readonly { readonly label: string; readonly bandwidth: number }[];
}

const ratio = (value: number, digits = 3): Quantity => ({ value, unit: 'ratio', digits });
const rate = (value: number): Quantity => ({ value, unit: 'B/s' });
const time = (value: number): Quantity => ({ value, unit: 's' });
const show = formatQuantity;

const MARKS = infiniband.map(({ name, portBandwidth }) => ({ label: name, bandwidth: portBandwidth }));

/** Networks that the table compares: Ethernet of three generations beside InfiniBand, one port for each GPU. */
const COMPARED = [
  { label: '1 Gb/s Ethernet', bandwidth: 0.125e9 },
  { label: '10 Gb/s Ethernet', bandwidth: 1.25e9 },
  ...MARKS,
];

/** How the step is split, and what is to be known about it: always something, so that nothing moves when it changes. */
function noteOf(question: StepQuestion, ideal: TrainingStep, half: number | null): string {
  const { scenario } = question;
  const { tensorParallel: t } = scenario.parallelism;
  const { nvlinkDomain, gpusPerNode } = scenario.cluster;
  return [
    ...(half === null ? [] : [`Half of the step is waiting at ${show({ ...rate(half), digits: 2 })}.`]),
    `Split: ${splitText(scenario)}, replicas ${significant(ideal.dataParallel, 9)}.`,
    ...changedText(question),
    ...(t > Math.max(nvlinkDomain, gpusPerNode)
      ? ['Tensor parallelism is wider than a node, so every layer crosses the network.']
      : []),
    ...ideal.issues.map(({ message }) => message),
  ].join(' ');
}

/** The step of the scenario, and what its network takes of it, at the reader's bandwidth and at all others. */
export function view(page: Scenario): Outcome<WasteView> {
  const asked = questionOf(page);
  if (!asked.ok) return asked;
  const { scenario } = asked.value;
  const curve = wasteCurve(scenario);
  if (!curve.ok) return curve;
  const { ideal, points } = curve.value;
  const stepAt = (bandwidth: number): Waste => wasteAt(scenario, bandwidth, ideal);
  const { networkBandwidth, gpus, gpu } = scenario.cluster;
  const now = stepAt(networkBandwidth);
  const name = page.cluster.gpu.short;
  return ok({
    points,
    now,
    marks: MARKS,
    sentence: [
      {
        text: `With ${show(rate(networkBandwidth))} of network for each GPU, ${show({ value: gpus, unit: 'GPU' })} ${name} wait for it during `,
      },
      { text: `${show(ratio(now.waited))} of every step`, strong: true },
      {
        text: ` and reach ${show(ratio(now.work))} of peak, where a network of unlimited bandwidth would let them reach ${show(ratio(ideal.mfu))}.`,
      },
    ],
    note: noteOf(asked.value, ideal, halfLost(points)),
    equations: [
      {
        id: 'network-mfu',
        numbers: {
          idealEfficiency: formatQuantity(ratio(ideal.mfu)),
          idealStepSeconds: formatQuantity(time(ideal.seconds)),
          stepSeconds: formatQuantity(time(now.seconds)),
          efficiency: formatQuantity(ratio(now.work)),
        },
      },
    ],
    code: codeOf(scenario),
    table: {
      caption: `One step of ${page.model.name} on ${show({ value: gpus, unit: 'GPU' })} ${gpu.name}, one port of each kind for every GPU`,
      columns: [
        { label: 'Network' },
        { label: 'For each GPU', unit: 'B/s' },
        { label: 'Step', unit: 's' },
        { label: 'Waited for', unit: 'share' },
        { label: 'MFU', unit: 'share' },
      ],
      rows: [
        ...COMPARED.map(({ label, bandwidth }) => {
          const { seconds, waited, work } = stepAt(bandwidth);
          return [label, rate(bandwidth), time(seconds), ratio(waited), ratio(work)] as const;
        }),
        ['Yours', rate(networkBandwidth), time(now.seconds), ratio(now.waited), ratio(now.work)],
        ['Unlimited', '', time(ideal.seconds), ratio(0), ratio(ideal.mfu)],
      ],
    },
  });
}
