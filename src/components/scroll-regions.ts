/**
 * A formula or table that scrolls must be reachable by keyboard, so each carries tabindex="0" in the HTML. Where
 * everything fits, that is a stop for nothing: this takes it away, and gives it back when the window narrows.
 */
export function scrollRegions(root: Document): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const overflows = target.scrollWidth > target.clientWidth + 1;
      if (overflows) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const region of root.querySelectorAll('[data-scroll]')) observer.observe(region);
}
