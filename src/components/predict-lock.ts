/**
 * Commit a guess, then see. The guess stays in this browser and nowhere else; without storage it lasts until the
 * page is left. Without script the text below the question is an ordinary <details>.
 */
export class PredictLock extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      const guess = new FormData(form).get('guess');
      if (guess !== null) this.#commit(Number(guess), true);
    });
    form?.addEventListener('reset', () => {
      this.#store(null);
      this.#show(null);
      form.querySelector('input')?.focus();
    });
    const stored = this.#stored();
    if (stored !== null) this.#commit(stored, false);
  }

  #commit(guess: number, fresh: boolean): void {
    const input = this.querySelectorAll('input')[guess];
    if (!input) return;
    input.checked = true;
    if (fresh) this.#store(guess);
    this.#show(guess);
    // The button that was pressed is gone; the reader continues where the verdict is.
    if (fresh) this.querySelector<HTMLElement>('output')?.focus();
  }

  #show(guess: number | null): void {
    const answer = Number(this.dataset['answer']);
    const labels = [...this.querySelectorAll('label')];
    const text = (index: number): string => labels[index]?.textContent.trim() ?? '';
    this.toggleAttribute('data-done', guess !== null);
    this.querySelector('details')?.toggleAttribute('open', guess !== null);
    labels.forEach((label, index) => {
      label.toggleAttribute('data-right', guess !== null && index === answer);
      const input = label.querySelector('input');
      if (input) input.disabled = guess !== null;
    });
    const verdict = this.querySelector('output');
    if (!verdict) return;
    if (guess === null) verdict.textContent = '';
    else if (guess === answer) verdict.textContent = `Your guess, “${text(guess)}”, is right.`;
    else verdict.textContent = `You guessed “${text(guess)}”. It is “${text(answer)}”.`;
  }

  get #key(): string {
    return this.dataset['key'] ?? '';
  }

  #stored(): number | null {
    try {
      const value = localStorage.getItem(this.#key);
      return value === null ? null : Number(value);
    } catch {
      return null;
    }
  }

  #store(guess: number | null): void {
    try {
      if (guess === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, String(guess));
    } catch {
      // Private windows may refuse storage; the guess then lasts as long as the page.
    }
  }
}
