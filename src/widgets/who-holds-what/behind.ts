import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.zeroTraffic],
  assumptions: [
    'Each layer is the mean layer of the model, without embedding and logits. Weights and gradients take 2 bytes a parameter, FP32 master weights and Adam’s moments 12. Activations are not drawn.',
    'Every layer is cut into as many shards as there are GPUs, as FSDP cuts it. GPU 1 has the first.',
    'Bytes are those of a ring: of a message, the share that crosses each GPU’s wire. Other algorithms may send as much in fewer steps.',
    'Gradients of a layer are reduced as soon as its backward pass leaves them. ZeRO-1 keeps their room until the update, ZeRO-2 and 3 only the share that the GPU updates.',
    'ZeRO-3 gathers a layer when its turn comes and drops it behind. Frameworks gather the next one ahead, so two may be whole at once.',
    'One micro-batch in a step. With more, ZeRO-3 gathers for each of them, and ZeRO-2 and 3 scatter gradients after each; DDP and ZeRO-1 send at the last.',
  ],
  sources: [
    { key: 'rajbhandari2020', where: 'sections 3.1, 5 and 7' },
    { key: 'zhao2023', where: 'section 3.2' },
    { key: 'nvidia-nccl-tests-performance', where: 'bus bandwidth' },
  ],
};
