import fc from 'fast-check';

/** Reproducible by default, so that a red build is about the change in it; `SEED=… npm run test:unit` looks elsewhere. */
export const SEED = Number(process.env['SEED'] ?? 20_261_123);

fc.configureGlobal({ seed: SEED });
