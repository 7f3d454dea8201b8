import { gpuById, type GpuRecord } from '#catalog';
import {
  kernelFormat,
  roofline,
  type Format,
  type Outcome,
  type RooflineKernel,
  type RooflinePoint,
} from '#estimator';
import { formatQuantity, significant, whole, type Quantity } from '#format';
import { formatName, type Scenario } from '#scenario';
import type { Span, View } from '../frame/types.ts';

export interface Roof {
  readonly gpu: string;
  readonly format: string;
  readonly peak: number;
  readonly bandwidth: number;
  readonly point: RooflinePoint;
}

export interface RooflineView extends View {
  readonly main: Roof;
  readonly others: readonly Roof[];
}

const GENERATIONS = [
  'p100-sxm2-16gb',
  'v100-sxm2-16gb',
  't4-pcie-16gb',
  'a100-sxm4-80gb',
  'h100-sxm5-80gb',
  'b200-sxm-180gb',
] as const;

/** From narrow to wide; BF16 and FP16 stand in for each other. */
const WIDER: readonly Format[] = ['fp4', 'fp6', 'fp8', 'bf16', 'fp16', 'tf32', 'fp32', 'fp64'];

/** The format itself, or the next wider one that the card has. */
export function formatOn({ peak }: GpuRecord, wanted: Format): Format {
  const rank = Math.max(0, WIDER.indexOf(wanted));
  return [wanted, ...WIDER.slice(rank)].find((format) => peak[format] !== undefined) ?? 'fp32';
}

export function kernelOf({ values }: Scenario): RooflineKernel {
  const { kernel: kind, kernelM: m, kernelN: n, kernelK: k } = values;
  return kind === 'gemm' ? { kind, m, n, k } : { kind, m, n };
}

function roofOf(kernel: RooflineKernel, format: Format, gpu: GpuRecord): Outcome<Roof> {
  const point = roofline(kernel, format, gpu);
  if (!point.ok) return point;
  return {
    ok: true,
    value: {
      gpu: gpu.short,
      format: formatName(kernel.kind === 'gemm' ? format : kernelFormat(gpu)),
      peak: point.value.ridge * gpu.memoryBandwidth,
      bandwidth: gpu.memoryBandwidth,
      point: point.value,
    },
  };
}

function othersOf({ values, cluster, execution }: Scenario): readonly GpuRecord[] {
  const ids =
    values.overlay === 'generations' ? GENERATIONS : values.overlay === 'card' ? [values.cardB] : [];
  // A card with the very same roof, such as A100 beside A800, would only hide behind it.
  const { gpu: main } = cluster;
  const { precision } = execution;
  return ids
    .map((id) => gpuById(id))
    .filter(
      (gpu) => gpu.memoryBandwidth !== main.memoryBandwidth || gpu.peak[precision] !== main.peak[precision],
    );
}

const show = (value: number, unit: Quantity['unit'], digits = 3): string =>
  formatQuantity({ value, unit, digits });

function nameOf({ values }: Scenario, format: string): string {
  const { kernel, kernelM: m, kernelN: n, kernelK: k } = values;
  switch (kernel) {
    case 'gemm':
      return `a product of ${whole(m)} × ${whole(k)} and ${whole(k)} × ${whole(n)} in ${format}`;
    case 'attention':
      return `attention in one kernel over ${whole(m)} tokens`;
    case 'separate-attention':
      return `attention over ${whole(m)} tokens with its scores in memory`;
    case 'residual':
      return `a sum of two arrays of ${whole(m)} × ${whole(n)}`;
  }
}

function cautionsOf({ gemm }: RooflinePoint): string[] {
  if (!gemm) return [];
  const { tile, tiles, waves, waveEfficiency, bound } = gemm;
  const why = {
    compute: 'The Tensor Cores bound it.',
    memory: 'Moving operands bounds it.',
    power: 'The power limit bounds it.',
    latency: 'Starting the kernel takes longer than running it.',
  }[bound];
  return [
    `Cut into ${whole(tiles)} tiles of ${tile.m} × ${tile.n}: ${significant(waves)} waves over the SMs. With whole waves ${show(waveEfficiency, 'ratio')} of their time would be work. ${why}`,
  ];
}

