/** Opens the search dialog: `[data-search]`, `/` outside of fields, Ctrl-K or Cmd-K anywhere. */
export class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    const dialog = this.querySelector('dialog');
    if (!dialog) return;
    const open = (): void => {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector('input')?.select();
    };
    for (const opener of document.querySelectorAll('[data-search]')) opener.addEventListener('click', open);
    document.addEventListener('keydown', (event) => {
      const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event);
      if (!command && !slash) return;
      event.preventDefault();
      open();
    });
    // A click on the backdrop lands on the dialog itself.
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog) dialog.close();
    });
    // A result on this very page changes only the hash, which would leave the dialog open over its goal.
    window.addEventListener('hashchange', () => dialog.close());
  }
}

function typing(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
