export { Bar } from './Bar.tsx';
export type { BarPart } from './Bar.tsx';
export { DataTable } from './DataTable.tsx';
export { Scatter } from './Scatter.tsx';
export type { ScatterAxis, ScatterPoint } from './Scatter.tsx';
export { Tornado } from './Tornado.tsx';
export type { TornadoRow } from './Tornado.tsx';
