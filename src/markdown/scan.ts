/**
 * Reads an MDX body without compiling it, to number equations, figures, cells and exercises before any page is
 * rendered. It knows just enough syntax not to be fooled: code, formulas, comments and expressions are skipped.
 */

export interface ScannedTag {
  readonly type: 'tag';
  readonly name: string;
  /** Plain string attributes; an expression attribute is kept as `{source}` and a bare one as ''. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
}

export interface ScannedHeading {
  readonly type: 'heading';
  readonly depth: number;
  readonly title: string;
  readonly id: string | null;
  readonly line: number;
}

export type Scanned = ScannedTag | ScannedHeading;

/** Opening tags of components (capitalised names) and headings, in reading order. */
export function scanMdx(source: string): Scanned[] {
  const found: Scanned[] = [];
  let at = 0;
  while (at < source.length) {
    if (at === 0 || source[at - 1] === '\n') {
      const fence = /^ {0,3}(`{3,}|~{3,})/.exec(source.slice(at, at + 80));
      if (fence?.[1]) {
        at = afterFence(source, at, fence[1]);
        continue;
      }
      const end = lineEnd(source, at);
      const heading = /^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$/.exec(source.slice(at, end));
      if (heading) {
        const [, marks = '', title = '', id] = heading;
        found.push({
          type: 'heading',
          depth: marks.length,
          title: plain(title),
          id: id ?? null,
          line: lineOf(source, at),
        });
      }
    }
    const char = source[at];
    if (char === '\\') at += 2;
    else if (char === '`') at = afterRun(source, at, '`');
    else if (char === '$') at = afterRun(source, at, '$');
    else if (char === '{') at = afterBraces(source, at);
    else if (char === '<' && /[A-Z]/.test(source[at + 1] ?? '')) {
      const tag = readTag(source, at);
      found.push({ type: 'tag', name: tag.name, attributes: tag.attributes, line: lineOf(source, at) });
      at = tag.end;
    } else at += 1;
  }
  return found;
}

function readTag(
  source: string,
  start: number,
): { name: string; attributes: Record<string, string>; end: number } {
  const name = /^[\w.]+/.exec(source.slice(start + 1))?.[0] ?? '';
  const attributes: Record<string, string> = {};
  let at = start + 1 + name.length;
  while (at < source.length) {
    const char = source[at] ?? '';
    if (char === '>') return { name, attributes, end: at + 1 };
    if (char === '{') {
      at = afterBraces(source, at);
      continue;
    }
    const attribute = /^([A-Za-z_][\w:.-]*)(\s*=\s*)?/.exec(source.slice(at));
    if (!attribute) {
      at += 1;
      continue;
    }
    const [whole, key = '', equals] = attribute;
    at += whole.length;
    if (!equals) {
      attributes[key] = '';
      continue;
    }
    const quote = source[at];
    if (quote === '"' || quote === "'") {
      const end = source.indexOf(quote, at + 1);
      if (end < 0) break;
      attributes[key] = source.slice(at + 1, end);
      at = end + 1;
    } else {
      const end = afterBraces(source, at);
      attributes[key] = source.slice(at, end);
      at = end;
    }
  }
  throw new Error(`Line ${lineOf(source, start)}: <${name}> is never closed.`);
}

/** Past the brace that closes the one at `at`, minding strings, templates and comments. */
function afterBraces(source: string, at: number): number {
  let depth = 0;
  for (let i = at; i < source.length; i += 1) {
    const char = source[i];
    if (char === '\\') i += 1;
    else if (source.startsWith('/*', i)) i = Math.max(i, source.indexOf('*/', i) + 1);
    else if (char === '"' || char === "'") i = closing(source, i, char);
    else if (char === '`') i = closing(source, i, char);
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return at + 1;
}

function closing(source: string, at: number, quote: string): number {
  for (let i = at + 1; i < source.length; i += 1) {
    // A backslash in String.raw still never ends the template, so skipping its pair is safe there too.
    if (source[i] === '\\') i += 1;
    else if (source[i] === quote) return i;
  }
  return at;
}

/** Past inline code or a formula: the same run of marks closes it. Unclosed marks are plain text. */
function afterRun(source: string, at: number, mark: string): number {
  let length = 1;
  while (source[at + length] === mark) length += 1;
  const open = source.slice(at, at + length);
  const paragraph = length >= 2 ? -1 : source.indexOf('\n\n', at);
  let close = source.indexOf(open, at + length);
  while (close > 0 && mark === '$' && source[close - 1] === '\\') close = source.indexOf(open, close + 1);
  if (close < 0 || (paragraph >= 0 && close > paragraph)) return at + length;
  return close + length;
}

function afterFence(source: string, at: number, fence: string): number {
  const close = new RegExp(`^ {0,3}${fence[0] === '~' ? '~' : '`'}{${fence.length},}\\s*$`, 'm');
  const from = lineEnd(source, at) + 1;
  const match = close.exec(source.slice(from));
  return match ? from + match.index + match[0].length : source.length;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

function plain(markdown: string): string {
  return markdown
    .replace(/<[^>]+>/g, '')
    .replace(/[*_`]/g, '')
    .trim();
}
