declare module 'virtual:published-runs' {
  const packed: import('./packed-runs.ts').PackedRuns;
  export default packed;
}
