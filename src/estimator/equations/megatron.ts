import { constant, power, product, quotient, sum, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

const flop = (value: number) => constant(value, 'FLOP/token');

const gpt = ['layers', 'hidden', 'sequence', 'vocab'] as const;
type Gpt = (typeof gpt)[number];

/** Megatron's closed form for a plain GPT, per token; equals `megatronFlops`. */
export const megatronFlopsPerToken: Equation<Gpt> = {
  id: 'megatron-flops-per-token',
  result: 'flopsPerToken',
  symbol: 'F_1',
  unit: 'FLOP/token',
  meaning: 'model FLOPs of one token of a GPT, by Megatron’s formula',
  expr: product<Gpt>(
    flop(72),
    'layers',
    power<Gpt>('hidden', 2),
    sum<Gpt>(
      1,
      quotient<Gpt>('sequence', product<Gpt>(6, 'hidden')),
      quotient<Gpt>('vocab', product<Gpt>(12, 'layers', 'hidden')),
    ),
  ),
  symbols: symbols(...gpt),
  source: { key: 'korthikanti2022', where: 'equation 7' },
};

/** Narayanan's equation 3: hardware FLOPs per token under full recomputation; equals `megatronHardwareFlops`. */
export const megatronFullRecomputePerToken: Equation<Gpt> = {
  ...megatronFlopsPerToken,
  id: 'megatron-full-recompute-per-token',
  result: 'hardwareFlopsPerToken',
  symbol: 'H_1',
  meaning: 'FLOPs executed for one token of a GPT under full recomputation',
  expr: product<Gpt>(
    flop(96),
    'layers',
    power<Gpt>('hidden', 2),
    sum<Gpt>(
      1,
      quotient<Gpt>('sequence', product<Gpt>(6, 'hidden')),
      quotient<Gpt>('vocab', product<Gpt>(16, 'layers', 'hidden')),
    ),
  ),
  source: { key: 'narayanan2021', where: 'equation 3' },
};
