import { checkModel } from '../check-model.ts';
import { checkNumber } from '../check-number.ts';
import { hfu, mfu } from '../efficiency.ts';
import { hardwareFlops } from '../flops/hardware-flops.ts';
import { modelFlops } from '../flops/model-flops.ts';
import { eightNd, sixNd } from '../flops/six-nd.ts';
import { failed, ok, type Issue, type Outcome } from '../issues.ts';
import type { Model, Recompute } from '../types.ts';
import type { FlopPerSecond, Seconds } from '../units.ts';
import { TRAINING_LIMITS } from './limits.ts';

/** What a log says: tokens per second, or the seconds of a step and its batch. */
export interface MeasuredRun {
  /** N of 6ND. */
  readonly parameters: number;
  readonly shape?: Model | null;
  /** Tokens in a sequence; needed for a step's tokens, the shape's own context unless said. */
  readonly sequence?: number | null;
  /** Dense peak of one GPU in the format used, FLOP/s. */
  readonly peak: FlopPerSecond;
  readonly gpus: number;
  /** Tokens that all GPUs together take in a second. When absent, `stepTime` and `globalBatch` are used. */
  readonly tokensPerSecond?: number | null;
  readonly stepTime?: Seconds | null;
  /** Sequences in one optimizer step, all GPUs together. */
  readonly globalBatch?: number | null;
  readonly recompute?: Recompute;
}

/** The same measurement by every count that can be made of it. Null: needs a shape that is not known. */
export interface MeasuredEfficiency {
  readonly tokensPerSecond: number;
  readonly tokensPerSecondPerGpu: number;
  /** Model FLOPs utilisation. */
  readonly mfu: {
    readonly sixNd: number;
    readonly exact: number | null;
    readonly exactCausal: number | null;
  };
  /** Hardware FLOPs utilisation under the recompute mode. `rule` is 6N or 8N; null for selective recomputation. */
  readonly hfu: {
    readonly rule: number | null;
    readonly exact: number | null;
    readonly exactCausal: number | null;
  };
  /** Model FLOP/s of one GPU by the fullest count with attention in full; what most logs print as TFLOP/s. */
  readonly modelRatePerGpu: FlopPerSecond;
  readonly notes: readonly Issue[];
}

const RECOMPUTE: readonly unknown[] = ['none', 'selective', 'full'];

function check(run: MeasuredRun): Issue[] {
  const { parameters, peak, gpus, sequence, tokensPerSecond } = TRAINING_RATES;
  const direct = run.tokensPerSecond !== undefined && run.tokensPerSecond !== null;
  const length = run.sequence ?? run.shape?.sequence;
  const issues = [
    checkNumber('parameters', run.parameters, parameters),
    checkNumber('peak', run.peak, peak),
    checkNumber('gpus', run.gpus, gpus),
    ...(direct
      ? [checkNumber('tokensPerSecond', run.tokensPerSecond, tokensPerSecond)]
      : [
          checkNumber('stepTime', run.stepTime, TRAINING_RATES.stepTime),
          checkNumber('globalBatch', run.globalBatch, TRAINING_RATES.globalBatch),
        ]),
    ...(direct && length === undefined ? [] : [checkNumber('sequence', length, sequence)]),
  ].filter((issue) => issue !== null);
  const shape = run.shape ? checkModel(run.shape).map((i) => ({ ...i, path: `shape.${i.path}` })) : [];
  const mode: Issue[] = RECOMPUTE.includes(run.recompute ?? 'none')
    ? []
    : [{ code: 'unknown-choice', path: 'recompute', message: 'recompute must be none, selective or full.' }];
  return [...issues, ...shape, ...mode];
}

const TRAINING_RATES = {
  ...TRAINING_LIMITS,
  tokensPerSecond: { min: 1e-9, max: 1e18 },
  stepTime: { min: 1e-9, max: 1e9 },
  globalBatch: { min: 1, max: 1e12, integer: true },
} as const;

function measure(run: MeasuredRun): MeasuredEfficiency {
  const { parameters, peak, gpus } = run;
  const recompute = run.recompute ?? 'none';
  const sequence = run.sequence ?? run.shape?.sequence ?? 0;
  const stepTokens = (run.globalBatch ?? 0) * sequence;
  const tokensPerSecond = run.tokensPerSecond ?? stepTokens / (run.stepTime ?? 1);
  const throughput = { tokensPerSecond, peak, gpus };
  const shape = run.shape ? { ...run.shape, sequence } : null;
  const model = (modelFlopsPerToken: number): number => mfu({ modelFlopsPerToken, ...throughput });
  const hardware = (hardwareFlopsPerToken: number): number => hfu({ hardwareFlopsPerToken, ...throughput });
  const rule = { none: sixNd(parameters, 1), selective: null, full: eightNd(parameters, 1) }[recompute];
  const exact = shape && modelFlops(shape).total;
  const perGpu = tokensPerSecond / gpus;
  return {
    tokensPerSecond,
    tokensPerSecondPerGpu: perGpu,
    mfu: {
      sixNd: model(sixNd(parameters, 1)),
      exact: exact === null ? null : model(exact),
      exactCausal: shape && model(modelFlops(shape, { causal: true }).total),
    },
    hfu: {
      rule: rule === null ? null : hardware(rule),
      exact: shape && hardware(hardwareFlops(shape, { recompute }).total),
      exactCausal: shape && hardware(hardwareFlops(shape, { recompute, causal: true }).total),
    },
    modelRatePerGpu: perGpu * (exact ?? sixNd(parameters, 1)),
    notes: shape
      ? []
      : [{ code: 'shape-unknown', path: 'model', message: 'No shape is known: only 6ND can be counted.' }],
  };
}

/**
 * Turns a throughput from a log into MFU and HFU, by every count.
 * @returns the efficiencies, or Issues: among them `out-of-reach` when the smallest count is above the dense peak, which
 *   means a wrong unit, a wrong peak or tokens per GPU taken for all
 * @source Chowdhery 2022, section 4.1 and appendix B
 */
export function measuredEfficiency(run: MeasuredRun): Outcome<MeasuredEfficiency> {
  const issues = check(run);
  if (issues.length > 0) return failed(...issues);
  const value = measure(run);
  const least = Math.min(value.mfu.sixNd, value.mfu.exactCausal ?? Infinity);
  if (least <= 1) return ok(value);
  const path =
    run.tokensPerSecond === undefined || run.tokensPerSecond === null ? 'stepTime' : 'tokensPerSecond';
  return failed({
    code: 'out-of-reach',
    path,
    message: `That is ${least.toPrecision(3)} times the dense peak: check the unit, the number of GPUs and the format.`,
    limit: 1,
  });
}
