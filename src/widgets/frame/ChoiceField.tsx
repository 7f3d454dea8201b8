import { memo, useId } from 'react';
import type { ChoiceField as Field, FieldKey, OptionGroup } from '#scenario';
import { FieldShell } from './FieldShell.tsx';
import { useMounted } from './useMounted.ts';

interface Props {
  readonly fieldKey: FieldKey;
  readonly field: Field;
  readonly value: string;
  readonly was: string;
  /** What can be chosen beside the other values; the same object while those stay. */
  readonly options: readonly OptionGroup[];
  readonly hint: string | undefined;
  readonly issue: string | undefined;
  readonly onChange: (key: FieldKey, value: string) => void;
}

/** A native select with groups: keyboard, touch and screen readers come with it. */
export const ChoiceField = memo(function ChoiceField(props: Props) {
  const { fieldKey, field, value, was, options: all, hint, issue, onChange } = props;
  const id = useId();
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
      symbol={hint}
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
        onChange={(e) => onChange(fieldKey, e.target.value)}
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
});
