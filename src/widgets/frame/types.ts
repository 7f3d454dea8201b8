import type { ComponentType } from 'react';
import type { Equation, Outcome } from '#estimator';
import type { Quantity } from '#format';
import type { Changes, FieldKey, Scenario, Values } from '#scenario';

/** A piece of the result's sentence; `strong` is the answer itself. */
export interface Span {
  readonly text: string;
  readonly strong?: true;
}

export interface ShownEquation {
  readonly id: string;
  readonly numbers: Readonly<Record<string, string>>;
}

export type TableCell = string | Quantity;

/** The chart's twin: the same facts as rows. CSV holds the raw base-unit values. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly unit?: string }[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** What every widget's view model holds; each adds what its drawing needs. */
export interface View {
  /** One sentence that states the result: caption, live text for screen readers, and the no-JavaScript text. */
  readonly sentence: readonly Span[];
  /** Cautions that belong to this result, such as a count that could not be made. */
  readonly cautions?: readonly string[];
  readonly table: Table;
  /** Which of the spec's equations are shown, in order, each with the text of its symbols and of its result. */
  readonly equations: readonly ShownEquation[];
  /** TypeScript that reproduces the headline from the package; `// =>` lines are checked by a test. */
  readonly code: string;
  /** Values of fields that this widget solves for. */
  readonly solved?: Readonly<Partial<Record<FieldKey, number>>>;
}

export interface Source {
  readonly key: string;
  readonly where: string;
}

/** A widget is this, one drawing, and what stands behind it. */
export interface WidgetSpec<V extends View = View> {
  readonly id: string;
  /** The question it answers. */
  readonly title: string;
  readonly fields: readonly FieldKey[];
  /** Fields of which exactly one is unknown and computed; `unknown` in the scenario says which. */
  readonly solvable?: readonly FieldKey[];
  /** Fields that few readers need, under a heading that opens. */
  readonly folded?: { readonly label: string; readonly fields: readonly FieldKey[] };
  /** Fields that this question does not use at the moment are left out of the form. */
  readonly hides?: (values: Values) => readonly FieldKey[];
  readonly view: (scenario: Scenario) => Outcome<V>;
}

/** What stands behind a widget's answer. Rendered at build only. */
export interface Behind {
  /** Every equation that the view may show. */
  readonly equations: readonly Equation[];
  /** What the answer takes for granted, one sentence each. */
  readonly assumptions: readonly string[];
  readonly sources: readonly Source[];
}

export interface ResultProps<V extends View = View> {
  readonly view: V;
  /** The page's own scenario, where a drawing shows what changed. */
  readonly initial: V;
  readonly id: string;
  /** For drawings that can be moved by hand; each value is checked like a typed one, and what cannot stand is ignored. */
  readonly onMove: (changes: Changes) => void;
}

export type Result<V extends View> = ComponentType<ResultProps<V>>;

/** What the Astro wrapper hands to the island; all of it JSON. */
export interface CellProps {
  readonly preset: string;
  /** `7.1`, or empty where the cell stands alone. */
  readonly number: string;
  /** Level of its title: below the page's own on a page of its own, below a section's in a chapter. */
  readonly level: 2 | 3;
  /** Address of the page and of the cell on its own, with the base path. */
  readonly page: string;
  readonly alone: string;
  readonly cite: {
    readonly title: string;
    readonly slug: string;
    readonly site: string;
    readonly version: string;
  };
}
