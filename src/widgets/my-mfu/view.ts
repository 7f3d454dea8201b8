import {
  hardwareFlops,
  measuredEfficiency,
  modelFlops,
  sixNd,
  type MeasuredEfficiency,
  type Outcome,
} from '#estimator';
import { formatQuantity, type Quantity } from '#format';
import { formatName, type Scenario } from '#scenario';
import type { TableCell, View } from '../frame/types.ts';
import { codeOf } from './code.ts';

export interface MfuView extends View {
  /** Shares of the peak: counted work, work done again, and the rest. */
  readonly mfu: number;
  readonly hfu: number;
  readonly countName: string;
}

const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });

interface Chosen {
  readonly mfu: number;
  readonly hfu: number;
  readonly name: string;
  /** Model and hardware FLOPs of a token, by the same count. */
  readonly model: number;
  readonly hardware: number;
}

/** The count that the headline uses: the reader's choice of attention, or 6ND where no shape is known. */
function choose({ model, execution, data, question }: Scenario, measured: MeasuredEfficiency): Chosen {
  const causal = question.attention === 'causal';
  const mfu = causal ? measured.mfu.exactCausal : measured.mfu.exact;
  const hfu = causal ? measured.hfu.exactCausal : measured.hfu.exact;
  const six = sixNd(model.parameters, 1);
  if (!model.shape || mfu === null || hfu === null) {
    const rule = measured.hfu.rule ?? measured.mfu.sixNd;
    return {
      mfu: measured.mfu.sixNd,
      hfu: rule,
      name: '6ND',
      model: six,
      hardware: (six * rule) / measured.mfu.sixNd,
    };
  }
  const options = { sequence: data.sequence, causal };
  return {
    mfu,
    hfu,
    name: causal ? 'exact count, attention halved by the causal mask' : 'exact count, attention in full',
    model: modelFlops(model.shape, options).total,
    hardware: hardwareFlops(model.shape, { ...options, recompute: execution.recompute }).total,
  };
}

function rowsOf(measured: MeasuredEfficiency): (readonly TableCell[])[] {
  const { mfu, hfu } = measured;
  const row = (name: string, model: number | null, hardware: number | null): TableCell[] => [
    name,
    model === null ? 'needs a shape' : ratio(model),
    hardware === null ? 'needs a shape' : ratio(hardware),
  ];
  return [
    [
      '6ND, 8ND when everything is recomputed',
      ratio(mfu.sixNd),
      hfu.rule === null ? 'no rule of thumb' : ratio(hfu.rule),
    ],
    row('Exact, attention in full (Megatron, PaLM)', mfu.exact, hfu.exact),
    row('Exact, attention halved (causal)', mfu.exactCausal, hfu.exactCausal),
    ['Tokens a second, all GPUs', { value: measured.tokensPerSecond, unit: 'token/s', digits: 4 }, ''],
    ['Tokens a second, one GPU', { value: measured.tokensPerSecondPerGpu, unit: 'token/s', digits: 4 }, ''],
    ['Model FLOP/s of one GPU', { value: measured.modelRatePerGpu, unit: 'FLOP/s' }, ''],
  ];
}

/** MFU and HFU of a measured step time or throughput, under a named count, with the other counts beside it. */
export function view(scenario: Scenario): Outcome<MfuView> {
  const { model, cluster, execution, data } = scenario;
  const byStep = execution.measured === 'step';
  const outcome = measuredEfficiency({
    parameters: model.parameters,
    shape: model.shape,
    sequence: data.sequence,
    peak: execution.peak,
    gpus: cluster.gpus,
    recompute: execution.recompute,
    ...(byStep
      ? { stepTime: execution.stepTime, globalBatch: execution.globalBatch }
      : { tokensPerSecond: execution.throughput * cluster.gpus }),
  });
  if (!outcome.ok) {
    // The estimator knows tokens per second; the form has them per GPU.
    return {
      ok: false,
      issues: outcome.issues.map((i) => (i.path === 'tokensPerSecond' ? { ...i, path: 'throughput' } : i)),
    };
  }
  const measured = outcome.value;
  const chosen = choose(scenario, measured);
  const rate = formatQuantity({ value: chosen.mfu * execution.peak, unit: 'FLOP/s' });
  const numbers = {
    tokensPerSecond: formatQuantity({ value: measured.tokensPerSecond, unit: 'token/s', digits: 4 }),
    peak: formatQuantity({ value: execution.peak, unit: 'FLOP/s', digits: 4 }),
    gpus: formatQuantity({ value: cluster.gpus, unit: 'GPU' }),
    flopsPerToken: formatQuantity({ value: chosen.model, unit: 'FLOP/token', digits: 4 }),
    hardwareFlopsPerToken: formatQuantity({ value: chosen.hardware, unit: 'FLOP/token', digits: 4 }),
    mfu: formatQuantity(ratio(chosen.mfu)),
    hfu: formatQuantity(ratio(chosen.hfu)),
  };
  return {
    ok: true,
    value: {
      mfu: chosen.mfu,
      hfu: chosen.hfu,
      countName: chosen.name,
      sentence: [
        {
          text: `${model.name} at ${formatQuantity({ value: measured.tokensPerSecondPerGpu, unit: 'token/s', digits: 4 })} per GPU is an MFU of `,
        },
        { text: formatQuantity(ratio(chosen.mfu)), strong: true },
        {
          text: ` and an HFU of ${formatQuantity(ratio(chosen.hfu))} (${chosen.name}): ${rate} of model work on each ${cluster.gpu.short}.`,
        },
      ],
      cautions: [
        ...measured.notes.map((note) => note.message),
        ...(!model.shape && execution.recompute === 'selective'
          ? ['Selective recomputation has no rule of thumb, so without a shape the HFU leaves it out.']
          : []),
      ],
      equations: [
        { id: 'mfu', numbers },
        { id: 'hfu', numbers },
      ],
      code: codeOf(scenario),
      table: {
        caption: `One measurement, by each count, against ${formatQuantity({ value: execution.peak, unit: 'FLOP/s', digits: 4 })} dense ${formatName(execution.precision)}`,
        columns: [{ label: 'Count' }, { label: 'MFU', unit: 'share' }, { label: 'HFU', unit: 'share' }],
        rows: rowsOf(measured),
      },
    },
  };
}
