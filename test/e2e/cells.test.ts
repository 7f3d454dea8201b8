import { describe, expect, test } from 'vitest';
import { resolve, type Patch } from '#scenario';
import { withPage } from './browser.ts';
import { cell, field, pagesWithCells, sentence, settledUrl, specs, typeInto, wake, wakeAll } from './cell.ts';

test('every cell of the registry stands on a page of its own, and on one with text', () => {
  for (const { id } of specs) {
    expect(pagesWithCells.filter(({ cells }) => cells.includes(id)).length, id).toBeGreaterThanOrEqual(2);
    expect(pagesWithCells.find(({ path }) => path === `/cells/${id}/`)?.cells).toEqual([id]);
  }
});

/** Fields that several questions share, with a value that none of the presets has. */
const EDITS = [
  { key: 'gpus', text: '96 x 16', value: 1536, shown: '1,536' },
  { key: 'efficiency', text: '37%', value: 0.37, shown: '37%' },
  { key: 'tokens', text: '1.5T', value: 1.5e12, shown: '1.5T' },
  { key: 'goodput', text: '0.9', value: 0.9, shown: '90%' },
  { key: 'vBytes', text: '6 MiB', value: 6 * 2 ** 20, shown: '6 MiB' },
  { key: 'labValue', text: '0.3', value: 0.3, shown: '0.3' },
  { key: 'lossScale', text: '64', value: 64, shown: '64' },
  { key: 'fabricNodes', text: '256', value: 256, shown: '256' },
  { key: 'holdMoment', text: '9', value: 9, shown: '9' },
  { key: 'kLayers', text: '48', value: 48, shown: '48' },
  { key: 'kBudget', text: '1e24', value: 1e24, shown: '10²⁴' },
  { key: 'kernelM', text: '96', value: 96, shown: '96' },
  { key: 'cardA', text: 'V', value: 'v100-sxm2-16gb', shown: 'v100-sxm2-16gb' },
  { key: 'growFrom', text: 'P', value: 'p100-sxm2-16gb', shown: 'p100-sxm2-16gb' },
] as const;

/** What a cell answers to a patch, as text: two states that differ in it must look different on the page. */
function answer(id: string, patch: Patch): string {
  const scenario = resolve('talk', patch);
  const spec = specs.find((candidate) => candidate.id === id);
  if (!scenario.ok || !spec) throw new Error(`${id} has no answer to ${JSON.stringify(patch)}`);
  const view = spec.view(scenario.value);
  return view.ok ? JSON.stringify([view.value.sentence, view.value.table]) : '';
}

describe.each(pagesWithCells)('$path', ({ path, cells }) => {
  const uses = (id: string, key: string): boolean =>
    specs.find((spec) => spec.id === id)?.fields.some((name) => name === key) ?? false;

  test('a value typed with the keyboard moves every cell that depends on it', async () => {
    await withPage(path, {}, async (page) => {
      await wakeAll(page, cells);
      let patch: Patch = {};
      for (const { key, text, value, shown } of EDITS) {
        const typedIn = cells.find((id) => uses(id, key));
        if (typedIn === undefined || (await field(page, typedIn, key).count()) === 0) continue;
        const before = new Map<string, string>();
        for (const id of cells) before.set(id, await cell(page, id).locator('.cell-out').innerHTML());
        if (typeof value === 'string') await field(page, typedIn, key).selectOption(value);
        else await typeInto(page, typedIn, key, text);
        const next = { ...patch, [key]: value };
        for (const id of cells) {
          if (uses(id, key) && (await field(page, id, key).count()) > 0) {
            await expect
              .poll(() => field(page, id, key).inputValue(), { message: `${id} shows ${key}` })
              .toContain(shown);
          }
          if (answer(id, patch) === answer(id, next)) continue;
          await expect
            .poll(() => cell(page, id).locator('.cell-out').innerHTML(), { message: `${id} answers ${key}` })
            .not.toBe(before.get(id));
        }
        patch = next;
      }
      expect(Object.keys(patch).length).toBeGreaterThan(0);
      expect(await settledUrl(page)).toContain('?v=1&');
    });
  });
});

const HOME = '/training-time/';
const ID = 'time-to-train';

