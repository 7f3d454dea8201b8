import { chromium } from 'playwright-core';
import { serveFolder } from './helpers/server.ts';
import { launchChrome } from './e2e/chrome.ts';
const chrome = await launchChrome();
const site = await serveFolder(new URL('../dist', import.meta.url).pathname);
const b = await chromium.connect(chrome.wsEndpoint());
const [, , path = '/', modes = 'light', sel = '', name = 'x'] = process.argv;
for (const s of modes.split(',')) {
  const phone = s.startsWith('phone');
  const ctx = await b.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1350, height: 940 },
    colorScheme: s.endsWith('dark') ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: s !== 'nojs',
    hasTouch: phone,
    isMobile: phone,
  });
  const p = await ctx.newPage();
  p.on('console', (m) => console.log(s, m.type(), m.text()));
  p.on('pageerror', (e) => console.log(s, 'ERR', e.message));
  await p.goto(site.url + path);
  if (s !== 'nojs') {
    await p.evaluate(() => dispatchEvent(new Event('scroll')));
    await p.waitForTimeout(800);
  }
  if (s === 'print') await p.emulateMedia({ media: 'print' });
  if (s !== 'nojs')
    console.log(s, 'overflow', await p.evaluate(() => document.documentElement.scrollWidth - innerWidth));
  if (sel) {
    const l = p.locator(sel);
    const n = await l.count();
    for (let i = 0; i < n; i++) await l.nth(i).screenshot({ path: `/tmp/i2s/${name}-${s}-${i}.png` });
  } else {
    const size = await p.evaluate(() => ({ w: innerWidth, h: document.documentElement.scrollHeight }));
    console.log(s, size);
    for (let y = 0, i = 0; y < size.h; y += 2200, i++)
      await p.screenshot({
        path: `/tmp/i2s/${name}-${s}-${i}.png`,
        fullPage: true,
        clip: { x: 0, y, width: size.w, height: Math.min(2200, size.h - y) },
      });
  }
  await ctx.close();
}
await b.close();
await chrome.close();
await site.close();
