import type { Issue } from '#estimator';
import { fields, type Changes, type FieldKey, type Values } from '#scenario';
import { ChoiceField } from './ChoiceField.tsx';
import { NumberField } from './NumberField.tsx';
import { PasteField } from './PasteField.tsx';
import type { WidgetSpec } from './types.ts';

interface Props {
  readonly spec: Pick<WidgetSpec, 'id' | 'title' | 'fields' | 'solvable' | 'folded' | 'hides'>;
  readonly now: Values;
  readonly was: Values;
  readonly solved: Readonly<Partial<Record<FieldKey, number>>> | undefined;
  readonly issues: readonly Issue[];
  readonly onChange: (key: FieldKey, value: string | number) => void;
  readonly onSolve: (key: FieldKey) => void;
  readonly onPaste: (changes: Changes) => void;
}

/** The inputs of a cell, made from the one table of fields. */
export function Fields({ spec, now, was, solved, issues, onChange, onSolve, onPaste }: Props) {
  const issueOf = (key: FieldKey): string | undefined => issues.find((i) => i.path === key)?.message;
  const hidden = spec.hides?.(now) ?? [];
  const folded = spec.folded?.fields ?? [];
  const input = (key: FieldKey) => {
    const field = fields[key];
    const issue = issueOf(key);
    if (field.kind === 'number') {
      return (
        <NumberField
          key={key}
          fieldKey={key}
          field={field}
          value={Number(now[key])}
          was={Number(was[key])}
          solved={solved?.[key]}
          solveGroup={spec.solvable?.includes(key) ? `unknown-${spec.id}` : undefined}
          issue={issue}
          onChange={onChange}
          onSolve={onSolve}
        />
      );
    }
    if (field.kind === 'choice') {
      return (
        <ChoiceField
          key={key}
          fieldKey={key}
          field={field}
          value={String(now[key])}
          was={String(was[key])}
          options={field.options(now)}
          hint={field.hint?.(now) ?? field.symbol}
          issue={issue}
          onChange={onChange}
        />
      );
    }
    return (
      <PasteField key={key} fieldKey={key} field={field} issue={issue} gpus={now.gpus} onPaste={onPaste} />
    );
  };
  const shown = spec.fields.filter((key) => !hidden.includes(key));
  return (
    <form className="cell-fields" aria-label={`Inputs: ${spec.title}`} onSubmit={(e) => e.preventDefault()}>
      {shown.filter((key) => !folded.includes(key)).map(input)}
      {spec.folded && (
        <details className="cell-more" data-wide>
          <summary>{spec.folded.label}</summary>
          <div className="cell-fields">{shown.filter((key) => folded.includes(key)).map(input)}</div>
        </details>
      )}
    </form>
  );
}
