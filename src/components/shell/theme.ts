/** localStorage key of the reader's choice: `light` or `dark`; absent while the system decides. */
export const THEME_KEY = 'theme';

/**
 * Runs in the head before the first paint, so that a chosen theme never flashes. Inline, and therefore
 * hashed into the Content-Security-Policy by `Head.astro`; keep it this small.
 */
export const themeScript = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
