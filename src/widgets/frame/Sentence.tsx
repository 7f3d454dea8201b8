import type { View } from './types.ts';

interface Props {
  readonly id: string;
  readonly view: View;
  /** The question on screen has no answer; what is shown is the last one that had. */
  readonly stale: boolean;
  readonly changed: boolean;
}

export const sentenceText = (view: View): string => view.sentence.map((s) => s.text).join('');

/** The result in words. Announced politely, so a slider being dragged does not talk over itself. */
export function Sentence({ id, view, stale, changed }: Props) {
  return (
    <div
      className="cell-sentence"
      id={`sentence-${id}`}
      aria-live="polite"
      aria-atomic="true"
      data-changed={changed || undefined}
    >
      {stale && <p className="cell-stale">Still showing the last result that had an answer.</p>}
      <p>
        {view.sentence.map((span, i) =>
          span.strong ? <strong key={i}>{span.text}</strong> : <span key={i}>{span.text}</span>,
        )}
      </p>
      {view.cautions?.map((caution) => (
        <p className="cell-caution" key={caution}>
          {caution}
        </p>
      ))}
    </div>
  );
}
