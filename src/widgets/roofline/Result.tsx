import { Plot, type PlotLine, type PlotMark, type Axis } from '#charts';
import { formatQuantity, significant } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { rooflineSpec } from './spec.ts';
import type { Roof, RooflineView } from './view.ts';

/** A card keeps its colour; T4 shares that of P100, dashed. */
const COLORS: Readonly<Record<string, string>> = {
  P100: 'var(--s6)',
  T4: 'var(--s6)',
  V100: 'var(--s3)',
  A100: 'var(--s2)',
  H100: 'var(--s4)',
  B200: 'var(--s5)',
};
const MAIN = 'var(--s1)';

const decades = (low: number, high: number): number[] =>
  Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, i) => low * 10 ** i);

const down = (value: number): number => 10 ** Math.floor(Math.log10(value));
const up = (value: number): number => 10 ** Math.ceil(Math.log10(value));

/** Whole decades that hold every roof's knee and every mark. */
function axesOf(roofs: readonly Roof[]): { x: Axis; y: Axis } {
  const intensities = roofs.map(({ point }) => point.intensity);
  const low = Math.min(0.1, ...intensities.map(down));
  const high = Math.max(10_000, ...intensities.map(up));
  const bottom = down(
    Math.min(...roofs.map(({ bandwidth, point }) => Math.min(bandwidth * low, point.rate))),
  );
  const top = up(Math.max(...roofs.map(({ peak }) => peak * 1.2)));
  return {
    x: {
      label: 'arithmetic intensity, FLOP/byte',
      scale: 'log',
      domain: [low, high],
      ticks: decades(low, high),
      format: (value) => (value < 1000 ? significant(value) : `${significant(value / 1000)}k`),
    },
    y: {
      label: 'FLOP/s',
      scale: 'log',
      domain: [bottom, top],
      ticks: decades(bottom, top),
      format: (value) =>
        formatQuantity({ value, unit: 'FLOP/s' })
          .replace(/FLOP\/s$/, '')
          .trim(),
    },
  };
}

/** Roofs as knees; on each the bound as a ring, and below it the estimate as a dot. */
function Result({ view }: ResultProps<RooflineView>) {
  const roofs = [...view.others, view.main];
  const { x, y } = axesOf(roofs);
  const [low, high] = x.domain;
  const colorOf = (i: number): string =>
    i === roofs.length - 1 ? MAIN : (COLORS[roofs[i]?.gpu ?? ''] ?? 'var(--s2)');
  const dashed = (i: number): boolean => i < roofs.length - 1 && roofs[i]?.gpu === 'T4';
  const lines: PlotLine[] = roofs.map((roof, i) => ({
    label: `${roof.gpu} ${i}`,
    color: colorOf(i),
    ...(i === roofs.length - 1 && { style: 'strong' as const }),
    ...(dashed(i) && { style: 'dashed' as const }),
    points: [
      [low, roof.bandwidth * low],
      [roof.point.ridge, roof.peak],
      [high, roof.peak],
    ],
  }));
  const marks: PlotMark[] = roofs.flatMap(({ point }, i) => {
    const main = i === roofs.length - 1;
    const at = { x: point.intensity, color: colorOf(i) };
    return [
      { ...at, y: point.attainable, hollow: true },
      {
        ...at,
        y: point.rate,
        upTo: point.attainable,
        ...(main && {
          strong: true,
          below: true,
          name: formatQuantity({ value: point.rate, unit: 'FLOP/s' }),
        }),
      },
    ];
  });
  return (
    <Plot
      label={sentenceText(view)}
      x={x}
      y={y}
      lines={lines}
      marks={marks}
      height={320}
      legend={[...roofs].reverse().map((roof, i) => ({
        label: `${roof.gpu}, ${roof.format}`,
        color: colorOf(roofs.length - 1 - i),
        dashed: dashed(roofs.length - 1 - i),
      }))}
    />
  );
}

export default island(rooflineSpec, Result);
