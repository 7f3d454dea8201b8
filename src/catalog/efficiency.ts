/** How efficiency spreads over published runs: pure, small, and safe for a browser. */
import type { Format } from '#estimator';

/** A published run as a chart shows it. Efficiencies are model FLOPs utilisation, as fractions. */
export interface RunPoint {
  readonly id: string;
  /** Key in the bibliography, and its label. */
  readonly sourceKey: string;
  readonly label: string;
  readonly year: number;
  readonly modelName: string;
  readonly parameters: number;
  /** Id in the catalogue of the GPU whose peak is divided by. */
  readonly gpu: string;
  /** "A100": the name without form factor and memory. */
  readonly family: string;
  readonly gpus: number | null;
  readonly precision: RunPrecision;
  readonly framework: string | null;
  /** Exact model FLOPs a second over the dense peak of the run's own format. */
  readonly mfu: number;
  /** The same with the masked half of the attention scores left out. */
  readonly mfuCausal: number;
  /** The same as `mfu`, over the dense BF16 (or FP16) peak. */
  readonly mfuBf16: number;
  /** `computed` here from the run's throughput, or `reported` by its source where the shape or throughput is missing. */
  readonly basis: 'computed' | 'reported';
  readonly tier: 'A' | 'B' | 'C';
}

/** The format that matrices were multiplied in. */
export type RunPrecision = Extract<Format, 'fp16' | 'bf16' | 'fp8' | 'fp4'>;

/** Percentiles of the MFU of published runs like one's own. */
export interface EfficiencySpread {
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  /** Runs that it is made of. */
  readonly count: number;
  /** GPU families of those runs. */
  readonly families: readonly string[];
  /** Sizes taken in: from the asked one over this factor to the asked one times it; Infinity for all. */
  readonly factor: number;
}

/** What the spread looks at in a run. */
export type SpreadPoint = Pick<RunPoint, 'family' | 'precision' | 'parameters' | 'mfu'>;

/** What the spread is asked for. */
export interface SpreadQuestion {
  readonly family: string;
  readonly precision: Format;
  readonly parameters: number;
}

/** GPUs that share a chip, or nearly: where one has few published runs, its siblings speak for it. */
const SIBLINGS: readonly (readonly string[])[] = [
  ['V100'],
  ['A100', 'A800'],
  ['H100', 'H800', 'H200', 'H20', 'GH200'],
  ['B200', 'GB200', 'B300', 'GB300'],
];

/** Fewer runs than this say nothing about a spread. */
const ENOUGH = 8;

const BITS: Readonly<Record<Format, number>> = {
  fp64: 64, fp32: 32, tf32: 19, fp16: 16, bf16: 16, fp8: 8, int8: 8, fp6: 6, fp4: 4,
}; // prettier-ignore

/**
 * The value below which a share of the sorted values lies, with linear interpolation between neighbours.
 * @param sorted ascending, at least one
 * @param share from 0 to 1
 */
export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/**
 * How published runs on such a GPU, in such a format, of about such a size, spread. Starts with the same GPU family
 * and sizes within a factor of 3, and widens (factor of 10, sibling GPUs, any size) until eight runs remain.
 * Null when even the widest has fewer.
 */
export function efficiencySpread(
  points: readonly SpreadPoint[],
  { family, precision, parameters }: SpreadQuestion,
): EfficiencySpread | null {
  const bits = BITS[precision];
  const siblings = SIBLINGS.find((group) => group.includes(family)) ?? [family];
  const widening = [
    { families: [family], factor: 3 },
    { families: [family], factor: 10 },
    { families: siblings, factor: 3 },
    { families: siblings, factor: 10 },
    { families: siblings, factor: Infinity },
  ];
  for (const { families, factor } of widening) {
    const like = points.filter(
      (point) =>
        families.includes(point.family) &&
        BITS[point.precision] === bits &&
        point.parameters <= parameters * factor &&
        point.parameters >= parameters / factor,
    );
    if (like.length >= ENOUGH) return spreadOf(like, factor);
  }
  return null;
}

function spreadOf(points: readonly SpreadPoint[], factor: number): EfficiencySpread {
  const sorted = points.map(({ mfu }) => mfu).sort((a, b) => a - b);
  return {
    p10: percentile(sorted, 0.1),
    p25: percentile(sorted, 0.25),
    p50: percentile(sorted, 0.5),
    p75: percentile(sorted, 0.75),
    p90: percentile(sorted, 0.9),
    count: sorted.length,
    families: [...new Set(points.map(({ family }) => family))].sort(),
    factor,
  };
}
