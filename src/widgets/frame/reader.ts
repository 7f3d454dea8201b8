import type { ClientDirective } from 'astro';

/** What a person does and a page load does not. */
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'scroll', 'wheel'] as const;

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const inputsOf = (root: HTMLElement): Input[] => [...root.querySelectorAll<Input>('input, select, textarea')];
const stateOf = (input: Input): string =>
  input.type === 'radio' ? String((input as HTMLInputElement).checked) : input.value;

/**
 * `client:reader`: the cell is complete as HTML, so its script is fetched at the reader's first sign of life and only
 * when the cell is near the window; at once when the link carries a state. What was typed or dragged before the script
 * arrived is played back to it, so nothing is lost.
 */
const reader: ClientDirective = (load, _options, element) => {
  const before = new Map(inputsOf(element).map((input) => [input, stateOf(input)]));
  const hydrate = async (): Promise<void> => {
    const start = await load();
    const typed = [...before]
      .filter(([input, state]) => stateOf(input) !== state)
      .map(([input]) => [input, input.value] as const);
    await start();
    // React needs a turn to attach its listeners before it can hear anything.
    setTimeout(() => typed.forEach(([input, value]) => replay(input, value, before.get(input) ?? '')), 60);
  };
  const whenNear = (): void => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void hydrate();
      },
      { rootMargin: '400px' },
    );
    // An island has no box of its own; its children do.
    for (const child of element.children) observer.observe(child);
  };
  if (window.location.search.length > 1) return whenNear();
  const woken = new AbortController();
  const wake = (event: Event): void => {
    // A browser tells a page where a resting pointer is whenever the layout below it changes: that is no reader yet.
    if (
      event instanceof PointerEvent &&
      event.type === 'pointermove' &&
      !event.movementX &&
      !event.movementY
    ) {
      return;
    }
    woken.abort();
    whenNear();
  };
  for (const sign of SIGNS) {
    window.addEventListener(sign, wake, { signal: woken.signal, passive: true, capture: true });
  }
};

function replay(input: Input, value: string, before: string): void {
  if (input.type === 'radio') return input.click();
  // React ignores an event whose value it has already seen, so the old value is put back past its tracker first.
  const prototype = Object.getPrototypeOf(input) as object;
  input.value = before;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}

export default reader;
