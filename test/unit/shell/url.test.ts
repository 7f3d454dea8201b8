import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Url from '../../../src/site/url.ts';

/** The module reads the base when it is loaded. */
async function under(base: string): Promise<typeof Url> {
  vi.resetModules();
  vi.stubEnv('BASE_URL', base);
  return import('../../../src/site/url.ts');
}

afterEach(() => vi.unstubAllEnvs());

describe('href', () => {
  it('leaves paths alone at the root', async () => {
    const { href } = await under('/');
    expect(href('/training-time/#quotient')).toBe('/training-time/#quotient');
  });

  it.each(['half-of-peak', '/half-of-peak', '/half-of-peak/'])('puts paths below %s once', async (base) => {
    const { href } = await under(base);
    expect(href('/')).toBe('/half-of-peak/');
    expect(href('/training-time/')).toBe('/half-of-peak/training-time/');
    expect(href(href('/training-time/'))).toBe('/half-of-peak/training-time/');
  });

  it('does not touch fragments, other hosts or relative paths', async () => {
    const { href } = await under('/half-of-peak/');
    for (const link of ['#cite', 'https://example.org/', '//example.org/', 'figure.svg', 'mailto:a@b.c'])
      expect(href(link)).toBe(link);
  });
});

describe('absolute', () => {
  it('is the public address, base included', async () => {
    const { absolute } = await under('/half-of-peak/');
    expect(absolute('/zero/', new URL('https://example.org'))).toBe('https://example.org/half-of-peak/zero/');
  });
});
