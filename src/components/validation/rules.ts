/** What the rules filled and why runs were skipped, counted. */

export interface Counted {
  readonly what: string;
  readonly why: string;
  readonly runs: number;
  readonly ids: readonly string[];
}

function count(entries: readonly { readonly what: string; readonly why: string; readonly id: string }[]) {
  const groups = new Map<string, { what: string; why: string; ids: Set<string> }>();
  for (const { what, why, id } of entries) {
    const key = `${what}|${why}`;
    const group = groups.get(key) ?? { what, why, ids: new Set<string>() };
    group.ids.add(id);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ what, why, ids }): Counted => ({ what, why, runs: ids.size, ids: [...ids] }))
    .sort((a, b) => b.runs - a.runs || a.what.localeCompare(b.what));
}

/** A rule without the run that it was applied to: names, numbers and GPUs out of it. */
function general(words: string): string {
  return words
    .replace(/^bytes\/s: /, '')
    .replace(/the usual (network|server) of the .+$/, 'the usual $1 of the GPU')
    .replace(/the habit of the \S+ family/, 'the habit of the framework family')
    .replace(
      /the rules of \d{4}; ".*" is not a framework known here/,
      'by the year: its framework is not known',
    )
    .replace(/^(.*)where the source prints .+$/, '$1where the source prints another')
    .replace(/the nearest multiple to .+$/, 'the nearest multiple to what is printed')
    .replace(/divides \d+$/, 'divides the width')
    .replace(/about the \S+ tokens/, 'about the tokens')
    .replace(/^as \S+ splits/, 'as the family splits');
}

/** "tp, pp: 1 and 1, as fsdp splits weights by itself": a field, the value it got (none in a bare note), the rule. */
const FILLED = /^(.+?): (?:\S+(?: and \S+)?, )?(.+)$/s;

export const countRules = (
  runs: readonly { readonly id: string; readonly filled: readonly string[] }[],
): readonly Counted[] =>
  count(
    runs.flatMap(({ id, filled }) =>
      filled.flatMap((line) => {
        const [, what, why] = FILLED.exec(line) ?? [];
        return what === undefined || why === undefined ? [] : [{ what, why: general(why), id }];
      }),
    ),
  );

export const countSkipped = (
  skipped: readonly { readonly id: string; readonly reason: string }[],
): readonly Counted[] =>
  count(
    skipped.map(({ id, reason }) => ({
      what: '',
      why: reason
        .replace(/the shape of ".*" lacks .+$/, 'the source prints too little of the model’s shape')
        .replace(/\d[\d,.]*\d|\d/g, 'n'),
      id,
    })),
  );
