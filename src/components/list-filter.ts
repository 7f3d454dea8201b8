/** Narrows the list whose id is `data-list` to the entries that contain every typed word. The list itself needs no script. */
export class ListFilter extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input');
    const status = this.querySelector('output');
    const list = document.getElementById(this.dataset['list'] ?? '');
    if (!input || !list) return;
    const entries = [...list.children].map((element) => ({
      element: element as HTMLElement,
      text: fold(element.textContent),
    }));
    input.addEventListener('input', () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { element, text } of entries) {
        element.hidden = !words.every((word) => text.includes(word));
        if (!element.hidden) shown += 1;
      }
      if (status) status.textContent = words.length === 0 ? '' : `${shown} of ${entries.length}`;
    });
  }
}

// "Zoe" finds "Zoé": accents are not on every keyboard.
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
