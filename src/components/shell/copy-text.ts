/** Copies the text of another element to the clipboard and says so for two seconds. */
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const source = document.getElementById(this.dataset['from'] ?? '');
    if (!button || !source) return;
    const idle = button.textContent;
    button.addEventListener('click', async () => {
      const text = source.textContent;
      button.textContent = (await write(text)) ? 'Copied' : 'Select it';
      if (button.textContent !== 'Copied') getSelection()?.selectAllChildren(source);
      setTimeout(() => (button.textContent = idle), 2000);
    });
  }
}

// Without a secure context there is no clipboard: the text is selected instead.
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
