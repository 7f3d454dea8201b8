import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.twelveLh2, equations.megatronParameters, equations.megatronFlopsPerToken],
  assumptions: [
    'An error is the rule over the exact count, less one: below zero the rule counts too little.',
    '12Lh², 16Lh² and Narayanan’s closed form stand for all parameters, idle experts included; 12Lh² was made for the layers alone, and what it leaves out counts as its error.',
    '6N and 8N take the parameters that a token meets. 6N and Megatron’s formula stand for model FLOPs; 8N stands for the hardware FLOPs of full recomputation, which repeats the forward pass of the layers and not that of the logits.',
    'Megatron’s formula counts attention scores in full. Held against a causal count it is too high by their masked half.',
    'Catalogued models are counted at the context that they were trained with.',
  ],
  sources: [
    { key: 'kaplan2020', where: 'section 2.1' },
    { key: 'narayanan2021', where: 'equations 2 and 3, section 5.1' },
    { key: 'korthikanti2022', where: 'equation 7' },
    { key: 'megatron-deepspeed-283', where: 'where 24 becomes 32 for gated MLPs' },
  ],
};
