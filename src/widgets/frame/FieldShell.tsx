import { lowered } from '#format';
import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly symbol?: string | undefined;
  readonly help: string;
  readonly message?: string | null | undefined;
  /** The preset's value, shown when the reader changed it. */
  readonly was?: string | undefined;
  readonly unknown?: boolean;
  readonly solve?: { readonly name: string; readonly select: () => void } | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Label, hint and message around one input. The message is laid over what follows, so nothing moves when it appears. */
export function FieldShell({ id, label, symbol, help, message, was, unknown, solve, wide, children }: Props) {
  return (
    <div className="field" data-unknown={unknown || undefined} data-wide={wide || undefined}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {was !== undefined ? (
          <span className="field-was">was {was}</span>
        ) : unknown ? (
          <span className="field-hint">unknown</span>
        ) : (
          symbol && <span className="field-hint">{symbol}</span>
        )}
        {solve && (
          <input
            className="field-solve"
            type="radio"
            name={solve.name}
            checked={unknown ?? false}
            aria-label={`Solve for ${lowered(label)}`}
            title={`Solve for ${lowered(label)}`}
            onChange={solve.select}
          />
        )}
      </div>
      {children}
      <p id={`${id}-help`} className="visually-hidden">
        {help}
      </p>
      {message && (
        <p id={`${id}-message`} className="field-message" role="alert">
          {message}
        </p>
      )}
    </div>
  );
}
