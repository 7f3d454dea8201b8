import { useCallback, useRef, useState, type ReactNode } from 'react';
import {
  checkField,
  encodePatch,
  fieldKeys,
  SHAPE_FIELDS,
  type Changes,
  type FieldKey,
  type Unknown,
} from '#scenario';
import { reset, setValue, setValues } from '#scenario/store.ts';
import { Actions } from './Actions.tsx';
import { Fields } from './Fields.tsx';
import { asGiven } from './given.ts';
import { Panels } from './Panels.tsx';
import { Sentence } from './Sentence.tsx';
import type { CellProps, Result, View, WidgetSpec } from './types.ts';
import { useCell } from './useCell.ts';
import { useNumbers } from './useNumbers.ts';

interface Props<V extends View> extends CellProps {
  readonly spec: WidgetSpec<V>;
  readonly Result: Result<V>;
  /** Rendered at build: the formula with its numbers and in symbols, the assumptions, the sources. */
  readonly children?: ReactNode;
}

/** What goes when another model is chosen. */
const OWN_TO_A_MODEL: Changes = Object.fromEntries(
  [...SHAPE_FIELDS, 'parameters', 'sequence'].map((key) => [key, undefined]),
);

/** The frame all widgets share: inputs, the result as sentence and picture, the math, the code, the sources, the actions. */
export function Cell<V extends View>(props: Props<V>) {
  const { spec, Result, preset, number, children } = props;
  const root = useRef<HTMLElement>(null);
  const { shown, now: latest } = useCell(spec, preset, root);
  const { initial, good, issues, stale } = shown;
  // A text that cannot be read never reaches the scenario, so forgetting it is a matter of starting the fields anew.
  const [edition, setEdition] = useState(0);
  useNumbers(root, `${props.alone}formulas.json`, good.view.equations, initial.view.equations);

  const Title = `h${props.level}` as const;
  const was = initial.scenario.values;
  const now = good.scenario.values;
  const changed = fieldKeys.filter((key) => now[key] !== was[key]);
  const own: readonly FieldKey[] = spec.solvable ? [...spec.fields, 'unknown'] : spec.fields;
  const mine = changed.filter((key) => own.includes(key));
  // A field of this cell says itself what is wrong with it, unless it is folded away.
  const unseen = [...(spec.folded?.fields ?? []), ...(spec.hides?.(now) ?? [])];
  const says = (key: string): boolean =>
    spec.fields.some((own) => own === key) && !unseen.some((own) => own === key);
  const elsewhere = issues.filter(({ path }) => !says(path));

  // The same functions at every move of a slider, so that the inputs which it leaves alone need not be drawn again.
  const change = useCallback(
    (key: FieldKey, value: string | number): void => {
      // Another model brings its own N, sequence and shape; one typed for the old model would silently describe neither.
      if (key === 'model') setValues({ ...OWN_TO_A_MODEL, model: String(value) }, preset);
      else setValue(key, value as never, preset);
    },
    [preset],
  );
  const paste = useCallback((changes: Changes): void => setValues(changes, preset), [preset]);
  const move = (changes: Changes): void => {
    const legal = Object.entries(changes).filter(
      ([key, value]) => checkField(key as FieldKey, value) === null,
    );
    setValues(Object.fromEntries(legal), preset);
  };
  const solveFor = useCallback(
    (key: FieldKey): void => {
      // What was computed becomes what is given, so that switching the unknown moves nothing.
      const { solved } = latest().good.view;
      const [old] = Object.keys(solved ?? {}) as FieldKey[];
      const value = old && solved?.[old];
      const kept = old && value !== undefined ? { [old]: asGiven(old, value) } : {};
      setValues({ ...kept, unknown: key as Unknown }, preset);
    },
    [latest, preset],
  );

  return (
    <section
      ref={root}
      className="cell"
      id={`calc-${spec.id}`}
      aria-labelledby={`title-${spec.id}`}
      data-cell={spec.id}
      data-stale={stale || undefined}
    >
      <div className="cell-gutter" aria-hidden="true">
        <span>In{number && ` ${number}`}</span>
      </div>
      <header className="cell-head">
        <Title className="cell-title" id={`title-${spec.id}`}>
          {spec.title}
        </Title>
        {number && (
          <a className="cell-number" href={`#calc-${spec.id}`}>
            Calc {number}
          </a>
        )}
      </header>
      <Fields
        key={edition}
        spec={spec}
        now={now}
        was={was}
        solved={good.view.solved}
        issues={issues}
        onChange={change}
        onSolve={solveFor}
        onPaste={paste}
      />
      <div className="cell-out">
        <div
          className="cell-gutter"
          data-out
          aria-hidden="true"
          data-changed={changed.length > 0 || undefined}
        >
          <span>Out{number && ` ${number}`}</span>
        </div>
        <Sentence id={spec.id} view={good.view} stale={stale} changed={mine.length > 0} />
        {elsewhere.length > 0 && (
          <p className="cell-issue" role="alert">
            {elsewhere.map((issue) => issue.message).join(' ')}
          </p>
        )}
        <div className="cell-picture">
          <Result view={good.view} initial={initial.view} id={spec.id} onMove={move} />
        </div>
      </div>
      <div className="cell-panels">
        {children}
        <Panels title={spec.title} view={good.view} />
      </div>
      <Actions
        {...props}
        root={root}
        title={spec.title}
        view={good.view}
        query={encodePatch(good.patch)}
        canReset={mine.length > 0}
        onReset={() => {
          reset(own);
          setEdition(edition + 1);
        }}
      />
    </section>
  );
}

/** A widget's island: its spec and its drawing in the frame. */
export function island<V extends View>(spec: WidgetSpec<V>, Result: Result<V>) {
  return function Island(props: CellProps & { readonly children?: ReactNode }) {
    return <Cell spec={spec} Result={Result} {...props} />;
  };
}
