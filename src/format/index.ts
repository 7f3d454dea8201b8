export { formatQuantity, powerText, scientific, short, significant, whole } from './quantity.ts';
export type { PowerText, Quantity, Shown, Unit } from './quantity.ts';
export { parseQuantity } from './parse.ts';
export { lowered } from './words.ts';
export type { Parsed } from './parse.ts';
