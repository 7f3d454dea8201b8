import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { chromium, type BrowserServer } from 'playwright-core';
import { ROOT } from '../helpers/files.ts';

/** Where people have Chrome or Chromium. */
const STANDARD = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Every host but our own fails at once, so a foreign request is seen and never waited for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

interface Chrome {
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Names the one font that comes along; the package's own file looks for it where AWS Lambda puts it. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <config></config>
</fontconfig>
`;

/**
 * The Chromium that npm brings (x64 Linux), unpacked once beside the other caches. It needs nothing of the system but
 * glibc: its libraries and a font come along.
 */
async function unpacked(): Promise<Chrome> {
  const packageFolder = join(ROOT, 'node_modules/@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = join(ROOT, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}-fonts`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const partial = await mkdtemp(join(cache, 'unpacking-'));
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = partial; // where `inflate` writes
    try {
      for (const part of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
        await inflate(join(packageFolder, 'bin', part));
      }
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
    // Renamed whole, so that an interrupted run leaves no half a browser.
    await writeFile(join(partial, 'fonts/fonts.conf'), fontsConf(folder));
    await rename(partial, folder).catch(() => rm(partial, { recursive: true }));
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

/**
 * Starts a Chrome: `$CHROME_PATH` if set; else, on x64 Linux, the one that npm brought, which is the same for everybody
 * and twice as fast as a full one; else the contributor's own. `CHROME_PATH=system` asks for the last.
 */
export async function launchChrome(): Promise<BrowserServer> {
  const wish = process.env['CHROME_PATH'] ?? '';
  const paths = wish && wish !== 'system' ? [wish] : STANDARD.filter((path) => existsSync(path));
  const own = paths.map((executablePath) => (): Promise<Chrome> => Promise.resolve({ executablePath }));
  const bundled = wish === '' && process.platform === 'linux' && process.arch === 'x64' ? [unpacked] : [];
  const reasons: string[] = [];
  for (const find of [...bundled, ...own]) {
    const { executablePath, env } = await find();
    try {
      return await chromium.launchServer({ executablePath, args: ARGS, env: { ...process.env, ...env } });
    } catch (error) {
      reasons.push(
        `${executablePath}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      );
    }
  }
  throw new Error(
    `No Chrome starts on this machine. Install Chrome or set CHROME_PATH.\n${reasons.join('\n')}`,
  );
}
