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
    baseSite: string;
  }
}

/** One browser and one server for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What is timed is timed once, at the root of a host.
  for (const built of project.name === 'timing' ? [DIST] : [DIST, BASE_DIST]) {
    if (!existsSync(join(built, 'index.html')))
      throw new Error(`${built} is missing: run \`npm test -- build base-build\` first.`);
  }
  const chrome = await launchChrome();
  const site = await serveFolder(DIST);
  const baseSite = await serveFolder(BASE_DIST, BASE);
  project.provide('chrome', chrome.wsEndpoint());
  project.provide('site', site.url);
  project.provide('baseSite', baseSite.url);
  return async () => {
    await chrome.close();
    await site.close();
    await baseSite.close();
  };
}
