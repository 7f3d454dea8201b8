import { parseHTML } from 'linkedom';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reset, setValues, startFromUrl } from '#scenario/store.ts';
import ScenarioBar from '../../../src/widgets/frame/ScenarioBar.tsx';

// On a server every store reads as empty; here the bar shall be drawn as a reader's browser draws it.
vi.mock('@nanostores/react', () => ({ useStore: (store: { get: () => unknown }) => store.get() }));

function bar(): { readonly text: string; readonly buttons: readonly string[] } {
  const html = renderToStaticMarkup(<ScenarioBar preset="talk" title="the talk’s scenario" />);
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  return {
    text: document.body.textContent.replace(/\s+/g, ' ').trim(),
    buttons: [...document.querySelectorAll('button')].map((button) => button.textContent),
  };
}

beforeEach(() => {
  vi.useFakeTimers(); // the address is written later; there is none here
});
afterEach(() => {
  reset();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('says nothing while nothing differs', () => {
  expect(bar()).toEqual({ text: '', buttons: [] });
});

test('names what differs, with the value before, in words and units', () => {
  setValues({ gpus: 2048, gpu: 'h100-sxm5-80gb', time: 30 * 86_400 }, 'talk');
  const { text, buttons } = bar();
  expect(text).toMatch(/^Changed from the talk’s scenario: /);
  expect(text).toContain('GPU H100 SXM5 80 GB (was A800 SXM4 80 GB)');
  expect(text).toContain('GPUs 2,048 (was 1,024)');
  expect(text).toContain('time 30 days (was 24 days)');
  expect(buttons).toEqual(['Reset all']);
});

test('names what follows from a change as well: another model brings its N and sequence', () => {
  setValues({ model: 'llama3-70b' }, 'talk');
  expect(bar().text).toMatch(
    /model Llama 3 70B .*parameters 70.*B \(was 175B\), sequence 8,192 \(was 2,048\)/,
  );
});

test('says what of the link could not be used, four things at most', () => {
  vi.stubGlobal('window', { location: { search: '?v=1&a1=1&a2=2&a3=3&a4=4&a5=5&a6=6' } });
  startFromUrl('talk');
  const { text, buttons } = bar();
  expect(text).toBe(
    'Part of this link could not be used, so the page shows its own values there. ' +
      [1, 2, 3, 4].map((i) => `“a${i}” is not a field of this page.`).join(' ') +
      ' And 2 more.Dismiss',
  );
  expect(buttons).toEqual(['Dismiss']);
});
