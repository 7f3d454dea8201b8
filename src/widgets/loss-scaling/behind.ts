import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.smallestGradient],
  assumptions: [
    'Gradients that are zero in FP32 are left out: 66.8% in the published histogram. Shares are of the others.',
    'Their sizes follow a log-normal law. Its two numbers give what NVIDIA prints of the SSD detector: 4% of all values between 2^-32 and 2^-30, 5.3% of all not zero in FP16.',
    'The real histogram has a longer tail to the small side than the law.',
    'Conversion rounds to nearest, so a value becomes zero from half the smallest number down.',
    'The largest safe scale lets one gradient in a billion overflow, and is looked for up to 2^60.',
  ],
  sources: [
    { key: 'nvidia-mixed-precision-guide', where: 'figures 1 and 2, and the text below them' },
    { key: 'micikevicius2018', where: 'section 3.2, figure 3' },
  ],
};
