import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The two screens that measure-site judges by. */
export const SCREENS = {
  desktop: { viewport: { width: 1350, height: 940 } },
  phone: { viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>;
export type Screen = keyof typeof SCREENS;

export interface OpenOptions {
  readonly screen?: Screen;
  readonly theme?: Theme;
  /** Other context options, such as `javaScriptEnabled: false`; they win over the screen's. */
  readonly context?: BrowserContextOptions;
  /** Another site than dist, for instance the build under a sub-path. */
  readonly site?: string;
  /** Faults that this test provokes on purpose, such as a 404; everything else still counts. */
  readonly allow?: RegExp;
  /** Runs in the new page before its address is opened: init scripts, CDP sessions. */
  readonly before?: (page: Page) => Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** The browser that the project's setup started; one connection for each test file. */
export function theBrowser(): Promise<Browser> {
  browser ??= chromium.connect(inject('chrome'));
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** What went wrong on a page: console errors and warnings, exceptions, failed requests, requests to another host. */
export function watch(page: Page, origin: string, allow?: RegExp): string[] {
  const faults: string[] = [];
  const add = (fault: string): void => {
    if (!allow?.test(fault)) faults.push(fault);
  };
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type()))
      add(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => add(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) add(`foreign request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A navigation away ends what was on its way; that is no fault of the page.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') add(`failed request: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) add(`${response.status()}: ${response.url()}`);
  });
  return faults;
}

/**
 * Opens a path of the built site in a fresh context, hands the page to `body` and closes it.
 * Throws after the body when the page logged, threw, failed a request or asked another host for anything.
 */
export async function withPage<T>(
  path: string,
  options: OpenOptions,
  body: (page: Page, site: string) => Promise<T>,
): Promise<T> {
  const { screen = 'desktop', theme = 'light', site = inject('site'), allow } = options;
  const context = await (
    await theBrowser()
  ).newContext({
    ...SCREENS[screen],
    colorScheme: theme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options.context,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.setDefaultNavigationTimeout(50_000);
    const faults = watch(page, new URL(site).origin, allow);
    await options.before?.(page);
    await page.goto(path.startsWith('http') ? path : `${site}${path}`, { waitUntil: 'load' });
    const result = await body(page, site);
    if (faults.length > 0)
      throw new Error(`${path} (${screen}, ${theme}):\n${[...new Set(faults)].join('\n')}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Makes the theme a reader's stored choice, as the switch does. */
export async function storeTheme(page: Page, theme: Theme): Promise<void> {
  await page.addInitScript((value) => localStorage.setItem('theme', value), theme);
}

/** Scrolls through once, so that what waits to be seen exists, and waits until every island is alive. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // A page too short to scroll is woken as well.
    dispatchEvent(new Event('scroll'));
    const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 30));
    for (let y = 0, n = 0; y < document.documentElement.scrollHeight && n < 400; y += innerHeight, n++) {
      scrollTo(0, y);
      await pause();
    }
    scrollTo(0, 0);
  });
  await hydrated(page);
}

/** Waits until no island of the page, and no element that wakes as they do, still waits for its script. Those never seen do not count. */
export async function hydrated(page: Page, within = 'html'): Promise<void> {
  await page.waitForFunction(
    (selector) =>
      document.querySelector(selector)?.querySelector('astro-island[ssr], [data-waking]') === null,
    within,
  );
}
