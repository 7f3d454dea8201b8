/**
 * Cards of sources and terms on hover and focus. Browsers that know `interestfor` do this by themselves; there the
 * script only says which place in the source the citation means.
 */
export function hoverCards(root: Document): void {
  const native = 'interestForElement' in HTMLButtonElement.prototype;
  const cardOf = (target: EventTarget | null): [HTMLElement, HTMLElement] | null => {
    const source = target instanceof Element ? target.closest<HTMLElement>('[interestfor]') : null;
    const card = source && root.getElementById(source.getAttribute('interestfor') ?? '');
    return source && card ? [source, card] : null;
  };
  const say = (source: HTMLElement, card: HTMLElement): void => {
    if (card.childElementCount === 0) fill(card, root.getElementById(card.id.replace('card-', 'ref-')));
    const where = card.querySelector('.hovercard-where');
    if (where) where.textContent = source.dataset['where'] ?? '';
  };

  if (native) {
    root.addEventListener(
      'interest',
      (event) => {
        const found = cardOf((event as Event & { source?: Element }).source ?? null);
        if (found) say(...found);
      },
      true,
    );
    return;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (wait: number, action: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
  const show = ([source, card]: [HTMLElement, HTMLElement]): void => {
    say(source, card);
    if (card.matches(':popover-open')) return;
    card.showPopover({ source });
    place(source, card);
  };
  const hide = (): void => root.querySelector<HTMLElement>('.hovercard:popover-open')?.hidePopover();

  root.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const found = cardOf(event.target);
    if (found) later(200, () => show(found));
    else if (event.target instanceof Element && event.target.closest('.hovercard')) clearTimeout(timer);
    else if (root.querySelector('.hovercard:popover-open')) later(300, hide);
    else clearTimeout(timer);
  });
  root.addEventListener('focusin', (event) => {
    const found = cardOf(event.target);
    if (found?.[0].matches('a:focus-visible')) later(200, () => show(found));
  });
  root.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (cardOf(event.target) && !(to instanceof Element && to.closest('.hovercard'))) later(200, hide);
  });
}

/** The card of a source: its reference, and the way to the list. */
function fill(card: HTMLElement, reference: HTMLElement | null): void {
  if (!reference) return;
  const text = document.createElement('p');
  text.append(
    ...[...reference.cloneNode(true).childNodes].filter(
      (node) => !(node instanceof Element && node.matches('.backlinks')),
    ),
  );
  const foot = Object.assign(document.createElement('p'), { className: 'hovercard-foot' });
  const where = Object.assign(document.createElement('span'), { className: 'hovercard-where' });
  const link = Object.assign(document.createElement('a'), {
    href: `#${reference.id}`,
    textContent: 'In the references',
  });
  foot.append(where, link);
  card.append(text, foot);
}

// Without anchor positioning the style sheet puts the card at the foot of the window; near its word is better.
function place(source: HTMLElement, card: HTMLElement): void {
  if (CSS.supports('position-area', 'bottom') || innerWidth < 640) return;
  const word = source.getBoundingClientRect();
  const box = card.getBoundingClientRect();
  const below = word.bottom + box.height + 16 < innerHeight;
  card.style.inset = 'auto';
  card.style.left = `${Math.max(8, Math.min(word.left, innerWidth - box.width - 8))}px`;
  card.style.top = `${below ? word.bottom + 6 : Math.max(8, word.top - box.height - 6)}px`;
}
