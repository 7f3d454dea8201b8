import { memo, useId, useState } from 'react';
import type { Changes, FieldKey, PasteField as Field } from '#scenario';

interface Props {
  readonly fieldKey: FieldKey;
  readonly field: Field;
  readonly issue: string | undefined;
  readonly gpus: number;
  readonly onPaste: (changes: Changes) => void;
}

/** A box to paste into. What can be read changes other fields and is said; what cannot stays in the box with the reason. */
export const PasteField = memo(function PasteField({ fieldKey, field, issue, gpus, onPaste }: Props) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const read = async (text: string): Promise<void> => {
    setSaid('');
    setProblem(null);
    if (text.trim() === '') return;
    // Thirty architectures are too much to load for those who paste nothing.
    const { readPaste } = await import('#scenario/paste.ts');
    const outcome = readPaste(fieldKey, text, gpus);
    if (outcome.ok) {
      setSaid(outcome.said);
      onPaste(outcome.changes);
    } else setProblem(outcome.message);
  };
  const message = problem ?? issue;
  return (
    <details className="field-paste" data-wide>
      <summary>{field.label}</summary>
      <label htmlFor={id}>{field.help}</label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        placeholder={field.example}
        aria-invalid={message !== undefined && message !== null}
        aria-describedby={message ? `${id}-message` : undefined}
        data-field={fieldKey}
        onChange={(e) => void read(e.target.value)}
      />
      <p className="cell-said" role="status">
        {said}
      </p>
      {message && (
        <p id={`${id}-message`} className="field-message" role="alert">
          {message}
        </p>
      )}
    </details>
  );
});
