import { useState, type RefObject } from 'react';
import { cite as citation } from '#format/citation.ts';
import { csvOf, download, pngOf, svgOf } from './export.ts';
import { sentenceText } from './Sentence.tsx';
import type { CellProps, View } from './types.ts';

const AUTHORS = 'The Half of Peak authors';

interface Props extends CellProps {
  readonly spec: { readonly id: string };
  readonly root: RefObject<HTMLElement | null>;
  readonly title: string;
  readonly view: View;
  readonly query: string;
  readonly canReset: boolean;
  readonly onReset: () => void;
}

/** Reset, link, citation and downloads. Everything here acts on the state on screen. */
export function Actions({
  spec,
  root,
  title,
  view,
  query,
  page,
  alone,
  cite,
  number,
  canReset,
  onReset,
}: Props) {
  const [said, setSaid] = useState('');
  const [open, setOpen] = useState(false);
  const link = (): string => new URL(`${page}${query}#calc-${spec.id}`, cite.site).href;
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`${what} copied.`);
    } catch {
      // Without the permission the address bar still holds the same link.
      setSaid(`The browser does not let this page copy. ${what}: ${text}`);
    }
  };
  const here = (): string => `${window.location.origin}${page}${query}#calc-${spec.id}`;
  const cited = (): { name: string; text: string }[] => {
    const now = new Date();
    const { bibtex, plain } = citation({
      title: `${title}${number ? ` (Calc ${number})` : ''}: ${sentenceText(view)}`,
      url: link(),
      date: now,
      accessed: now,
      version: cite.version,
      slug: cite.slug === spec.id ? spec.id : `${cite.slug}-${spec.id}`,
      authors: AUTHORS,
      book: `${cite.title}, Half of Peak`,
    });
    return [
      { name: 'BibTeX', text: bibtex },
      { name: 'Plain', text: plain },
    ];
  };
  const chart = (): SVGSVGElement | undefined => {
    const drawing = root.current?.querySelector<SVGSVGElement>('.cell-picture svg');
    if (!drawing) setSaid('This calculator draws nothing; CSV holds its table.');
    return drawing ?? undefined;
  };
  const saveSvg = (): void => {
    const drawing = chart();
    if (drawing) download(`${spec.id}.svg`, 'image/svg+xml', svgOf(drawing, sentenceText(view), link()));
  };
  const savePng = async (): Promise<void> => {
    const drawing = chart();
    try {
      if (drawing) download(`${spec.id}.png`, 'image/png', await pngOf(drawing, sentenceText(view), link()));
    } catch {
      setSaid('This browser cannot draw the picture as PNG; SVG holds the same.');
    }
  };
  // Only when asked for: the date of reading is the browser's, and the server has none.
  const texts = open ? cited() : [];
  return (
    <footer className="cell-actions">
      <div className="cell-buttons">
        <button type="button" onClick={() => void copy(here(), 'Link')}>
          Copy link
        </button>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={`cite-${spec.id}`}
          onClick={() => setOpen(!open)}
        >
          Cite
        </button>
        <a href={`${alone}${query}`}>Open alone</a>
        <button
          type="button"
          onClick={() =>
            download(`${spec.id}.csv`, 'text/csv', csvOf(view.table, sentenceText(view), link()))
          }
        >
          CSV
        </button>
        <button type="button" onClick={saveSvg}>
          SVG
        </button>
        <button type="button" onClick={() => void savePng()}>
          PNG
        </button>
        <button type="button" data-reset disabled={!canReset} onClick={onReset}>
          Reset
        </button>
      </div>
      <p className="cell-said" role="status">
        {said}
      </p>
      <div className="cell-cite" id={`cite-${spec.id}`} hidden={!open}>
        {texts.map(({ name, text }) => (
          <div key={name}>
            <p>
              {name}{' '}
              <button type="button" onClick={() => void copy(text, name)}>
                Copy
              </button>
            </p>
            <pre tabIndex={0} aria-label={name}>
              {text}
            </pre>
          </div>
        ))}
      </div>
    </footer>
  );
}
