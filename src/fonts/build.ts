import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { fontFaces } from './css.ts';
import { cuts, type Cut } from './faces.ts';
import { fallbackFaces } from './fallbacks.ts';
import { trimKatex } from './katex-css.ts';
import { aliasCharacters } from './sfnt.ts';
import { nameSuperscripts } from './superscripts.ts';

/**
 * Cuts the fonts to the characters of the notebook and writes them, with their sheets, below
 * `node_modules/.cache`. Done once for each state of the sources: a second call finds the folder and returns it.
 *
 * @returns the folder: `*.woff2`, `fonts.css`, `katex.css`
 */
export async function buildFonts(root: string): Promise<string> {
  const modules = join(root, 'node_modules');
  const folder = join(modules, '.cache', 'half-of-peak-fonts', await fingerprint(root));
  if (existsSync(join(folder, 'katex.css'))) return folder;

  // Written aside and renamed, so that two builds at once never see half a folder.
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  for (const cut of cuts) {
    const source = await readFile(join(modules, cut.source));
    await writeFile(join(draft, `${cut.name}.woff2`), await cutFont(source, cut));
  }
  await writeFile(join(draft, 'fonts.css'), `${fontFaces(cuts)}\n${fallbackFaces()}\n`);
  const katex = await readFile(join(modules, 'katex/dist/katex.min.css'), 'utf8');
  await writeFile(join(draft, 'katex.css'), trimKatex(katex));
  await rename(draft, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

async function cutFont(source: Buffer, cut: Cut): Promise<Buffer> {
  const { weight } = cut;
  return subsetFont(await completeFont(source, cut), cut.characters, {
    targetFormat: 'woff2',
    noHinting: true,
    keepFeatures: [...cut.features],
    ...(weight !== undefined && {
      variationAxes: { wght: typeof weight === 'number' ? weight : { min: weight[0], max: weight[1] } },
    }),
  });
}

/** The whole font, uncompressed, with the characters named that its package leaves out. */
export async function completeFont(source: Buffer, cut: Cut): Promise<Buffer> {
  const font = await subsetFont(source, '', { keepAllGlyphs: true, targetFormat: 'sfnt' });
  const aliased = cut.aliases ? aliasCharacters(font, cut.aliases) : font;
  return cut.superscripts ? nameSuperscripts(aliased) : aliased;
}

/** Changes when a cut, this code or a font package does. */
async function fingerprint(root: string): Promise<string> {
  const hash = createHash('sha256');
  const code = join(root, 'src/fonts');
  for (const file of (await readdir(code)).sort()) hash.update(await readFile(join(code, file)));
  for (const cut of cuts) hash.update(await readFile(join(root, 'node_modules', cut.source)));
  hash.update(await readFile(join(root, 'node_modules/katex/dist/katex.min.css')));
  return hash.digest('hex').slice(0, 12);
}
