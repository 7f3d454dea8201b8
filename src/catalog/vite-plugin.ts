import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { stripSources } from './values.ts';

/**
 * `import.meta.glob('*.json', { query: '?values=id,name' })` gives the named top-level fields of a sourced JSON
 * record as plain values, so that a browser downloads numbers and not where they came from.
 */
export function catalogValues(): Plugin {
  const request = /^(?<file>[^?]+\.json)\?values(?:=(?<fields>[\w,]+))?$/;
  return {
    name: 'half-of-peak:catalog-values',
    enforce: 'pre',
    load(id) {
      const { file, fields } = request.exec(id)?.groups ?? {};
      if (file === undefined) return null;
      this.addWatchFile(file);
      const record = stripSources(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
      const wanted = fields === undefined ? Object.keys(record) : fields.split(',');
      const kept = Object.fromEntries(wanted.map((field) => [field, record[field]]));
      // An object literal behind JSON's own name would be transformed a second time by Vite's JSON plugin.
      return { code: `export default ${JSON.stringify(kept)};`, map: null, moduleType: 'js' };
    },
  };
}
