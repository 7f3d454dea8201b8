/** FLOP/s and utilisation as the source of a run counts them: predictions are compared in the run's own convention. */
import { countParameters, hardwareFlops, modelFlops, sixNd, type TrainingScenario } from '#estimator';
import { formatOf } from './execution-of-run.ts';

type Counted = Pick<TrainingScenario, 'model' | 'recompute'>;

const HARDWARE =
  /^hardware|hardware FLOPs|^HFU|(incl\.?|including|with) (full[- ])?recompute|recompute presumed/i;
const HALVED = /attention (is )?halved|causal[- ]halved/i;
const NOT_HALVED = /(\bnot|\bnon)[- (]*(causal[- ])?halved/i;
const SIX_N = /equals 6\*?N only|6\*?N[- ]like|attention not counted/i;
/** 6N of all parameters, as PaLM's formula is often read: the embedding table counts as if it were multiplied. */
const WITH_EMBEDDINGS = /N incl(\.|udes|uding) (both|all|\(?tied|the) ?/i;

/** "2.17e16 FLOPs per 8192-token sequence": the source divides by a constant of its own. */
const CONSTANT = /per (\d+)-token sequence/i;

/** One of several constants is marked with the model's size: "4.345e14 (15B) / 1.01e16 (340B)". */
function printedFlopsPerToken(convention: string, billions: number): number | null {
  const tokens = Number(CONSTANT.exec(convention)?.[1]);
  const constants = [...convention.matchAll(/(\d+(?:\.\d+)?e\d+)(?: \((\d+)B\))?/g)].filter(
    ([, , size]) => size === undefined || Math.abs(Number(size) / billions - 1) < 0.2,
  );
  const [first] = constants;
  return tokens && first ? Number(first[1]) / tokens : null;
}

/** Model FLOPs of one token as the source counts them; hardware FLOPs where its figure includes recomputation. */
export function flopsPerTokenBy(convention: string, scenario: Counted, whole = true): number {
  const { model, recompute } = scenario;
  const isModel = /^(INFLATED: )?(BF16 )?model FLOPs/i.test(convention);
  const printed = whole ? printedFlopsPerToken(convention, countParameters(model).total / 1e9) : null;
  if (printed !== null) return printed;
  if (!isModel && HARDWARE.test(convention)) return hardwareFlops(model, { recompute }).total;
  if (SIX_N.test(convention)) return sixNd(countParameters(model).active, 1);
  if (WITH_EMBEDDINGS.test(convention)) {
    const { forward, backward } = modelFlops(model);
    return sixNd(countParameters(model).active, 1) + forward.attentionScores + backward.attentionScores;
  }
  return modelFlops(model, { causal: HALVED.test(convention) && !NOT_HALVED.test(convention) }).total;
}

/** The peak that the source divides by: its format's, or BF16's where only that one's figure (989) is named. */
export function peakBy(convention: string, { cluster, precision }: TrainingScenario): number {
  const { peak } = cluster.gpu;
  const sixteen = peak.bf16 ?? peak.fp16;
  const bf16Only = /\b989/.test(convention) && !/\b1[.,]?979/.test(convention);
  return (bf16Only ? sixteen : peak[formatOf(precision)]) ?? sixteen ?? 0;
}
