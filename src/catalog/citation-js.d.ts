// The two calls of citation-js that bibliography.ts makes; the packages ship no types.
declare module '@citation-js/core' {
  export class Cite {
    constructor(records: unknown);
    format(
      format: 'bibliography',
      options: { format: 'html' | 'text'; template: string; lang: string },
    ): string;
    format(format: 'bibtex'): string;
  }
  export const plugins: {
    config: { get(name: '@bibtex'): { format: { asciiOnly: boolean; useIdAsLabel: boolean } } };
  };
}
declare module '@citation-js/plugin-csl' {}
declare module '@citation-js/plugin-bibtex' {}
