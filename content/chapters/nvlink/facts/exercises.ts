import { busFactor, modelFlops } from '#estimator';
import { assumed, published } from '../published.ts';
import { linkRate, node, nvlink, plain, rate, ratio, seconds, times, topology, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const overNic = (id: string): number => nvlink(id) / node(id).networkBandwidth;

/** The activations that one all-reduce of tensor parallelism joins: one sequence, two bytes a value. */
function message({ model }: Scenario): number {
  if (!model.shape) throw new Error('The nvlink chapter needs a preset whose model has a shape.');
  return model.shape.sequence * model.shape.hidden * 2;
}
const layersPerStage = ({ model }: Scenario): number => (model.shape?.layers ?? Number.NaN) / assumed.stages;
/** Two all-reduces forward and two backward in every layer. */
const reduces = (s: Scenario): number => 4 * layersPerStage(s);
const wireTime = (s: Scenario, id: string): number =>
  (reduces(s) * busFactor('all-reduce', assumed.tensorParallel) * message(s)) /
  (assumed.wireShare * nvlink(id));
/** Matrix work of a stage's layers on one micro-batch of one sequence, at peak, on one of its GPUs. */
function computeTime(s: Scenario): number {
  if (!s.model.shape) throw new Error('The nvlink chapter needs a preset whose model has a shape.');
  const { layers, logits } = {
    layers: s.model.shape.layers,
    logits: 6 * s.model.shape.vocab * s.model.shape.hidden,
  };
  const perLayer = (modelFlops(s.model.shape).total - logits) / layers;
  return (layersPerStage(s) * perLayer * s.model.shape.sequence) / assumed.tensorParallel / s.execution.peak;
}
const needed = (bandwidth: number): number => published.h100BookPeak.value / bandwidth;

export const exerciseFacts = {
  nicA100: () => rate(node('dgx-a100').networkBandwidth),
  nicRatioA100: () => times(overNic('dgx-a100'), 2),
  nicRatioA800: () => times(overNic('hgx-a800'), 2),
  nicRatioH100: () => times(overNic('dgx-h100'), 2),
  nicRatioH800: () => times(overNic('hgx-h800'), 2),
  nicRatioB200: () => times(overNic('dgx-b200'), 2),
  message: (s) => plain(message(s), 'B'),
  wireA100: (s) => seconds(wireTime(s, 'dgx-a100')),
  wireA800: (s) => seconds(wireTime(s, 'hgx-a800')),
  compute: (s) => seconds(computeTime(s)),
  shareA100: (s) => plain(wireTime(s, 'dgx-a100') / computeTime(s), 'ratio', 2),
  shareA800: (s) => plain(wireTime(s, 'hgx-a800') / computeTime(s), 'ratio', 2),
  overNic: (s) => seconds((wireTime(s, 'dgx-a100') * nvlink('dgx-a100')) / node('dgx-a100').networkBandwidth),
  bisectionPerGpu1: () => rate(topology('dgx-1-v100').bisection / 4),
  bisectionPerGpu2: () => rate(topology('dgx-2').bisection / 8),
  portsUsed: () => plain(8 + 8, 'count'),
  portsFree: () => plain(published.ports1.value - 16, 'count'),
  trunk: () => rate(8 * linkRate('dgx-2')),
  tokensBook: () => plain(needed(published.h800Book.value), 'count'),
  tokensRight: () => plain(needed(nvlink('hgx-h800')), 'count'),
  tokensAchieved: () => plain(Math.round(needed(published.h800Achieved.value) / 10) * 10, 'count'),
  h800Share: () => ratio(published.h800Achieved.value / nvlink('hgx-h800')),
} satisfies Record<string, Fact>;
