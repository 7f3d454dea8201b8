/** A label in the middle of a sentence: `Step time` becomes `step time`; `GPUs` and `FLOPs` stay what they are. */
export const lowered = (label: string): string =>
  label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
