import { createServer, type Server } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.bib': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = /^(text\/|application\/(json|xml|wasm|manifest)|image\/svg)/;

/**
 * What our servers send for these bytes: .github/deploy compresses once, at the highest quality. A host that compresses
 * while it answers sends about a tenth more.
 */
export function compress(
  raw: Buffer,
  type: string,
  accept = 'br',
): { body: Buffer; encoding: 'br' | 'gzip' | null } {
  if (!COMPRESSED.test(type)) return { body: raw, encoding: null };
  if (/\bbr\b/.test(accept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
    return { body: brotliCompressSync(raw, { params }), encoding: 'br' };
  }
  if (/\bgzip\b/.test(accept)) return { body: gzipSync(raw, { level: 9 }), encoding: 'gzip' };
  return { body: raw, encoding: null };
}

export function typeOf(file: string): string {
  return TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

async function lookup(root: string, base: string, pathname: string): Promise<string | null> {
  let path = normalize(decodeURIComponent(pathname));
  if (base) {
    if (path !== base && !path.startsWith(`${base}/`)) return null;
    path = path.slice(base.length) || '/';
  }
  const at = join(root, path);
  if (!`${at}/`.startsWith(`${root}/`)) return null;
  const candidate = path.endsWith('/') ? join(at, 'index.html') : at;
  return (await stat(candidate).catch(() => null))?.isFile() ? candidate : null;
}

export interface StaticServer {
  /** `http://127.0.0.1:PORT` and the base path, without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a built folder as a plain static host does: compressed, 404.html for what is missing, nothing clever.
 * `base` is the sub-path the site was built for, such as `/half-of-peak`; outside it everything is a 404.
 */
export async function serveFolder(folder: string, base = ''): Promise<StaticServer> {
  const root = resolve(folder);
  const cache = new Map<string, ReturnType<typeof compress>>();
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      const found = await lookup(root, base, pathname);
      const file = found ?? join(root, '404.html');
      const type = typeOf(file);
      const accept = String(request.headers['accept-encoding'] ?? '');
      const key = `${accept}\0${file}`;
      const sent = cache.get(key) ?? compress(await readFile(file), type, accept);
      cache.set(key, sent);
      response.writeHead(found ? 200 : 404, {
        'content-type': type,
        'content-length': sent.body.length,
        vary: 'accept-encoding',
        'cache-control': 'no-cache',
        ...(sent.encoding && { 'content-encoding': sent.encoding }),
      });
      response.end(request.method === 'HEAD' ? undefined : sent.body);
    })().catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
