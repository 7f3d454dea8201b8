import { constant, product, quotient, type Equation, type Expr } from '../expr/expr.ts';
import type { TrainingUnknown } from '../solve/types.ts';
import { SYMBOLS, type SymbolName } from './symbols.ts';

/** How a run's FLOPs are written: 6ND, or F₁D with the FLOPs of one token from a fuller count. */
export type TrainingWork = '6nd' | 'per-token';

interface Variant {
  readonly unknown: TrainingUnknown;
  /** 6ND unless said. A fuller count cannot be solved for the parameters: there is no shape yet. */
  readonly work?: TrainingWork;
  readonly goodput?: boolean;
}

type Name = Extract<
  SymbolName,
  'parameters' | 'tokens' | 'flopsPerToken' | 'gpus' | 'peak' | 'efficiency' | 'goodput' | 'time'
>;

const six = constant(6, 'FLOP/parameter/token');

const join = (factors: readonly (Name | Expr<Name>)[]): Expr<Name> => product<Name>(...factors);

/**
 * The training-time equation, T = F / (n P e), solved for any of its quantities, with or without goodput.
 * Its symbols have the names of `solveTraining`'s fields; its value equals `solveTraining`'s.
 */
export function trainingEquation({ unknown, work = '6nd', goodput = false }: Variant): Equation<Name> {
  const perToken = work === 'per-token' && unknown !== 'parameters';
  const workNames: Name[] = perToken ? ['flopsPerToken', 'tokens'] : ['parameters', 'tokens'];
  const machineNames: Name[] = goodput
    ? ['time', 'gpus', 'peak', 'efficiency', 'goodput']
    : ['time', 'gpus', 'peak', 'efficiency'];
  const others = (names: Name[]): Name[] => names.filter((name) => name !== unknown);
  const workFactors = [...(perToken ? [] : [six]), ...others(workNames)];
  const asksForWork = (workNames as string[]).includes(unknown);
  const machine = join(others(machineNames));
  const names: Name[] = [...others(workNames), ...others(machineNames)];
  return {
    id: `${unknown}-${perToken ? 'per-token' : '6nd'}${goodput ? '-goodput' : ''}`,
    result: unknown,
    symbol: SYMBOLS[unknown].tex,
    unit: SYMBOLS[unknown].unit,
    meaning: SYMBOLS[unknown].meaning,
    expr: asksForWork ? quotient(machine, join(workFactors)) : quotient(join(workFactors), machine),
    symbols: Object.fromEntries(names.map((name) => [name, SYMBOLS[name]])) as Equation<Name>['symbols'],
    source: { key: 'narayanan2021', where: 'equation 4' },
  };
}

/** Every variant there is. */
export const trainingEquations: readonly Equation<Name>[] = (
  ['time', 'gpus', 'efficiency', 'tokens', 'parameters'] as const
).flatMap((unknown) =>
  [false, true].flatMap((goodput) =>
    (unknown === 'parameters' ? (['6nd'] as const) : (['6nd', 'per-token'] as const)).map((work) =>
      trainingEquation({ unknown, work, goodput }),
    ),
  ),
);
