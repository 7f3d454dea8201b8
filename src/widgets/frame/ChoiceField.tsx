import { useId } from 'react';
import type { ChoiceField as Field, FieldKey, Values } from '#scenario';
import { FieldShell } from './FieldShell.tsx';
import { useMounted } from './useMounted.ts';

interface Props {
  readonly fieldKey: FieldKey;
  readonly field: Field;
  readonly values: Values;
  readonly was: string;
  readonly issue: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A native select with groups: keyboard, touch and screen readers come with it. */
export function ChoiceField({ fieldKey, field, values, was, issue, onChange }: Props) {
  const id = useId();
  const value = String(values[fieldKey]);
  const all = field.options(values);
  // Without script the others cannot be chosen, so the page does not carry them.
  const mounted = useMounted();
  const groups = mounted
    ? all
    : all
        .map((g) => ({ ...g, options: g.options.filter((o) => o.value === value) }))
        .filter((g) => g.options.length > 0);
  const label = (v: string): string => all.flatMap((g) => g.options).find((o) => o.value === v)?.label ?? v;
  const changed = value !== was;
  return (
    <FieldShell
      id={id}
      label={field.label}
      symbol={field.hint?.(values) ?? field.symbol}
      help={field.help}
      message={issue}
      was={changed ? label(was) : undefined}
    >
      <select
        id={id}
        className="field-select"
        value={value}
        aria-invalid={issue !== undefined}
        aria-describedby={`${id}-help${issue ? ` ${id}-message` : ''}`}
        data-field={fieldKey}
        data-changed={changed || undefined}
        onChange={(e) => onChange(e.target.value)}
      >
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </optgroup>
        ))}
        {!groups.some((g) => g.options.some((o) => o.value === value)) && (
          <option value={value}>{value.toUpperCase()}</option>
        )}
      </select>
    </FieldShell>
  );
}
