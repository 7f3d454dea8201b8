declare module 'virtual:published-runs' {
  export const packed: import('./packed-runs.ts').PackedRuns;
}
