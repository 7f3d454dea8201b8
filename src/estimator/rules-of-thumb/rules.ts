import type { Rule, RuleId } from './types.ts';

/** Every rule, parameters first. 16Lh² is what is left when 12Lh² is patched for a third MLP matrix of width 4h. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  '12lh2': {
    id: '12lh2',
    formula: '12Lh²',
    against: 'parameters',
    source: { key: 'kaplan2020', where: 'section 2.1, equation 2.1' },
  },
  '16lh2': {
    id: '16lh2',
    formula: '16Lh²',
    against: 'parameters',
    source: { key: 'megatron-deepspeed-283', where: 'description: 24 becomes 32' },
  },
  'megatron-n': {
    id: 'megatron-n',
    formula: '12Lh²(1 + 13/12h + (V + s)/12Lh)',
    against: 'parameters',
    source: { key: 'narayanan2021', where: 'equation 2' },
  },
  '6n': {
    id: '6n',
    formula: '6N',
    against: 'model FLOPs',
    source: { key: 'kaplan2020', where: 'section 2.1' },
  },
  '8n': {
    id: '8n',
    formula: '8N',
    against: 'hardware FLOPs',
    source: { key: 'narayanan2021', where: 'section 5.1' },
  },
  'megatron-f': {
    id: 'megatron-f',
    formula: '72Lh²(1 + s/6h + V/12Lh)',
    against: 'model FLOPs',
    source: { key: 'korthikanti2022', where: 'equation 7' },
  },
};

export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];
