import type { AstroIntegration } from 'astro';

/** Teaches Astro `client:reader`, the way every cell comes alive. */
export function readerDirective(): AstroIntegration {
  return {
    name: 'half-of-peak:reader',
    hooks: {
      'astro:config:setup': ({ addClientDirective }) =>
        addClientDirective({ name: 'reader', entrypoint: './src/widgets/frame/reader.ts' }),
    },
  };
}

declare module 'astro' {
  interface AstroClientDirectives {
    'client:reader'?: boolean;
  }
}
