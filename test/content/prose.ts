/**
 * The text of an MDX chapter that a reader sees as prose, and the bare numbers in it.
 * Everything else is blanked out with spaces, so that offsets and line numbers stay those of the source.
 */

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Elements whose content is not our claim: a published value with its source, what the talk says, code. */
const SKIPPED_ELEMENTS = /^(Given|Talk|code|pre|kbd|style|script)$/;

/** The premises of an exercise are chosen, not computed; its answer is computed. */
const PREMISE = /<(Exercise|SpotTheBug)\b[\s\S]*?(?=<Answer\b|<\/\1>)/g;

/** Words of others between quotation marks, within a paragraph. */
const QUOTED = /“(?:[^”\n]|\n(?!\n)){1,300}”|"(?:[^"\n]|\n(?!\n)){1,300}"/g;

/** A size that is part of a name. */
const NAMED =
  /\b(?:GPT-3|Llama|Llama [\d.]+|Megatron|MT-NLG|Mixtral|DeepSeek|OPT|BLOOM|PaLM|Chinchilla|Gopher|Falcon|Qwen[\d.]*|A100|A800|H100|H800)\s\d+(?:\.\d+)?(?:[BMT]|GB)\b|\b\d+(?:\.\d+)?[BMT](?=\smodels?\b)/g;

/** The end of a quoted string or template literal that begins at `at`. */
function endOfString(source: string, at: number): number {
  const quote = source[at];
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === quote) return i + 1;
  }
  return source.length;
}

/** The end of an expression in braces that begins at `at`. */
function endOfBraces(source: string, at: number): number {
  let depth = 0;
  for (let i = at; i < source.length; i++) {
    const c = source[i];
    if (c === '"' || c === "'" || c === '`') i = endOfString(source, i) - 1;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i + 1;
  }
  return source.length;
}

/** The end of a tag that begins at `at`: quotes and braces of its attributes may hold `>`. */
function endOfTag(source: string, at: number): number {
  for (let i = at; i < source.length; i++) {
    const c = source[i];
    if (c === '"' || c === "'") i = endOfString(source, i) - 1;
    else if (c === '{') i = endOfBraces(source, i) - 1;
    else if (c === '>') return i + 1;
  }
  return source.length;
}

/** The end of what is not prose at `at`, or `at` itself where prose goes on. */
function endOfOther(source: string, at: number): number {
  const rest = source.slice(at);
  const code = /^(`+)(?!`)[\s\S]*?[^`]\1(?!`)/.exec(rest);
  if (code) return at + code[0].length;
  const math = /^(\$\$[\s\S]*?\$\$|\$(?!\s)(?:\\.|[^$\\\n]|\n(?!\n))+?\$(?!\d))/.exec(rest);
  if (math) return at + math[0].length;
  if (rest.startsWith('{')) return endOfBraces(source, at);
  const tag = /^<\/?([A-Za-z][\w.]*)/.exec(rest);
  if (!tag) return at;
  const end = endOfTag(source, at);
  const name = tag[1] ?? '';
  if (!SKIPPED_ELEMENTS.test(name) || rest.startsWith('</') || source[end - 2] === '/') return end;
  const close = source.indexOf(`</${name}>`, end);
  return close === -1 ? end : close + name.length + 3;
}

/** Lines of the frontmatter that are shown on the page. */
const SHOWN_FRONTMATTER = /^(title|description|kicker):(.*(?:\n {2,}.*)*)/gm;

function shownFrontmatter(frontmatter: string): string {
  const kept = [...frontmatter.matchAll(SHOWN_FRONTMATTER)].map(
    ({ index, 0: all, 1: key = '' }) => [index + key.length + 1, index + all.length] as const,
  );
  return [...frontmatter]
    .map((c, i) => (c === '\n' || kept.some(([a, b]) => i >= a && i < b) ? c : ' '))
    .join('');
}

/** The prose of an MDX source at its own offsets. */
export function proseOf(source: string): string {
  const frontmatter = /^---\n[\s\S]*?\n---\n/.exec(source)?.[0] ?? '';
  let out = shownFrontmatter(frontmatter);
  for (let i = frontmatter.length; i < source.length;) {
    if (source[i] === '\\') {
      out += ` ${source[i + 1] ?? ''}`;
      i += 2;
      continue;
    }
    const link = /^\]\([^)]*\)/.exec(source.slice(i, i + 500));
    const end = link ? i + link[0].length : endOfOther(source, i);
    if (end === i) out += source[i++];
    else {
      out += blank(source.slice(i, end));
      i = end;
    }
  }
  return out;
}

const NUMBER = String.raw`(?<![\w.,#/–-])[~≈±+−-]?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?[×x]\s?10(?:\^?[-−]?\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?`;
const SPACE = String.raw`[\s\u00a0\u202f\u2009-]{0,2}`;
const UNIT = [
  '%|percent|per cent|percentage points?',
  '(?:second|minute|hour|day|week|month|year)s?|(?:ms|µs|us|ns|min|s|h)',
  '(?:[kKMGTPEZ]i?B|[kMGTPE]bit|[GMT]b|bytes?|bits?)(?:/s)?',
  '(?:[kMGTPEZY]|kilo|mega|giga|tera|peta|exa|zetta)?(?:FLOPs?|FLOPS|FLOP/s|flops?|OPs?|TOPS)(?:/s)?(?:[-·]days?)?',
  '(?:GPU|CPU|NPU|card|node|server|rack|switch|link|rank)(?:s|es)?',
  '(?:GPU|node|card|device|petaFLOP/s|PFLOP/s)[-·](?:second|hour|day|year)s?',
  '(?:token|parameter|param|weight|layer|head|sequence|sample|step|expert)s?',
  '(?:thousand|million|billion|trillion|quadrillion)s?',
  '[kMGT]?W(?:h)?|[kMGT]?(?:watt|joule)s?|[kMGT]?J|[kMGT]?Hz|°C|K\\b',
  '[BMT]|k',
  '(?:dollar|euro)s?|USD|EUR',
].join('|');

const WITH_UNIT = new RegExp(`(?:${NUMBER}${SPACE}(?:${UNIT})(?![\\w/])|[$€£]\\s?\\d[\\d,.]*)`, 'g');

export interface BareNumber {
  readonly text: string;
  readonly line: number;
  /** The line it stands on, for the message and for the allow list. */
  readonly context: string;
}

/** Numbers with a unit that are typed into the prose, where they can drift from what the notebook computes. */
export function bareNumbers(source: string): BareNumber[] {
  const prose = proseOf(source.replace(PREMISE, blank)).replace(QUOTED, blank).replace(NAMED, blank);
  return [...prose.matchAll(WITH_UNIT)].map(({ index, 0: text }) => {
    const start = source.lastIndexOf('\n', index) + 1;
    const end = source.indexOf('\n', index + text.length);
    return {
      text: text.replace(/\s+/g, ' ').trim(),
      line: source.slice(0, index).split('\n').length,
      context: source.slice(start, end === -1 ? undefined : end).trim(),
    };
  });
}