function sentenceOf(scenario: Scenario, roof: Roof): Span[] {
  const { point } = roof;
  const left = point.side === 'memory';
  return [
    { text: `On ${roof.gpu}, ${nameOf(scenario, roof.format)} does ${show(point.intensity, 'FLOP/byte')}: ` },
    { text: left ? 'memory bounds it' : 'arithmetic bounds it', strong: true },
    {
      text: `, ${left ? 'left' : 'right'} of the ridge at ${show(point.ridge, 'FLOP/byte')}. The roof allows ${show(point.leastSeconds, 's')}; the estimate is `,
    },
    {
      text: `${show(point.seconds, 's')}, ${show(point.rate / point.attainable, 'ratio')} of it`,
      strong: true,
    },
    { text: '.' },
  ];
}

/** A kernel under the roofs of the page's GPU and of others. */
export function view(scenario: Scenario): Outcome<RooflineView> {
  const { cluster, execution } = scenario;
  const kernel = kernelOf(scenario);
  const found = roofOf(kernel, execution.precision, cluster.gpu);
  if (!found.ok) return found;
  const main = found.value;
  const others = othersOf(scenario).flatMap((gpu) => {
    const other = roofOf(kernel, formatOn(gpu, execution.precision), gpu);
    return other.ok ? [other.value] : [];
  });
  const { point } = main;
  const plain = (value: number, unit: Quantity['unit']): string => formatQuantity({ value, unit, digits: 4 });
  const memory = {
    id: 'memory-roof',
    numbers: {
      intensity: plain(point.intensity, 'FLOP/byte'),
      bandwidth: plain(main.bandwidth, 'B/s'),
      attainable: plain(point.intensity * main.bandwidth, 'FLOP/s'),
    },
  };
  const { id, name, architecture, year, peak, sparsity, memory: bytes, memoryBandwidth } = cluster.gpu;
  const { nvlinkBandwidth, power, sms, clock } = cluster.gpu;
  const gpu = {
    id,
    name,
    architecture,
    year,
    peak,
    sparsity,
    memory: bytes,
    memoryBandwidth,
    nvlinkBandwidth,
    power,
    sms,
    clock,
  };
  return {
    ok: true,
    value: {
      main,
      others,
      sentence: sentenceOf(scenario, main),
      cautions: cautionsOf(point),
      equations: [
        {
          id: 'ridge',
          numbers: {
            cardPeak: plain(main.peak, 'FLOP/s'),
            bandwidth: plain(main.bandwidth, 'B/s'),
            ridge: plain(point.ridge, 'FLOP/byte'),
          },
        },
        {
          id: 'intensity',
          numbers: {
            work: plain(point.flops, 'FLOP'),
            traffic: plain(point.bytes, 'B'),
            intensity: plain(point.intensity, 'FLOP/byte'),
          },
        },
        // Also right of the ridge, so that nothing moves when a slider passes it.
        memory,
      ],
      code: [
        `import { roofline } from './src/estimator/index.ts';`,
        '',
        `const gpu = ${JSON.stringify(gpu)};`,
        `const answer = roofline(${JSON.stringify(kernel)}, '${execution.precision}', gpu);`,
        `console.log(answer.ok ? answer.value : answer.issues);`,
      ].join('\n'),
      table: {
        caption: 'The kernel under each roof',
        columns: [
          { label: 'GPU' },
          { label: 'Format' },
          { label: 'Ridge', unit: 'FLOP/byte' },
          { label: 'Intensity', unit: 'FLOP/byte' },
          { label: 'Roof', unit: 'FLOP/s' },
          { label: 'Estimate', unit: 'FLOP/s' },
          { label: 'Time', unit: 's' },
        ],
        rows: [main, ...others].map((roof) => [
          roof.gpu,
          roof.format,
          { value: roof.point.ridge, unit: 'FLOP/byte' },
          { value: roof.point.intensity, unit: 'FLOP/byte' },
          { value: roof.point.attainable, unit: 'FLOP/s' },
          { value: roof.point.rate, unit: 'FLOP/s' },
          { value: roof.point.seconds, unit: 's' },
        ]),
      },
    },
  };
}