describe('a cell', () => {
  test('starts with the talk’s answer, 6ND and the fuller count', async () => {
    await withPage(HOME, {}, async (page) => {
      const text = await sentence(page, ID);
      expect(text).toMatch(/22\.8 days/);
      expect(text).toMatch(/24\.\d days/);
    });
  });

  test('takes arrows and Page keys, and Escape takes a draft back', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      const gpus = field(page, ID, 'gpus');
      const start = await gpus.inputValue();
      await gpus.focus();
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => gpus.inputValue()).not.toBe(start);
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => gpus.inputValue()).toBe(start);
      await page.keyboard.press('PageUp');
      await expect.poll(() => gpus.inputValue()).not.toBe(start);
      await page.keyboard.press('PageDown');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('12 monkeys');
      await page.keyboard.press('Escape');
      await expect.poll(() => gpus.getAttribute('aria-invalid')).toBe('false');
      expect(await gpus.inputValue()).not.toContain('monkeys');
    });
  });

  test.each([
    { key: 'gpus', text: 'many' },
    { key: 'gpus', text: '-8' },
    { key: 'gpus', text: '1.5' },
    { key: 'efficiency', text: '150%' },
    { key: 'tokens', text: '1e99' },
    { key: 'tokens', text: '5 GB' },
    { key: 'tokens', text: 'NaN' },
    { key: 'tokens', text: '' },
  ])('keeps the last good result and says why when $key is “$text”', async ({ key, text }) => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      const before = await sentence(page, ID);
      const input = field(page, ID, key);
      await input.focus();
      await page.keyboard.press('ControlOrMeta+A');
      if (text === '') await page.keyboard.press('Delete');
      else await page.keyboard.insertText(text); // at once, as from the clipboard: no legal value on the way
      await expect.poll(() => input.getAttribute('aria-invalid')).toBe('true');
      const described = (await input.getAttribute('aria-describedby')) ?? '';
      const message = page.locator(`[id="${described.split(' ').at(-1)}"]`);
      expect(await message.getAttribute('role')).toBe('alert');
      expect((await message.innerText()).length).toBeGreaterThan(10);
      expect(await sentence(page, ID)).toBe(before);
    });
  });

  test('can be asked for any of its five numbers, and moves nothing when only the question changes', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      const radios = cell(page, ID).locator('input[type="radio"]');
      const count = await radios.count();
      expect(count).toBe(5);
      for (let i = 0; i < count; i++) {
        await radios.nth(i).focus();
        await page.keyboard.press('Space');
        await expect.poll(() => radios.nth(i).isChecked()).toBe(true);
        expect(await cell(page, ID).getAttribute('data-stale')).toBeNull();
      }
      expect(await sentence(page, ID)).not.toMatch(/NaN|undefined|Infinity/);
    });
  });

  test('writes the reader’s numbers into its formula, without KaTeX in the browser', async () => {
    await withPage(HOME, {}, async (page) => {
      const scripts: string[] = [];
      page.on('request', (request) => scripts.push(request.url()));
      await wake(page, ID);
      const math = cell(page, ID).locator('.cell-math');
      await typeInto(page, ID, 'gpus', '2,048');
      await expect.poll(() => math.innerText()).toContain('2,048');
      expect(scripts.filter((url) => /katex.*\.js/i.test(url))).toEqual([]);
    });
  });

  test('goes back to the page’s own values on reset', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      const before = await cell(page, ID).locator('.cell-out').innerText();
      const reset = cell(page, ID).locator('[data-reset]');
      expect(await reset.isDisabled()).toBe(true);
      await typeInto(page, ID, 'gpus', '4096');
      await expect.poll(() => cell(page, ID).locator('.cell-out').innerText()).not.toBe(before);
      await reset.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => cell(page, ID).locator('.cell-out').innerText()).toBe(before);
      expect(new URL(await settledUrl(page)).search).toBe('');
    });
  });

  test('names on the page what differs from its own values, and resets all of it', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      await typeInto(page, ID, 'gpus', '4096');
      const bar = page.getByRole('region', { name: 'Changed values' });
      await expect.poll(() => bar.innerText()).toMatch(/4,096.*was 1,024/s);
      await bar.getByRole('button', { name: 'Reset all' }).click();
      await expect.poll(() => bar.count()).toBe(0);
    });
  });

  test('has its table, its code and its sources one press away', async () => {
    await withPage(HOME, {}, async (page) => {
      await wake(page, ID);
      for (const [summary, content] of [
        ['The math', '.katex'],
        ['As a table', 'table tbody tr'],
        ['The code', 'pre code'],
        ['Assumptions and sources', 'a[href]'],
      ] as const) {
        const fold = cell(page, ID).locator('details', {
          has: page.locator('summary', { hasText: summary }),
        });
        await fold.locator('summary').focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => fold.locator(content).first().isVisible(), { message: summary }).toBe(true);
      }
    });
  });
});

