import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LATENCY } from '../budgets.ts';
import { withPage } from './browser.ts';
import { pagesWithCells, wakeAll } from './cell.ts';

interface Move {
  readonly ms: number;
  /** Whether the sentence had changed when the frame was painted: without it the time would mean nothing. */
  readonly answered: boolean;
}

/**
 * Moves a slider as a browser delivers a drag, at the start of a frame, and measures until that frame is painted: a
 * message posted in the frame's callback is delivered after its style, layout and paint.
 */
function drag(page: Page, id: string, moves: number): Promise<Move[]> {
  return page.evaluate(
    async ({ name, count }) => {
      const cell = document.querySelector(`[data-cell="${name}"]`);
      const slider = cell?.querySelector<HTMLInputElement>('input[type="range"]:not(:disabled)');
      const sentence = cell?.querySelector('.cell-out');
      if (!slider || !sentence) return [];
      slider.scrollIntoView({ block: 'center' });
      slider.focus();
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const move = (at: number): Promise<{ ms: number; answered: boolean }> =>
        new Promise((done) => {
          requestAnimationFrame(() => {
            const before = sentence.innerHTML;
            const { port1, port2 } = new MessageChannel();
            const start = performance.now();
            port1.onmessage = () => {
              const ms = performance.now() - start;
              done({ ms, answered: sentence.innerHTML !== before });
            };
            setValue?.call(slider, String(at));
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            port2.postMessage(0);
          });
        });
      const times = [];
      for (let i = 0; i < count; i++) times.push(await move(30 + ((i * 53) % 180)));
      return times;
    },
    { name: id, count: moves },
  );
}

const p95 = (moves: readonly Move[]): number => {
  const sorted = moves.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
};

const CASES = [
  { speed: 'at full speed', rate: 1, limit: LATENCY.plain },
  { speed: `slowed ${LATENCY.throttling} times`, rate: LATENCY.throttling, limit: LATENCY.throttled },
] as const;

describe.each(pagesWithCells)('$path', ({ path, cells }) => {
  test.each(CASES)(`every cell follows its slider within a frame $speed`, async ({ rate, limit, speed }) => {
    await withPage(path, {}, async (page) => {
      await wakeAll(page, cells);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
      for (const id of cells) {
        await drag(page, id, 10); // the first moves compile what the later ones run
        const moves = await drag(page, id, 60);
        expect(moves.filter(({ answered }) => answered).length, `${id} answers`).toBeGreaterThan(50);
        process.stderr.write(`${path} ${id} ${speed}: p95 ${p95(moves).toFixed(1)} ms\n`);
        expect(p95(moves), `${id} p95 in ms`).toBeLessThan(limit);
      }
    });
  });
});

test('nothing moves while a slider is dragged', async () => {
  await withPage('/training-time/', {}, async (page) => {
    await wakeAll(page, ['time-to-train']);
    const shifts = await page.evaluate(async () => {
      const found: string[] = [];
      // A drag counts as input, which CLS forgives; the reader would still see the page jump.
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          sources: { node?: Element | null }[];
        })[]) {
          const outside = entry.sources.filter(
            ({ node }) => node && !node.parentElement?.closest('.cell-picture, .cell-math, .chart'),
          );
          if (outside.length > 0) {
            found.push(
              `${entry.value.toFixed(4)} ${outside.map(({ node }) => `${node?.nodeName}.${node?.getAttribute?.('class')}`).join(', ')}`,
            );
          }
        }
      });
      observer.observe({ type: 'layout-shift' });
      const cell = document.querySelector('[data-cell="time-to-train"]');
      const slider = cell?.querySelector<HTMLInputElement>('input[type="range"]:not(:disabled)');
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      slider?.scrollIntoView({ block: 'center' });
      for (let at = 60; at < 180; at += 4) {
        setValue?.call(slider, String(at));
        slider?.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(done));
      }
      await new Promise((done) => setTimeout(done, 100));
      return found;
    });
    expect(shifts).toEqual([]);
  });
});
