import {
  BLOCK_FORMATS,
  countParameters,
  effectiveBits,
  FLOAT_FORMATS,
  maxFinite,
  type BlockFormatId,
} from '#estimator';
import { plain, ratio, real, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const bits = (id: BlockFormatId): number => effectiveBits(BLOCK_FORMATS[id]);
const weights = ({ model }: Scenario): number =>
  model.shape ? countParameters(model.shape).total : model.parameters;
const bytes = (s: Scenario, each: number): number => (weights(s) * each) / 8;

export const blockFacts = {
  mxfp8Bits: () => real(bits('mxfp8')),
  mxfp6Bits: () => real(bits('mxfp6')),
  mxfp4Bits: () => real(bits('mxfp4')),
  nvfp4Bits: () => real(bits('nvfp4')),
  gptBf16: (s) => plain(bytes(s, 16), 'B'),
  gptMxfp8: (s) => plain(bytes(s, bits('mxfp8')), 'B'),
  gptMxfp6: (s) => plain(bytes(s, bits('mxfp6')), 'B'),
  gptMxfp4: (s) => plain(bytes(s, bits('mxfp4')), 'B'),
  gptNvfp4: (s) => plain(bytes(s, bits('nvfp4')), 'B'),
  nvfp4Over: () => plain(16 / bits('nvfp4'), 'factor'),
  fp4Reach: () => plain(maxFinite(FLOAT_FORMATS['fp4-e2m1']) / 0.5, 'factor'),
  /** The largest value of an MX block lies below twice its power of two; E2M1 stops at 1.5 times it. */
  mxClip: () => ratio(1 - maxFinite(FLOAT_FORMATS['fp4-e2m1']) / 8),
  nvScaleError: () => ratio(2 ** -4),
} satisfies Record<string, Fact>;
