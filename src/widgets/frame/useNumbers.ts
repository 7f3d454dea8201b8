import { useLayoutEffect, type RefObject } from 'react';
import type { Formula } from './formulas.ts';
import { numberParts } from './number-parts.ts';
import type { ShownEquation } from './types.ts';

/** React warns about layout effects on the server, where there is nothing to lay out. */
const useBrowserEffect = typeof window === 'undefined' ? () => undefined : useLayoutEffect;

/** Puts a number into its slot of a formula, which KaTeX left with one box for text. */
function setText(slot: Element, text: string): void {
  const parts = numberParts(text);
  if (slot.textContent === parts.map((part) => part.text).join('')) return;
  const boxes = slot.querySelectorAll('.mord');
  const box = boxes[boxes.length - 1] ?? slot;
  box.replaceChildren(
    ...parts.map(({ text: part, raised }) => {
      if (!raised) return part;
      const exponent = document.createElement('sup');
      exponent.textContent = part;
      return exponent;
    }),
  );
}

const files = new Map<string, Promise<Readonly<Record<string, Formula>>>>();

/** A formula that the page was built without, put where the built ones stand. */
async function fetchFormula(root: HTMLElement, url: string, id: string): Promise<void> {
  const file =
    files.get(url) ?? fetch(url).then((response) => response.json() as Promise<Record<string, Formula>>);
  files.set(url, file);
  const formula = (await file)[id];
  const [built] = root.querySelectorAll<HTMLElement>('.cell-equation');
  const [symbols] = root.querySelectorAll<HTMLElement>('.cell-symbols');
  if (!formula || !built || !symbols || root.querySelector(`[data-equation="${id}"]`)) return;
  const place = (model: HTMLElement, html: string): void => {
    const box = model.cloneNode(false) as HTMLElement;
    box.dataset.equation = id;
    box.hidden = true;
    box.setAttribute('aria-label', formula.meaning);
    box.innerHTML = html;
    model.parentElement?.append(box);
  };
  place(built, `<span aria-hidden="true">${formula.numbers}</span>`);
  place(symbols, formula.symbols);
}

function fill(root: HTMLElement, shown: readonly ShownEquation[], initial: readonly ShownEquation[]): void {
  for (const box of root.querySelectorAll<HTMLElement>('[data-equation]')) {
    const { equation: id } = box.dataset;
    const numbers = shown.find((e) => e.id === id)?.numbers;
    const before = initial.find((e) => e.id === id)?.numbers;
    box.hidden = numbers === undefined;
    if (!numbers) continue;
    for (const node of box.querySelectorAll<HTMLElement>('[data-sym]')) {
      const symbol = node.dataset.sym ?? '';
      const text = numbers[symbol];
      if (text === undefined) continue;
      setText(node, text);
      node.toggleAttribute('data-changed', before !== undefined && text !== before[symbol]);
    }
  }
}

/**
 * Puts the reader's numbers into the formulas that KaTeX set at build, and shows those that the view asks for.
 * Fraction bars and centring adapt by themselves, and no mathematics has to be typeset in the browser.
 */
export function useNumbers(
  ref: RefObject<HTMLElement | null>,
  url: string,
  shown: readonly ShownEquation[],
  initial: readonly ShownEquation[],
): void {
  useBrowserEffect(() => {
    const root = ref.current;
    if (!root) return;
    fill(root, shown, initial);
    let latest = true;
    for (const { id } of shown) {
      if (root.querySelector(`[data-equation="${id}"]`)) continue;
      // Offline the answer still stands in the sentence; only this formula is missing.
      fetchFormula(root, url, id).then(
        () => latest && fill(root, shown, initial),
        () => undefined,
      );
    }
    return () => {
      latest = false;
    };
  }, [ref, url, shown, initial]);
}
