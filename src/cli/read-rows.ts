/** The rows of a runs file that a user names, as they are. Throws with a sentence that says what is wrong. */
import { readFileSync } from 'node:fs';

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** An array of runs, or an object with one in `runs`. */
export function readRows(path: string): readonly unknown[] {
  const json = parsed(path);
  const rows = Array.isArray(json) ? json : (json as { runs?: unknown } | null)?.runs;
  if (!Array.isArray(rows))
    throw new Error(`${path} must hold an array of runs, or an object with one in "runs".`);
  return rows as readonly unknown[];
}
