import {
  FRAGMENTATION,
  memoryPerGpu,
  memoryTimeline,
  ok,
  type MemoryEstimate,
  type MemoryTimeline,
  type Outcome,
  type TrainingScenario,
} from '#estimator';
import { formatQuantity, significant, whole, type Quantity } from '#format';
import type { Scenario, Values } from '#scenario';
import type { Span, View } from '../frame/types.ts';
import { memoryQuestionOf } from '../step/memory-question.ts';
import { changedText, nameOf, splitText, type StepQuestion } from '../step/question.ts';

export interface TimelineView extends View {
  readonly timeline: MemoryTimeline;
  readonly capacity: number;
  /** About the split and what is left out of the picture: always something, so that nothing moves when it changes. */
  readonly note: string;
}

const memory = (value: number): Quantity => ({ value, unit: 'B', as: 'GiB' });
const time = (value: number): Quantity => ({ value, unit: 's' });
const show = (value: number): string => formatQuantity(memory(value));

function stageOf(watched: Values['watchedStage'], { stage, stages }: MemoryEstimate): number {
  const last = stages.length - 1;
  return { fullest: stage, first: 0, middle: Math.floor(last / 2), last }[watched];
}

/** What does not come and go within the step. */
const stayingOf = ({ stage }: MemoryTimeline): number =>
  stage.total - stage.parts.activations - stage.parts.logits - stage.parts.temporary;

function sentenceOf(timeline: MemoryTimeline, scenario: TrainingScenario): Span[] {
  const { stage } = timeline;
  const { gpu } = scenario.cluster;
  const { pipelineParallel: stages } = scenario.parallelism;
  const over = stage.total - gpu.memory;
  const who = stages > 1 ? `Stage ${stage.stage + 1} of ${stages}` : 'Every GPU';
  const flight = stage.inFlight === 1 ? 'one micro-batch' : `${significant(stage.inFlight)} micro-batches`;
  return [
    { text: `${who} holds ${show(stayingOf(timeline))} all through the step and reaches ` },
    { text: show(stage.total), strong: true },
    {
      text: ` ${stage.parts.logits > 0 ? 'at the first loss' : 'as the first backward pass begins'}, ${formatQuantity(time(timeline.peakAt))} into ${formatQuantity(time(timeline.seconds))}, with ${flight} under way: `,
    },
    { text: over > 0 ? `${show(over)} too much` : `it fits, ${show(-over)} to spare`, strong: true },
    { text: '.' },
  ];
}

function noteOf(question: StepQuestion, { cut }: MemoryTimeline): string {
  const { scenario } = question;
  return [
    cut
      ? `Between the two halves ${whole(cut.passes)} more passes repeat what is beside them.`
      : 'All passes are drawn.',
    `Split: ${splitText(scenario)}, ZeRO-${scenario.parallelism.zeroStage}, micro-batch ${scenario.microBatch}.`,
    ...changedText(question),
  ].join(' ');
}

const codeOf = (scenario: TrainingScenario, stage: number): string =>
  [
    `import { memoryTimeline } from './src/estimator/index.ts';`,
    '',
    `const scenario = ${JSON.stringify(scenario, null, 2)};`,
    `const answer = memoryTimeline(scenario, ${stage});`,
    `console.log(answer.ok ? answer.value : answer.issues);`,
  ].join('\n');

/** Every moment at which something appears or goes would be too many rows: one for each end of a phase, and the peak. */
function tableOf(timeline: MemoryTimeline, name: string): View['table'] {
  const { moments, phases, peakAt, seconds } = timeline;
  const stays = stayingOf(timeline);
  const row = (label: string, at: number) => {
    const near = moments.reduce((a, b) => (Math.abs(b.time - at) < Math.abs(a.time - at) ? b : a));
    return [
      label,
      time(at),
      memory(stays),
      memory(near.activations),
      memory(near.logits + near.temporary),
      memory(stays + near.activations + near.logits + near.temporary),
    ] as const;
  };
  const peak = moments
    .filter((moment) => moment.time === peakAt)
    .reduce((a, b) =>
      b.activations + b.logits + b.temporary > a.activations + a.logits + a.temporary ? b : a,
    );
  return {
    caption: `Memory of ${name} through one step`,
    columns: [
      { label: 'Moment' },
      { label: 'Time', unit: 's' },
      { label: 'Stays', unit: 'B' },
      { label: 'Activations', unit: 'B' },
      { label: 'For a moment', unit: 'B' },
      { label: 'All', unit: 'B' },
    ],
    rows: [
      ...phases.map((phase) => row(`start of ${phase.name}`, phase.from)),
      [
        'peak',
        time(peakAt),
        memory(stays),
        memory(peak.activations),
        memory(peak.logits + peak.temporary),
        memory(stays + peak.activations + peak.logits + peak.temporary),
      ],
      row('end of the step', seconds),
    ],
  };
}

/** One GPU of the scenario through one step: what stays, what comes and goes, and when there is most of it. */
export function view(page: Scenario): Outcome<TimelineView> {
  const question = memoryQuestionOf(page);
  if (!question.ok) return question;
  const { scenario } = question.value;
  const watched = stageOf(page.values.watchedStage, memoryPerGpu(scenario));
  const outcome = memoryTimeline(scenario, watched);
  if (!outcome.ok) return outcome;
  const timeline = outcome.value;
  const { stage } = timeline;
  const { activations, logits, temporary, fragmentation } = stage.parts;
  const plain = (value: number): string => formatQuantity({ ...memory(value), digits: 4 });
  return ok({
    timeline,
    capacity: scenario.cluster.gpu.memory,
    sentence: sentenceOf(timeline, scenario),
    note: noteOf(question.value, timeline),
    equations: [
      {
        id: 'memory-peak',
        numbers: {
          stayingBytes: plain(stayingOf(timeline) - fragmentation),
          fragmentation: String(FRAGMENTATION),
          inFlight: significant(stage.inFlight, 4),
          keptBytes: plain(activations / stage.inFlight),
          momentaryBytes: plain(logits + temporary),
          peakMemory: plain(stage.total),
        },
      },
    ],
    code: codeOf(scenario, watched),
    table: tableOf(timeline, `stage ${stage.stage + 1} of ${nameOf(page)} on ${scenario.cluster.gpu.name}`),
  });
}
