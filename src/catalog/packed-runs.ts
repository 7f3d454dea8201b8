/** Published runs in few bytes, for the props of a cell: words once, rows as numbers. Safe for a browser. */
import type { RunPoint } from './efficiency.ts';

/** What a chart, a range and a list of neighbours need of a run. */
export type BriefRun = Pick<
  RunPoint,
  'label' | 'modelName' | 'year' | 'parameters' | 'family' | 'gpus' | 'precision' | 'mfu'
>;

export interface PackedRuns {
  readonly words: readonly string[];
  /** label, model, year, billions of parameters, family, GPUs (0: not said), format, MFU in tenths of a percent */
  readonly rows: readonly (readonly [number, number, number, number, number, number, number, number])[];
}

export function packRuns(points: readonly BriefRun[]): PackedRuns {
  const words = [...new Set(points.flatMap((p) => [p.label, p.modelName, p.family, p.precision]))];
  const at = (word: string): number => words.indexOf(word);
  return {
    words,
    rows: points.map((p) => [
      at(p.label),
      at(p.modelName),
      p.year,
      Number((p.parameters / 1e9).toPrecision(4)),
      at(p.family),
      p.gpus ?? 0,
      at(p.precision),
      Math.round(p.mfu * 1000),
    ]),
  };
}

export function unpackRuns({ words, rows }: PackedRuns): readonly BriefRun[] {
  return rows.map(([label, model, year, billions, family, gpus, precision, mfu]) => ({
    label: words[label] ?? '',
    modelName: words[model] ?? '',
    year,
    parameters: billions * 1e9,
    family: words[family] ?? '',
    gpus: gpus === 0 ? null : gpus,
    precision: words[precision] as BriefRun['precision'],
    mfu: mfu / 1000,
  }));
}
