import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { files, ROOT } from './files.ts';

/** One import as written, with where it leads. */
export interface Import {
  /** Path of the importing file from the repository root. */
  readonly from: string;
  readonly specifier: string;
  /** Path of the imported file from the root, or null for a package. */
  readonly to: string | null;
  readonly typeOnly: boolean;
}

const packageImports = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: Record<string, string> }
).imports;

/** Follows a relative path or an alias of package.json; null for a package. Query strings are dropped. */
export function resolveSpecifier(specifier: string, from: string): string | null {
  const plain = specifier.split('?')[0] ?? specifier;
  if (plain.startsWith('.')) return relative(ROOT, join(ROOT, dirname(from), plain));
  if (plain.startsWith('/src/') || plain.startsWith('/content/')) return plain.slice(1);
  for (const [alias, target] of Object.entries(packageImports)) {
    const star = alias.indexOf('*');
    if (star === -1 ? plain === alias : plain.startsWith(alias.slice(0, star))) {
      return target.replace(/^\.\//, '').replace('*', star === -1 ? '' : plain.slice(star));
    }
  }
  return null;
}

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\s+(?<type>type\s)?(?:(?<names>[\w*{},\s$]+?)\s+from\s+)?['"](?<static>[^'"\n]+)['"]/g;
const DYNAMIC = /(?:\bimport\(\s*|new URL\(\s*)['"](?<dynamic>[^'"\n]+)['"]/g;
/** A glob that is not eager loads nothing: its keys say which files there are. */
const GLOB = /import\.meta\.glob(?:<[^>]*>)?\(\s*['"](?<dynamic>[^'"\n]+)['"][^)]*eager: true/g;

/** Every import, re-export, dynamic import, worker URL and glob in a source text. Comments do not count. */
export function importsIn(source: string, from: string): Import[] {
  const code = source.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replace(/(^|\s)\/\/.*$/gm, '$1');
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    found.push({ from, specifier, to: resolveSpecifier(specifier, from), typeOnly });
  };
  for (const { groups } of code.matchAll(IMPORT)) {
    const names = groups?.['names'] ?? '';
    const onlyTypes = /^\{(\s*type\s[^,]+,?)+\}$/.test(names.trim());
    if (groups?.['static']) add(groups['static'], groups['type'] !== undefined || onlyTypes);
  }
  for (const pattern of [DYNAMIC, GLOB]) {
    for (const { groups } of code.matchAll(pattern)) if (groups?.['dynamic']) add(groups['dynamic'], false);
  }
  return found;
}

/** The imports of all code under `folder`. */
export function importsUnder(folder: string): Import[] {
  return files(folder, /\.(ts|tsx|astro|mdx|mjs|js)$/).flatMap((file) =>
    importsIn(readFileSync(join(ROOT, file), 'utf8'), file),
  );
}
