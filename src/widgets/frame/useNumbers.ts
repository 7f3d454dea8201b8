import { useLayoutEffect, type RefObject } from 'react';
import type { ShownEquation } from './types.ts';

/** React warns about layout effects on the server, where there is nothing to lay out. */
const useBrowserEffect = typeof window === 'undefined' ? () => undefined : useLayoutEffect;

function setText(node: Element, text: string): void {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const first = walker.nextNode();
  if (!first) return;
  if (first.nodeValue !== text) first.nodeValue = text;
  for (let rest = walker.nextNode(); rest; rest = walker.nextNode()) rest.nodeValue = '';
}

/**
 * Puts the reader's numbers into the formulas that KaTeX set at build, and shows those that the view asks for.
 * Fraction bars and centring adapt by themselves, and no mathematics has to be typeset in the browser.
 */
export function useNumbers(
  root: RefObject<HTMLElement | null>,
  shown: readonly ShownEquation[],
  initial: readonly ShownEquation[],
): void {
  useBrowserEffect(() => {
    for (const box of root.current?.querySelectorAll<HTMLElement>('[data-equation]') ?? []) {
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
  }, [root, shown, initial]);
}
