import type { GpuRecord } from '#catalog';
import { fastestFormat, ridgePoint, type Format } from '#estimator';
import type { Unit } from '#format';

/** One figure of a data sheet, or of two of them divided. */
export interface CardFigure {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** Null where the card has none. */
  readonly of: (gpu: GpuRecord) => number | null;
  /** Whether it makes sense to divide it by the power limit. */
  readonly perWatt: boolean;
}

const rate = (format: Format) => (gpu: GpuRecord) => gpu.peak[format] ?? null;

/** 16 bits, or FP32 on a card from before them. */
export const ridgeFormat = ({ peak }: GpuRecord): Format => (peak.fp16 === undefined ? 'fp32' : 'fp16');

function ridge(gpu: GpuRecord): number | null {
  const found = ridgePoint(gpu, ridgeFormat(gpu));
  return found.ok ? found.value : null;
}

/** What is charted and compared, in the order of the list. */
export const CARD_FIGURES: readonly CardFigure[] = [
  {
    id: 'fastest',
    label: 'dense peak, fastest format',
    unit: 'FLOP/s',
    of: (gpu) => gpu.peak[fastestFormat(gpu)] ?? null,
    perWatt: true,
  },
  { id: 'fp64', label: 'dense peak, FP64', unit: 'FLOP/s', of: rate('fp64'), perWatt: true },
  { id: 'fp32', label: 'dense peak, FP32', unit: 'FLOP/s', of: rate('fp32'), perWatt: true },
  { id: 'fp16', label: 'dense peak, 16 bits', unit: 'FLOP/s', of: rate('fp16'), perWatt: true },
  { id: 'fp8', label: 'dense peak, FP8', unit: 'FLOP/s', of: rate('fp8'), perWatt: true },
  { id: 'fp4', label: 'dense peak, FP4', unit: 'FLOP/s', of: rate('fp4'), perWatt: true },
  { id: 'memory', label: 'memory', unit: 'B', of: (gpu) => gpu.memory, perWatt: true },
  {
    id: 'bandwidth',
    label: 'memory bandwidth',
    unit: 'B/s',
    of: (gpu) => gpu.memoryBandwidth,
    perWatt: true,
  },
  {
    id: 'nvlink',
    label: 'NVLink, one direction',
    unit: 'B/s',
    of: (gpu) => gpu.nvlinkBandwidth || null,
    perWatt: true,
  },
  { id: 'power', label: 'power limit', unit: 'W', of: (gpu) => gpu.power, perWatt: false },
  { id: 'ridge', label: 'ridge point, 16 bits', unit: 'FLOP/byte', of: ridge, perWatt: false },
];
