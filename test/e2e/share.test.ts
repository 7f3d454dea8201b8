import { buffer } from 'node:stream/consumers';
import { describe, expect, inject, test } from 'vitest';
import { withPage } from './browser.ts';
import {
  cell,
  field,
  pagesWithCells,
  readDownload,
  sentence,
  settledUrl,
  specs,
  typeInto,
  wake,
  wakeAll,
} from './cell.ts';

const HOME = '/training-time/';
const ID = 'time-to-train';

/** What a reader sees of every cell of a page. */
async function outputs(path: string, query: string, cells: readonly string[]): Promise<string[]> {
  return withPage(`${path}${query}`, {}, async (page) => {
    await wakeAll(page, cells);
    await page.waitForTimeout(100);
    return Promise.all(cells.map((id) => cell(page, id).locator('.cell-out').innerText()));
  });
}

describe.each(pagesWithCells)('$path', ({ path, cells }) => {
  test('a link holds the whole state: another reader sees the same', async () => {
    const [id = ''] = cells;
    const keys = specs.find((spec) => spec.id === id)?.fields ?? [];
    const changes = (
      [
        ['gpus', '3072'],
        ['efficiency', '41%'],
        ['sequence', '4096'],
        ['stepTime', '20'],
        ['vBytes', '6 MiB'],
        ['labValue', '0.3'],
        ['lossScale', '64'],
        ['fabricNodes', '256'],
        ['holdMoment', '9'],
        ['kBudget', '1e24'],
        ['kernelM', '96'],
        ['cardA', 'v100-sxm2-16gb'],
        ['growFrom', 'p100-sxm2-16gb'],
      ] as const
    ).filter(([key]) => keys.some((name) => name === key));
    const { search, seen } = await withPage(path, {}, async (page) => {
      await wakeAll(page, cells);
      for (const [key, text] of changes) {
        const input = field(page, id, key);
        if ((await input.count()) === 0) continue;
        if (await input.evaluate((element) => element instanceof HTMLSelectElement))
          await input.selectOption(text);
        else await typeInto(page, id, key, text);
      }
      // The address is written last: what is shown by then has settled, on a busy machine too.
      const { search: state } = new URL(await settledUrl(page));
      const shown = await Promise.all(cells.map((name) => cell(page, name).locator('.cell-out').innerText()));
      return { search: state, seen: shown };
    });
    expect(search).toMatch(/^\?v=1&/);
    expect(await outputs(path, search, cells)).toEqual(seen);
    expect(await outputs(path, '', cells)).not.toEqual(seen);
  });
});

