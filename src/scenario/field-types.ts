import type { Shown, Unit } from '#format';
import type { Values } from './values.ts';

interface Base {
  readonly label: string;
  readonly symbol?: string;
  /** One sentence: what it is, and what it is not. */
  readonly help: string;
  /** Key in the URL: short, and a promise once published. */
  readonly url: string;
}

/** A typed number with its slider. `min` and `max` are limits, not suggestions; `why` says what sets them. */
export interface NumberField extends Base {
  readonly kind: 'number';
  readonly unit: Unit;
  readonly as?: Shown;
  readonly min: number;
  readonly max: number;
  readonly why: string;
  /** The slider's own span, where the limits are far wider than what people ask about. */
  readonly slider: readonly [number, number];
  readonly scale: 'log' | 'linear';
  readonly integer?: true;
  /** The slider stops at powers of two and halfway between: what clusters, batches and contexts are made of. */
  readonly snap?: 'power2';
  /** What a bare typed number counts: 86,400 where the field shows days. */
  readonly bare?: number;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

export interface ChoiceField extends Base {
  readonly kind: 'choice';
  readonly options: (values: Values) => readonly OptionGroup[];
  /** A fact about the choice, shown beside the label. */
  readonly hint?: (values: Values) => string;
}

/** A box to paste into; what is read from it goes into other fields (see paste.ts). */
export interface PasteField extends Base {
  readonly kind: 'paste';
  readonly example: string;
}

export type Field = NumberField | ChoiceField | PasteField;
