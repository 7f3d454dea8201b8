export { formatQuantity, formatPlain, scientific, short, significant, whole } from './quantity.ts';
export type { Quantity, Shown, Unit } from './quantity.ts';
export { parseQuantity } from './parse.ts';
export { lowered } from './words.ts';
export type { Parsed } from './parse.ts';
