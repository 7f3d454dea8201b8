/** Copies an equation's TeX, which its MathML twin carries, and says so in the button for two seconds. */
export function copyTex(root: Document): void {
  root.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('.eq-copy') : null;
    if (!button) return;
    const source = button.closest('.eq')?.querySelector('annotation')?.textContent ?? '';
    const idle = button.textContent;
    try {
      await navigator.clipboard.writeText(source);
      button.textContent = 'Copied';
    } catch {
      // No clipboard without a secure context.
      button.textContent = 'Blocked';
    }
    setTimeout(() => (button.textContent = idle), 2000);
  });
}
