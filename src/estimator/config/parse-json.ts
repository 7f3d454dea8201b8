import { failed, ok, type Outcome } from '../issues.ts';

/** A config.json has a few kilobytes; more is a model file pasted by mistake. */
const LONGEST = 1_000_000;

/** Line and column, both from 1, of a position in a text. */
function place(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** Where a JSON engine's message says it stopped: V8 gives a position, Firefox a line and column, others nothing. */
export function faultPlace(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return place(text, Number(position));
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined) return `line ${line}, column ${column}`;
  return place(text, text.length);
}

/** Text to JSON, with the place of the first fault in an Issue. */
export function parseJson(text: string): Outcome<unknown> {
  if (text.length > LONGEST) {
    const message = `That is ${text.length} characters; a config.json has at most ${LONGEST}.`;
    return failed({ code: 'too-large', path: 'config', message, limit: LONGEST });
  }
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    const where = faultPlace(text, String(error));
    return failed({
      code: 'not-json',
      path: 'config',
      message: `This is not JSON: the fault is at ${where}.`,
    });
  }
}
