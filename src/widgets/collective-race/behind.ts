import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.collectiveTime, equations.ringAllReduce, equations.ringLap, equations.wireTime],
  assumptions: [
    'NCCL’s tuner is taken to choose the fastest algorithm. Its real choice follows the same model with other constants.',
    'Bus bandwidth is that of nccl-tests: bytes over time, times the share of the buffer that a ring sends over each wire.',
    'All GPUs start at the same moment, and no other job is on the wires.',
    'Between servers every GPU has its own NIC and the fabric is not oversubscribed.',
    'The drawn steps are those of four GPUs. Two levels are drawn as two servers of two.',
  ],
  sources: [
    { key: 'nvidia-aiconfigurator-data', where: 'nccl_perf, A100 to GB300' },
    { key: 'nvidia-nccl-tests-performance', where: 'bus bandwidth' },
    { key: 'thakur2005', where: 'section 4' },
    { key: 'nvidia-nccl', where: 'src/graph/tuning.cc' },
    { key: 'bekman-ml-engineering', where: 'network, SHARP section' },
    { key: 'nvidia-gtc24-nccl', where: 'bus bandwidth by system' },
  ],
};
