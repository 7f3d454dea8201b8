import { widgets } from '#widgets/registry.ts';

/** Cell component as prose writes it -> the cell's id, which is its address and its anchor. */
export const cellIds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(widgets).map(([name, { id }]) => [name, id]),
);
