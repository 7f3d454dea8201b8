import { memo, useId, useState, type KeyboardEvent } from 'react';
import { percent } from '#charts';
import { formatQuantity, parseQuantity } from '#format';
import { checkField, type FieldKey, type NumberField as Field } from '#scenario';
import { FieldShell } from './FieldShell.tsx';
import { position, STEPS, stepped, valueAt } from './slider.ts';

interface Props {
  readonly fieldKey: FieldKey;
  readonly field: Field;
  readonly value: number;
  readonly was: number;
  /** Set when this field is the unknown: the computed value is shown and cannot be typed over. */
  readonly solved: number | undefined;
  /** Name of the radio buttons that say which field is the unknown, where it may be this one. */
  readonly solveGroup: string | undefined;
  readonly issue: string | undefined;
  readonly onChange: (key: FieldKey, value: number) => void;
  readonly onSolve: (key: FieldKey) => void;
}

const shown = (field: Field, value: number, digits: number): string =>
  formatQuantity({ value, unit: field.unit, digits, ...(field.as && { as: field.as }) });

const KEYS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 24, PageDown: -24 };
/** On the slider itself too: the browser's own step may round back to the value it left. */
const SLIDER_KEYS: typeof KEYS = { ...KEYS, ArrowRight: 1, ArrowLeft: -1 };

/** A typed number with its slider. The text being typed is apart from the value, so an unfinished number loses nothing. */
export const NumberField = memo(function NumberField(props: Props) {
  const { fieldKey, field, value, was, solved, solveGroup, issue, onChange, onSolve } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const unknown = solved !== undefined;
  const changed = !unknown && value !== was;

  const commit = (next: number): void => {
    setDraft(null);
    setProblem(null);
    onChange(fieldKey, next);
  };
  const type = (text: string): void => {
    setDraft(text);
    const parsed = parseQuantity(text, field.unit, field.bare);
    const message = parsed.ok ? checkField(fieldKey, parsed.value) : parsed.message;
    setProblem(message);
    if (parsed.ok && message === null) onChange(fieldKey, parsed.value);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = (event.currentTarget.type === 'range' ? SLIDER_KEYS : KEYS)[event.key];
    if (step !== undefined && !unknown) {
      event.preventDefault();
      commit(stepped(field, value, step));
    }
    if (event.key === 'Escape' && draft !== null) {
      event.preventDefault();
      setDraft(null);
      setProblem(null);
    }
  };
  const message = problem ?? issue;
  return (
    <FieldShell
      id={id}
      label={field.label}
      symbol={field.symbol}
      help={field.help}
      message={message}
      was={changed ? shown(field, was, 4) : undefined}
      unknown={unknown}
      solve={solveGroup === undefined ? undefined : { name: solveGroup, select: () => onSolve(fieldKey) }}
    >
      <input
        id={id}
        className="field-text"
        type="text"
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? (unknown ? shown(field, solved, 3) : shown(field, value, 6))}
        readOnly={unknown}
        aria-invalid={message !== undefined && message !== null}
        aria-describedby={`${id}-help${message ? ` ${id}-message` : ''}`}
        data-field={fieldKey}
        data-changed={changed || undefined}
        onChange={(e) => type(e.target.value)}
        onBlur={() => problem === null && setDraft(null)}
        onKeyDown={key}
      />
      <input
        className="field-slider"
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={position(field, solved ?? value)}
        disabled={unknown}
        aria-label={`${field.label} slider`}
        aria-valuetext={shown(field, solved ?? value, 4)}
        data-changed={changed || undefined}
        style={{ '--at': percent(position(field, solved ?? value) / STEPS) } as React.CSSProperties}
        onChange={(e) => commit(valueAt(field, Number(e.target.value)))}
        onKeyDown={key}
      />
    </FieldShell>
  );
});
