import { useId, useState } from 'react';
import { modelFromConfig } from '#estimator';
import { encodeShape, type ShapeField as Field } from '#scenario';

interface Props {
  readonly field: Field;
  readonly issue: string | undefined;
  readonly onShape: (shape: string) => void;
}

/** Paste a Hugging Face config.json; a good one becomes the model, a bad one says what is missing and stays in the box. */
export function ShapeField({ field, issue, onShape }: Props) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const read = (text: string): void => {
    if (text.trim() === '') return setProblem(null);
    const outcome = modelFromConfig(text);
    if (outcome.ok) {
      setProblem(null);
      onShape(encodeShape(outcome.value));
    } else setProblem(outcome.issues.map((i) => i.message).join(' '));
  };
  const message = problem ?? issue;
  return (
    <details className="field-paste" data-wide>
      <summary>{field.label}</summary>
      <label htmlFor={id}>{field.help}</label>
      <textarea
        id={id}
        rows={5}
        spellCheck={false}
        placeholder={'{ "model_type": "llama", "hidden_size": 4096, … }'}
        aria-invalid={message !== undefined && message !== null}
        aria-describedby={message ? `${id}-message` : undefined}
        data-field="shape"
        onChange={(e) => read(e.target.value)}
      />
      {message && (
        <p id={`${id}-message`} className="field-message" role="alert">
          {message}
        </p>
      )}
    </details>
  );
}
