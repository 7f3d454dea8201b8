/** Words that no reader should meet: a value went wrong on its way to the page. */
export const WRONG_WORDS = /\bNaN\b|\bundefined\b|(?<!ZeRO-)\bInfinity\b|\[object /;

/** All elements, those of island slots included. */
export function allElements(document: Document): Element[] {
  return [...document.querySelectorAll('*')];
}

/** Where code is shown as code, such a word can be right; a cell's own code is computed, so there it cannot. */
const EXEMPT = 'script, style, template, code:not(.cell code), pre:not(.cell pre)';

/**
 * Texts and attributes of a page that hold such a word. Attributes matter as much: a path with NaN in it draws nothing.
 * An island's props are data for React, where `null` and the like are spelled by Astro's own codec.
 */
export function wrongText(document: Document): string[] {
  const found: string[] = [];
  for (const element of allElements(document)) {
    if (element.closest(EXEMPT)) continue;
    for (const { name, value } of element.attributes) {
      if (element.localName === 'astro-island' || name === 'content-security-policy') continue;
      if (WRONG_WORDS.test(value)) found.push(`<${element.localName} ${name}="${value.slice(0, 80)}">`);
    }
    for (const node of element.childNodes) {
      const text = node.nodeType === 3 ? (node.nodeValue ?? '') : '';
      if (WRONG_WORDS.test(text)) found.push(`<${element.localName}> ${text.trim().slice(0, 80)}`);
    }
  }
  return found;
}
