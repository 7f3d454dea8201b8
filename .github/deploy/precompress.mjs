// Writes FILE.br and FILE.gz beside every text file of a built folder, at the highest quality: compressed once, served
// as they are. `node .github/deploy/precompress.mjs dist`
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = /\.(html|css|js|json|svg|xml|txt|md|bib|csv|wasm)$/;
const root = process.argv[2] ?? 'dist';

for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const raw = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(raw, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(raw, { level: 9 }));
}
