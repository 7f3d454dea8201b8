declare module 'virtual:published-runs' {
  export const packed: import('./packed-runs.ts').PackedRuns;
}

declare module 'virtual:compared-runs' {
  export const compared: readonly import('./compared-runs.ts').ComparedRun[];
}
