/** Why a scenario is impossible, as data: bad input is never an exception and never a NaN. */
export type IssueCode =
  /** A required field is absent. */
  | 'missing'
  /** Not a finite number, or not of the kind the field holds. */
  | 'not-a-number'
  | 'not-an-integer'
  | 'too-small'
  | 'too-large'
  /** Two fields contradict each other, or one must divide the other. */
  | 'inconsistent'
  /** The GPU has no peak for this number format. */
  | 'format-lacking'
  /** The answer exists on paper only: above peak, or outside what the field can hold. */
  | 'out-of-reach'
  /** Only 6ND can be counted because no shape is known. A note, not an error. */
  | 'shape-unknown'
  /** A choice that is none of the offered ones. */
  | 'unknown-choice'
  | 'not-json'
  | 'unsupported-architecture'
  | 'unsupported-feature';

export interface Issue {
  /** One of ours, or a code of a layer above that reports in the same form. */
  readonly code: IssueCode | (string & {});
  /** Key of the field at fault, such as `gpus` or `moe.topK`. */
  readonly path: string;
  /** One sentence: what is wrong and what would be right. */
  readonly message: string;
  /** The bound that was crossed, in the field's base unit. */
  readonly limit?: number;
  /** Legal values of a field that contradicts others, nearest below and above: the first is the limit. */
  readonly nearest?: readonly number[];
}

/** A value, or the reasons why there is none. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (...issues: readonly Issue[]): Outcome<never> => ({ ok: false, issues });

/**
 * The value of an outcome where anything else would be a mistake in the code: a chapter's own numbers, a test.
 * @throws Error with the messages of all issues
 */
export function valueOrThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join(' '));
  return outcome.value;
}
