import {
  BUCKET_PER_RANK,
  CUDA_CONTEXT,
  FRAGMENTATION,
  FRAMEWORK_RULES,
  LEAST_BUCKET,
  NCCL_GROUP,
  STEP,
} from '#estimator';
import { significant } from '#format';
import { KNOWN, RUNS, seconds, share, text, type Constant } from './format.ts';

const mebibytes = (value: number): string => `${significant(value / 2 ** 20, 4)} MiB`;

export const step: readonly Constant[] = [
  { name: 'Memory bandwidth that streaming kernels reach', value: share(STEP.streamingShare), source: RUNS },
  { name: 'Hidden communication that is paid all the same', value: share(STEP.contention), source: RUNS },
  { name: 'Covering work that a collective can use', value: share(STEP.coverShare), source: KNOWN },
  { name: 'From one small kernel to the next', value: seconds(STEP.kernelGap), source: KNOWN },
  { name: 'Host work between steps', value: seconds(STEP.hostSeconds), source: RUNS },
  { name: 'Issuing the backward pass over the forward', value: share(STEP.issueBackward), source: KNOWN },
  {
    name: 'Bytes a parameter that Adam moves',
    value: text(STEP.adamBytes, 'count'),
    source: 'its reads and writes, counted',
  },
  {
    name: 'Wait of a layer of experts for the host to read their counts, forward',
    value: seconds(STEP.routingWait),
    source: RUNS,
  },
  {
    name: 'Bytes an element to cast an operand, forward and backward',
    value: `${STEP.castForward} and ${STEP.castBackward}`,
    source: 'Transformer Engine, cast_transpose and its fusions',
  },
  {
    name: 'Forward pass that selective policies of FSDP and XLA run again',
    value: share(STEP.selectiveShare),
    source: RUNS,
  },
];

const HABIT = 'habit of the framework, set by hand';
export const frameworks: readonly Constant[] = [
  ...Object.entries(FRAMEWORK_RULES).flatMap(([family, { issueLayer, issueByTensor, lossBytes }]) => [
    {
      name: `${family}: host time to issue a layer’s forward pass`,
      value: seconds(issueLayer),
      source: HABIT,
    },
    { name: `${family}: bytes a logit that the loss moves`, value: text(lossBytes, 'count'), source: HABIT },
    ...(issueByTensor > 0
      ? [
          {
            name: `${family}: growth of the host’s time with each tensor-parallel rank, in pipelines`,
            value: share(issueByTensor),
            source: 'seen in its published sweep; why is not known to us',
          },
        ]
      : []),
  ]),
  {
    name: 'Parameters in a bucket of Megatron Core, at least and for each replica',
    value: `${text(LEAST_BUCKET, 'count')} and ${text(BUCKET_PER_RANK, 'count')}`,
    source: 'Megatron Core, distributed_data_parallel.py',
  },
];

export const memory: readonly Constant[] = [
  {
    name: 'A process before its first tensor',
    value: mebibytes(CUDA_CONTEXT),
    source: 'BigScience, tr11-176B chronicles: nvidia-smi on an A100',
  },
  {
    name: 'NCCL, for a group of ranks',
    value: mebibytes(NCCL_GROUP),
    source: 'NVIDIA/nccl, issues 864 and 1685',
  },
  {
    name: 'What comes and goes in a step and the allocator cannot hand out',
    value: share(FRAGMENTATION),
    source: 'our own allowance, stated by no source',
  },
];
