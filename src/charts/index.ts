export { Bar } from './Bar.tsx';
export type { BarPart } from './Bar.tsx';
export { DataTable } from './DataTable.tsx';
