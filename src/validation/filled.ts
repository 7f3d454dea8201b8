/** What a run's source leaves open and a rule fills: kept in words, because a filled field is an assumption. */
export class Filled {
  readonly rules: string[] = [];

  /** The value itself, or what the rule gives, noting the rule. */
  or<T>(field: string, value: T | undefined, rule: () => readonly [T, string]): T {
    if (value !== undefined) return value;
    const [filled, words] = rule();
    this.rules.push(`${field}: ${String(filled)}, ${words}`);
    return filled;
  }

  note(field: string, words: string): void {
    this.rules.push(`${field}: ${words}`);
  }
}