describe('actions', () => {
  test('“Copy link” copies the address with the state, at the cell', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    await withPage(HOME, { context }, async (page, site) => {
      await wake(page, ID);
      await typeInto(page, ID, 'gpus', '2048');
      await cell(page, ID).getByRole('button', { name: 'Copy link' }).click();
      await expect
        .poll(() =>
          cell(page, ID)
            .getByRole('status')
            .allInnerTexts()
            .then((texts) => texts.join(' ')),
        )
        .toMatch(/copied/i);
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toBe(`${site}${HOME}?v=1&n=2048#calc-${ID}`);
    });
  });

  test('“Cite” gives BibTeX and plain text with the state in the address', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      await typeInto(page, ID, 'gpus', '2048');
      const button = cell(page, ID).getByRole('button', { name: 'Cite' });
      await button.click();
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      const texts = await cell(page, ID).locator('.cell-cite pre').allInnerTexts();
      expect(texts).toHaveLength(2);
      expect(texts[0]).toMatch(/^@\w+\{/);
      for (const text of texts) expect(text).toContain(`v=1&n=2048#calc-${ID}`);
    });
  });

  test('“Open alone” opens the same answer on the cell’s own page', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      await typeInto(page, ID, 'gpus', '2048');
      await page.waitForTimeout(100);
      const seen = await sentence(page, ID);
      await cell(page, ID).getByRole('link', { name: 'Open alone' }).click();
      await page.waitForURL(`**/cells/${ID}/?v=1&n=2048`);
      await wake(page, ID);
      await expect.poll(() => sentence(page, ID)).toBe(seen);
    });
  });

  test('CSV holds the table with raw values, the sentence and the link', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      await typeInto(page, ID, 'gpus', '2048');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        cell(page, ID).getByRole('button', { name: 'CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${ID}.csv`);
      const lines = (await readDownload(download)).trimEnd().split('\n');
      const rows = lines.filter((line) => !line.startsWith('#'));
      expect(lines[0]).toBe(`# ${await sentence(page, ID)}`);
      expect(lines[1]).toContain('v=1&n=2048');
      const columns = rows.map((line) => line.replace(/"([^"]|"")*"/g, '').split(',').length);
      expect(new Set(columns).size).toBe(1);
      expect(lines.length).toBeGreaterThan(4);
      expect(lines.join('\n')).not.toMatch(/NaN|undefined|Infinity/);
    });
  });

  test.each(specs.map(({ id }) => id))('PNG of %s is the same picture, twice as sharp', async (id) => {
    await withPage(`/cells/${id}/`, {}, async (page) => {
      await wake(page, id);
      const save = async (name: string): Promise<Buffer> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          cell(page, id).getByRole('button', { name }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(`${id}.${name.toLowerCase()}`);
        return buffer(await download.createReadStream());
      };
      const svg = (await save('SVG')).toString();
      const png = await save('PNG');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // Width and height stand at the head of the file.
      const sized = (of: string): number => Number(new RegExp(`<svg[^>]* ${of}="(\\d+)"`).exec(svg)?.[1]);
      expect(png.readUInt32BE(16)).toBe(2 * sized('width'));
      expect(png.readUInt32BE(20)).toBe(2 * sized('height'));
      // An empty sheet of that size takes less than a tenth.
      expect(png.length).toBeGreaterThan(10_000);
    });
  });

  test.each(specs.map(({ id }) => id))('SVG of %s has every mark where the page has it', async (id) => {
    await withPage(`/cells/${id}/`, {}, async (page) => {
      await wake(page, id);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        cell(page, id).getByRole('button', { name: 'SVG' }).click(),
      ]);
      const text = await readDownload(download);
      const places = await page.evaluate((svg) => {
        /** What is drawn, in order: words and colours, and the place beside the first mark. */
        const marksOf = (root: Element | null): { what: string; x: number; y: number }[] => {
          const marks = [...(root?.querySelectorAll('text, rect, circle, path, line') ?? [])].filter(
            (mark) => getComputedStyle(mark).display !== 'none',
          );
          const first = marks[0]?.getBoundingClientRect();
          return marks.map((mark) => {
            const { x, y } = mark.getBoundingClientRect();
            const { fill, stroke, strokeLinecap } = getComputedStyle(mark);
            const what = [mark.textContent, fill, stroke, strokeLinecap].join(' ');
            return { what, x: x - (first?.x ?? 0), y: y - (first?.y ?? 0) };
          });
        };
        const onPage = marksOf(document.querySelector('.cell-picture svg'));
        const file = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
        document.body.append(file);
        return { file: marksOf(file.querySelector('svg')), page: onPage };
      }, text);
      expect(places.file.length).toBeGreaterThan(5);
      expect(places.file.map(({ what }) => what)).toEqual(places.page.map(({ what }) => what));
      const strayed = places.file.filter(({ x, y }, i) => {
        const mark = places.page[i];
        return !mark || Math.hypot(mark.x - x, mark.y - y) > 1;
      });
      expect(strayed).toEqual([]);
    });
  });

  test.each(specs.map(({ id }) => id))('SVG of %s is a picture by itself', async (id) => {
    const svg = await withPage(`/cells/${id}/`, {}, async (page) => {
      await wake(page, id);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        cell(page, id).getByRole('button', { name: 'SVG' }).click(),
      ]);
      return readDownload(download);
    });
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/NaN|undefined|var\(--|<(?!svg)[^>]* class="/);
    // It draws: outside the site, as an image, something other than paper is painted.
    const colours = await withPage('/cells/', {}, async (page) => {
      return page.evaluate(async (text) => {
        const image = new Image();
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), {
          width: image.width,
          height: image.height,
        });
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        const seen = new Set<string>();
        for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
        return seen.size;
      }, svg);
    });
    expect(colours).toBeGreaterThan(3);
  });
});

describe('a link that cannot be used', () => {
  test.each([
    ['an unknown key', '?v=1&zz=1', /“zz” is not a field/],
    ['a value out of range', '?v=1&n=-5', /GPUs: .*out of range/],
    ['a value that is no number', '?v=1&D=lots', /Tokens: .*not a number/],
    ['an unknown choice', '?v=1&g=h9000', /GPU: .*h9000/],
    ['a later version', '?v=9&n=2048', /version “9”/],
    ['a format that the GPU lacks', '?v=1&g=a100-sxm4-80gb&p=fp8', /no FP8/],
  ])('says what it dropped for %s, and shows the page’s own values', async (_, query, notice) => {
    const own = await withPage(HOME, {}, (page) => sentence(page, ID));
    await withPage(`${HOME}${query}`, {}, async (page) => {
      await wake(page, ID);
      await expect
        .poll(() =>
          page
            .locator('[role="status"]')
            .allInnerTexts()
            .then((texts) => texts.join(' ')),
        )
        .toMatch(notice);
      if (!query.includes('a100')) expect(await sentence(page, ID)).toBe(own);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => page.locator('.scenario-notice').count()).toBe(0);
    });
  });

  test('keeps the good part of it', async () => {
    await withPage(`${HOME}?v=1&n=2048&e=7&nonsense=1`, {}, async (page) => {
      await wake(page, ID);
      await expect.poll(() => field(page, ID, 'gpus').inputValue()).toContain('2,048');
      expect(await field(page, ID, 'efficiency').inputValue()).toBe('50%');
    });
  });

  test('never complains about what others append to links', async () => {
    await withPage(`${HOME}?utm_source=x&ref=y`, {}, async (page) => {
      await wake(page, ID);
      await page.waitForTimeout(200);
      expect(await page.locator('.scenario-notice').count()).toBe(0);
    });
  });
});

test('the site under test is our own machine', () => {
  expect(inject('site')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
