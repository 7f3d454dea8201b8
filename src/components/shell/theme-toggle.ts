import { THEME_KEY } from './theme.ts';

/** Reads and writes the reader's theme; another tab's choice is followed at once. */
export class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector('select');
    if (!select) return;
    select.value = stored() ?? 'system';
    select.addEventListener('change', () => {
      store(select.value);
      apply(select.value);
    });
    window.addEventListener('storage', ({ key }) => {
      if (key !== THEME_KEY && key !== null) return;
      select.value = stored() ?? 'system';
      apply(select.value);
    });
  }
}

function apply(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

// Storage can be forbidden (private windows, embedded pages): the choice then lasts for this page only.
function stored(): string | null {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

function store(theme: string): void {
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Nothing to do: see above.
  }
}
