import { gemmTime, valueOrThrow } from '#estimator';
import type { Scenario } from '#scenario';
import { published } from '../published.ts';
import {
  a100, a800, b200, h100, h20, h200, p100, v100,
  number, peak, plain, point, ratio, ridge, times, type Fact,
} from './shared.ts'; // prettier-ignore

const flopPerByte = (value: number, digits?: number) => plain(value, 'FLOP/byte', digits);
const seconds = (value: number, digits?: number) => plain(value, 's', digits);

/** Sequences that decode together in the example. */
const BATCH = 64;

/** The product of the roofline's default state: a projection of the page's model on one sequence. */
const product = ({ values }: Scenario) => ({
  kind: 'gemm' as const,
  m: values.kernelM,
  n: values.kernelN,
  k: values.kernelK,
});
/** Tokens whose tiles fill the A800's waves to the last. */
const WHOLE_WAVES = 3456;
const decode = (s: Scenario, m = 1) => ({ ...product(s), m });
const attention = ({ values }: Scenario) => ({
  kind: 'attention' as const,
  m: values.kernelM,
  n: values.kernelN,
});
const separate = (s: Scenario) => ({ ...attention(s), kind: 'separate-attention' as const });
const residual = (s: Scenario) => ({ ...attention(s), kind: 'residual' as const });

/** A product of a few tokens with a weight of the survey's size. */
const small = { kind: 'gemm', m: 64, n: 8192, k: 4096 } as const;

function waves(s: Scenario, gpu = a800) {
  const { m, n, k } = product(s);
  return valueOrThrow(gemmTime({ m, n, k, format: 'fp16', gpu }));
}

/** Of the roof, by the estimate. */
const share = (kernel: ReturnType<typeof product>): number =>
  point(kernel, a800).rate / point(kernel, a800).attainable;

export const roofFacts = {
  ridgeP100: () => flopPerByte(ridge(p100)),
  ridgeV100: () => flopPerByte(ridge(v100)),
  ridgeA100: () => flopPerByte(ridge(a100)),
  ridgeH100: () => flopPerByte(ridge(h100)),
  ridgeH200: () => flopPerByte(ridge(h200)),
  ridgeH20: () => flopPerByte(ridge(h20)),
  ridgeB200: () => flopPerByte(ridge(b200)),
  ridgeB200Rounded: () => flopPerByte(peak(b200, 'fp16') / published.b200Bandwidth.value),
  ridgeB200Fp4: () => flopPerByte(ridge(b200, 'fp4'), 4),
  ridgeGrowth: () => times(ridge(h100) / ridge(p100), 2),

  gemmIntensity: (s) => flopPerByte(point(product(s), a800).intensity),
  gemmShare: (s) => ratio(share(product(s))),
  gemmBest: (s) => ratio(share({ ...product(s), m: WHOLE_WAVES }), 2),
  gemmTiles: (s) => plain(waves(s).tiles, 'count'),
  gemmWaves: (s) => number(waves(s).waves),
  gemmWholeWaves: (s) => plain(Math.ceil(waves(s).waves), 'count'),
  gemmWaveShare: (s) => ratio(waves(s).waveEfficiency),
  decodeIntensity: (s) => flopPerByte(point(decode(s), a800).intensity, 2),
  decodeShare: (s) => ratio(point(decode(s), a800).rate / peak(a800, 'fp16'), 2),
  decodeRate: (s) => plain(point(decode(s), a800).rate, 'FLOP/s', 2),
  attentionIntensity: (s) => flopPerByte(point(attention(s), a800).intensity),
  attentionTime: (s) => seconds(point(attention(s), a800).seconds),
  separateIntensity: (s) => flopPerByte(point(separate(s), a800).intensity, 2),
  separateTime: (s) => seconds(point(separate(s), a800).seconds),
  residualIntensity: (s) => flopPerByte(point(residual(s), a800).intensity, 2),
  residualFlopShare: (s) => ratio(point(residual(s), a800).flops / point(product(s), a800).flops, 1),
  residualTimeShare: (s) => ratio(point(residual(s), a800).seconds / point(product(s), a800).seconds, 2),

  smallBytes: () => plain(point(small, b200).bytes, 'B'),
  smallIntensity: () => flopPerByte(point(small, b200).intensity),
  smallLeast: () => seconds(point(small, b200).leastSeconds),
  smallLeastRounded: () => seconds(point(small, b200).bytes / published.b200Bandwidth.value),
  smallModelled: () => seconds(point(small, b200).seconds),
  smallCompute: () => seconds(point(small, b200).flops / peak(b200, 'fp16'), 2),
  batchSize: () => plain(BATCH, 'count'),
  batchIntensity: (s) => flopPerByte(point(decode(s, BATCH), a800).intensity),
  h20DecodeOverH100: (s) => times(point(decode(s), h20).attainable / point(decode(s), h100).attainable),
  h20GemmOverH100: (s) => times(point(product(s), h20).attainable / point(product(s), h100).attainable, 2),
} satisfies Record<string, Fact>;
