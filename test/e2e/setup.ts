import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serveFolder } from '../helpers/server.ts';
import { BASE, BASE_DIST, DIST } from '../helpers/dist.ts';
import { launchChrome } from './chrome.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens. */
    chrome: string;
    /** The built site, and the same built under a sub-path; no slash at the end. */
    site: string;
    baseSite: string | null;
  }
}

/** One browser and one server for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('dist/ is missing: run `npm run build` first.');
  const chrome = await launchChrome();
  const site = await serveFolder(DIST);
  const baseSite = existsSync(BASE_DIST) ? await serveFolder(BASE_DIST, BASE) : null;
  project.provide('chrome', chrome.wsEndpoint());
  project.provide('site', site.url);
  project.provide('baseSite', baseSite?.url ?? null);
  return async () => {
    await chrome.close();
    await site.close();
    await baseSite?.close();
  };
}
