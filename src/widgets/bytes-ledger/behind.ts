import { equations, LEDGER_ROWS } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** Each source once, with every place in it that a row was read in. */
function placesOf(): Behind['sources'] {
  const places = new Map<string, Set<string>>();
  for (const { key, where } of LEDGER_ROWS.flatMap(({ sources }) => sources))
    places.set(key, (places.get(key) ?? new Set()).add(where));
  return [...places].map(([key, where]) => ({ key, where: [...where].join('; ') }));
}

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.ledger, equations.ledgerTrained],
  assumptions: [
    'State only: activations, the layer that FSDP and ZeRO-3 gather, and reduction buckets come on top.',
    'A GPU holds the parameters divided by tensor and pipeline parallelism; replicas are the GPUs that are left.',
    'Adam. Each byte was counted in the code or paper named at its row.',
    'A copy that lives only during the update is counted, because it is there when everything else of the state is.',
    'With LoRA the frozen weights count as all parameters, and the trained share comes on top of them.',
  ],
  sources: placesOf(),
};
