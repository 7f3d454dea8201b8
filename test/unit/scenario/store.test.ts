import type * as storeModule from '#scenario/store.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

type Store = typeof storeModule;

const PRESET = 'talk';
const replaceState = vi.fn();
let store: Store;

/** What a page with this query gives the store; each test starts from a page of its own. */
async function open(search = ''): Promise<void> {
  vi.resetModules();
  vi.stubGlobal('window', {
    location: { search, pathname: '/training-time/', hash: '#calc-time-to-train' },
    history: { state: { index: 3 }, replaceState },
  });
  store = await import('#scenario/store.ts');
  store.startFromUrl(PRESET);
}

const patch = () => store.$patch.get();
const link = (): unknown => {
  vi.advanceTimersByTime(1_000);
  return replaceState.mock.lastCall?.[2];
};

beforeEach(() => {
  vi.useFakeTimers();
  replaceState.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('at the start the store', () => {
  test('holds what the link says, and names what it cannot use', async () => {
    await open('?v=1&n=2048&zz=1&e=3');
    expect(patch()).toEqual({ gpus: 2048 });
    expect(store.$dropped.get()).toHaveLength(2);
    store.dismissDropped();
    expect(store.$dropped.get()).toEqual([]);
  });

  test('drops what cannot stand together with the rest', async () => {
    await open('?v=1&n=2048&m=custom');
    expect(patch()).toEqual({ gpus: 2048 });
    expect(store.$dropped.get()).toEqual([expect.stringMatching(/^Model: Paste a config\.json first/)]);
  });

  test('reads the link once, however many cells ask', async () => {
    await open('?v=1&n=2048');
    store.setValue('gpus', 4096, PRESET);
    store.startFromUrl(PRESET);
    expect(patch()).toEqual({ gpus: 4096 });
  });
});

describe('a change', () => {
  beforeEach(() => open());

  test('is kept, and is taken back by setting the preset’s value', () => {
    store.setValue('gpus', 2048, PRESET);
    store.setValue('tokens', 1e12, PRESET);
    expect(patch()).toEqual({ gpus: 2048, tokens: 1e12 });
    store.setValue('gpus', 1024, PRESET);
    expect(patch()).toEqual({ tokens: 1e12 });
  });

  test('of several values takes back those that are undefined', () => {
    store.setValues({ parameters: 7e9, sequence: 4096 }, PRESET);
    store.setValues({ model: 'llama3-70b', parameters: undefined, sequence: undefined }, PRESET);
    expect(patch()).toEqual({ model: 'llama3-70b' });
  });

  test('to the preset’s value is kept once another model has brought another default', () => {
    store.setValue('model', 'llama3-70b', PRESET);
    store.setValue('sequence', 2048, PRESET);
    store.setValue('parameters', 175e9, PRESET);
    expect(patch()).toEqual({ model: 'llama3-70b', sequence: 2048, parameters: 175e9 });
  });

  test('to what the chosen model has anyway says nothing', () => {
    store.setValue('model', 'llama3-70b', PRESET);
    store.setValue('sequence', 8192, PRESET);
    expect(patch()).toEqual({ model: 'llama3-70b' });
  });
});

describe('reset', () => {
  beforeEach(async () => {
    await open('?v=1&n=2048&D=1e12&zz=1');
  });

  test('takes back everything, and the notice about the link', () => {
    store.reset();
    expect(patch()).toEqual({});
    expect(store.$dropped.get()).toEqual([]);
    expect(link()).toBe('/training-time/#calc-time-to-train');
  });

  test('of some fields leaves the others', () => {
    store.reset(['gpus', 'efficiency']);
    expect(patch()).toEqual({ tokens: 1e12 });
  });
});

describe('the address', () => {
  beforeEach(() => open());

  test('follows after a pause, once for many moves, and keeps the anchor and the state of history', () => {
    for (let gpus = 2048; gpus < 2148; gpus++) store.setValue('gpus', gpus, PRESET);
    expect(replaceState).not.toHaveBeenCalled();
    expect(link()).toBe('/training-time/?v=1&n=2147#calc-time-to-train');
    expect(replaceState).toHaveBeenCalledTimes(1);
    expect(replaceState.mock.lastCall?.[0]).toEqual({ index: 3 });
  });

  test('is not touched by reading a link', async () => {
    await open('?v=1&n=2048');
    expect(link()).toBeUndefined();
  });
});
