import { version } from '../../package.json';

/** What the notebook says about itself; the only place that spells its name. */
export const site = {
  name: 'Half of Peak',
  tagline: 'A notebook with live calculators about training and serving large models on GPU clusters.',
  authors: 'The Half of Peak authors',
  language: 'en',
  /** Year of the first edition, for citations that name no page. */
  year: 2026,
  version,
  textLicense: 'https://creativecommons.org/licenses/by/4.0/',
} as const;
