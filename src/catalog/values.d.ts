/** A sourced JSON record with its facts replaced by bare values; made by vite-plugin.ts. */
declare module '*.json?values' {
  const record: unknown;
  export default record;
}
