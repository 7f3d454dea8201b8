import { formatQuantity, type Quantity } from '#format';

export interface Constant {
  readonly name: string;
  readonly value: string;
  /** Where it comes from: a source, or what it was fitted on. */
  readonly source: string;
}

export interface ConstantGroup {
  readonly title: string;
  readonly note: string;
  readonly constants: readonly Constant[];
}

export const text = (value: number, unit: Quantity['unit']): string => formatQuantity({ value, unit });
export const share = (value: number): string => text(value, 'ratio');
export const seconds = (value: number): string => text(value, 's');

export const RUNS = 'fitted on half of the published runs';
export const KNOWN = 'set by hand, near what kernels measure';