describe('the step of a few GPUs', () => {
  test('goes on and back by its buttons, and does not play by itself for who asks for less motion', async () => {
    const holds = 'who-holds-what';
    await withPage(`/cells/${holds}/`, {}, async (page) => {
      await wake(page, holds);
      const steps = cell(page, holds).locator('.hold-steps');
      await expect.poll(() => steps.innerText()).toContain('6 of 12: backward pass of layer 2');
      expect(await steps.getByRole('button', { name: 'Play' }).count()).toBe(0);
      await steps.getByRole('button', { name: 'Next' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => steps.innerText()).toContain('7 of 12: gradients of layer 2');
      expect(await sentence(page, holds)).toContain('reduce-scatter');
      await steps.getByRole('button', { name: 'Back' }).click();
      await expect.poll(() => field(page, holds, 'holdMoment').inputValue()).toBe('6');
      await field(page, holds, 'holdMoment').focus();
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => steps.innerText()).toContain('7 of 12');
    });
  });

  test('plays to its end', async () => {
    const holds = 'who-holds-what';
    await withPage(
      `/cells/${holds}/?v=1&hmo=10`,
      { context: { reducedMotion: 'no-preference' } },
      async (page) => {
        await wake(page, holds);
        const steps = cell(page, holds).locator('.hold-steps');
        await steps.getByRole('button', { name: 'Play' }).click();
        await expect.poll(() => steps.innerText()).toContain('12 of 12: after the step');
        await expect.poll(() => steps.getByRole('button', { name: 'Play' }).count()).toBe(1);
      },
    );
  });
});

describe('the drawing of a fabric', () => {
  test('is enlarged and moved along, and says what of it is seen', async () => {
    await withPage('/cells/cluster-builder/', {}, async (page) => {
      const builder = 'cluster-builder';
      await wake(page, builder);
      await typeInto(page, builder, 'fabricNodes', '128');
      const view = cell(page, builder).getByRole('group', { name: 'What of the fabric is drawn' });
      const said = view.getByRole('status');
      await expect.poll(() => said.innerText()).toBe('128 nodes, all of them');
      await view.getByRole('button', { name: 'Zoom in' }).click();
      await expect.poll(() => said.innerText()).toBe('Nodes 1 to 64 of 128');
      await view.getByRole('button', { name: 'Right' }).click();
      await expect.poll(() => said.innerText()).toBe('Nodes 33 to 96 of 128');
      // A smaller fabric is drawn as large as it goes.
      await typeInto(page, builder, 'fabricNodes', '32');
      await expect.poll(() => said.innerText()).toBe('32 nodes, all of them');
    });
  });
});

describe('the memory tank', () => {
  test('says that Llama 3 70B does not fit on 16 H100, and one press makes it fit', async () => {
    await withPage('/cells/memory-tank/', {}, async (page) => {
      const tank = 'memory-tank';
      await wake(page, tank);
      await field(page, tank, 'model').selectOption('llama3-70b');
      await field(page, tank, 'gpu').selectOption('h100-sxm5-80gb');
      await typeInto(page, tank, 'gpus', '16');
      await expect.poll(() => sentence(page, tank)).toMatch(/does not fit on 16 H100/);
      await cell(page, tank)
        .getByRole('button', { name: /^Make it fit/ })
        .click();
      await expect.poll(() => sentence(page, tank)).toMatch(/fits on 16 H100/);
      expect(await settledUrl(page)).toContain('r=full');
    });
  });
});
