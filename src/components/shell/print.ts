/** Paper cannot be unfolded: what is closed opens for the print and closes again after it. */
const opened = new Set<HTMLDetailsElement>();

window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')) {
    details.open = true;
    opened.add(details);
  }
});

window.addEventListener('afterprint', () => {
  for (const details of opened) details.open = false;
  opened.clear();
});
