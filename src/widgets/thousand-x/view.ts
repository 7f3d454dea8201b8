import { gpuById, type GpuRecord } from '#catalog';
import { fastestFormat, rateGrowth, type Format, type Outcome, type RateGrowth } from '#estimator';
import { formatQuantity } from '#format';
import { formatName, type Scenario, type Values } from '#scenario';
import type { TableCell, View } from '../frame/types.ts';
import { PUBLISHED_FACTORS } from './published.ts';

export type FactorId = 'format' | 'instructions' | 'process' | 'sms' | 'clock' | 'sparsity' | 'whole';

export interface ThousandRow {
  readonly label: string;
  readonly total: number;
  readonly parts: readonly { readonly id: FactorId; readonly label: string; readonly factor: number }[];
}

export interface ThousandView extends View {
  readonly growth: RateGrowth;
  readonly rows: readonly ThousandRow[];
}

const factor = (value: number) => ({ value, unit: 'factor' }) as const;
const times = (value: number): string => formatQuantity(factor(value));
const number = (value: number): string => formatQuantity({ value, unit: 'factor', as: 'number', digits: 4 });

const formatOf = (gpu: GpuRecord, wanted: Values['growFromFormat']): Format =>
  wanted === 'fastest' ? fastestFormat(gpu) : wanted;

/** A ratio that is not taken apart. */
const whole = (label: string, total: number): ThousandRow => ({
  label,
  total,
  parts: [{ id: 'whole', label, factor: total }],
});

function rowsOf(growth: RateGrowth, from: GpuRecord, to: GpuRecord, chosen: string): ThousandRow[] {
  const power = to.power / from.power;
  const fp32 = (to.peak.fp32 ?? 0) / (from.peak.fp32 ?? 1);
  return [
    {
      label: 'NVIDIA’s factors, 2023',
      total: PUBLISHED_FACTORS.reduce((product, part) => product * part.factor, 1),
      parts: PUBLISHED_FACTORS,
    },
    {
      label: chosen,
      total: growth.total,
      parts: [
        { id: 'format', label: 'number format', factor: growth.format },
        { id: 'instructions', label: 'work of an SM in a clock', factor: growth.instructions },
        { id: 'sms', label: 'more SMs', factor: growth.sms },
        { id: 'clock', label: 'clock', factor: growth.clock },
        { id: 'sparsity', label: 'sparsity', factor: growth.sparsity },
      ],
    },
    whole('the same for each watt', growth.total / power),
    whole('FP32 on both cards', fp32),
    whole('memory bandwidth', to.memoryBandwidth / from.memoryBandwidth),
  ];
}

/** Issues of the estimator at the fields of the form. */
const FIELD: Readonly<Record<string, string>> = { from: 'growFromFormat', to: 'growToFormat' };

/** The growth between two peaks, taken apart, beside NVIDIA's own factors and beside what did not grow so fast. */
export function view({ values }: Scenario): Outcome<ThousandView> {
  const from = gpuById(values.growFrom);
  const to = gpuById(values.growTo);
  const fromFormat = formatOf(from, values.growFromFormat);
  const toFormat = formatOf(to, values.growToFormat);
  const sparse = values.growSparse === 'counted';
  const found = rateGrowth({ gpu: from, format: fromFormat }, { gpu: to, format: toFormat }, sparse);
  if (!found.ok)
    return {
      ok: false,
      issues: found.issues.map((issue) => ({ ...issue, path: FIELD[issue.path] ?? issue.path })),
    };
  const growth = found.value;
  const counted = growth.sparsity > 1 ? ', sparse' : '';
  const rows = rowsOf(
    growth,
    from,
    to,
    `${from.short} ${formatName(fromFormat)} → ${to.short} ${formatName(toFormat)}${counted}`,
  );
  const [, , perWatt, , bandwidth] = rows;
  const yearly =
    growth.years > 0 ? ` in ${growth.years} years, ${times(growth.perYear)} a year` : ' within one year';
  const slim = (gpu: GpuRecord) => ({
    name: gpu.name,
    year: gpu.year,
    peak: gpu.peak,
    sms: gpu.sms,
    clock: gpu.clock,
    ...(gpu.tensorClock && { tensorClock: gpu.tensorClock }),
    sparsity: gpu.sparsity,
    ...(gpu.sparsityByFormat && { sparsityByFormat: gpu.sparsityByFormat }),
  });
  return {
    ok: true,
    value: {
      growth,
      rows,
      sentence: [
        { text: `From ${from.short} in ${formatName(fromFormat)} to ${to.short} in ${formatName(toFormat)}` },
        { text: `${counted} the data sheets give ` },
        { text: formatQuantity({ ...factor(growth.total), digits: 4 }), strong: true },
        {
          text: `${yearly}; ${growth.sparsity > 1 ? `dense ${times(growth.total / growth.sparsity)}, ` : ''}for each watt ${times(perWatt?.total ?? 1)}, and memory bandwidth ${times(bandwidth?.total ?? 1)}.`,
        },
      ],
      equations: [
        {
          id: 'rate-growth',
          numbers: {
            smGrowth: number(growth.sms),
            clockGrowth: number(growth.clock),
            instructionGrowth: number(growth.instructions),
            formatGrowth: number(growth.format),
            sparsityGrowth: number(growth.sparsity),
            rateGrowth: number(growth.total),
          },
        },
      ],
      code: [
        `import { rateGrowth } from './src/estimator/index.ts';`,
        '',
        `const from = ${JSON.stringify(slim(from))};`,
        `const to = ${JSON.stringify(slim(to))};`,
        `const answer = rateGrowth({ gpu: from, format: '${fromFormat}' }, { gpu: to, format: '${toFormat}' }, ${sparse});`,
        `console.log(answer.ok ? answer.value : answer.issues);`,
      ].join('\n'),
      table: {
        caption: 'Factors of each growth',
        columns: [{ label: 'Growth' }, { label: 'Factor' }, { label: 'Times', unit: 'factor' }],
        rows: rows.flatMap((row): TableCell[][] => [
          ...(row.parts.length > 1
            ? row.parts.map((part) => [row.label, part.label, factor(part.factor)])
            : []),
          [row.label, 'all', { ...factor(row.total), digits: 4 }],
        ]),
      },
    },
  };
}
