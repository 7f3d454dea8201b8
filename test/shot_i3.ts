import { chromium } from 'playwright-core';
import { launchChrome } from './e2e/chrome.ts';
import { serveFolder } from './helpers/server.ts';
const chrome = await launchChrome();
const site = await serveFolder('dist');
const browser = await chromium.connect(chrome.wsEndpoint());
const shots: any[] = JSON.parse(process.argv[2] ?? '[]');
for (const { name, path, width = 1350, height = 940, theme = 'light', sel, full, js = true, click, nth = 0, y } of shots) {
  const c = await browser.newContext({ viewport: { width, height }, colorScheme: theme, javaScriptEnabled: js });
  const page = await c.newPage();
  const errs: string[] = [];
  page.on('console', (m) => m.type() === 'error' && errs.push(m.text()));
  page.on('pageerror', (e) => errs.push(e.message));
  await page.goto(site.url + path, { waitUntil: 'load' });
  if (js) { await page.evaluate(() => dispatchEvent(new Event('scroll'))); await page.waitForTimeout(500); }
  if (sel && js) { await page.locator(sel).nth(nth).scrollIntoViewIfNeeded(); await page.waitForTimeout(900); }
  if (click) { await page.locator(click).first().click(); await page.waitForTimeout(900); }
  const out = `/tmp/i3shots/${name}.png`;
  if (sel) await page.locator(sel).nth(nth).screenshot({ path: out });
  else await page.screenshot({ path: out, fullPage: !!full });
  if (errs.length) console.log(name, errs.slice(0, 5));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) console.log(name, 'overflow', over);
  await c.close();
}
await browser.close(); await chrome.close(); await site.close();
