import { placeGroup, type Placement } from '../network/placement.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Model } from '../types.ts';
import { machineOf, type Machine } from './machine.ts';
import { rulesOf, type FrameworkRules } from './rules.ts';

/** All that the time of a layer depends on: not on the number of stages, replicas or micro-batches. */
export interface Scope {
  readonly model: Model;
  readonly machine: Machine;
  readonly rules: FrameworkRules;
  readonly tensorParallel: number;
  readonly contextParallel: number;
  readonly expertParallel: number;
  readonly expertTensorParallel: number;
  readonly sequenceParallel: boolean;
  /** Megatron's GPT trains with dropout behind attention and MLP. */
  readonly dropout: boolean;
  /** One of several pipeline stages. */
  readonly pipelined: boolean;
  /** Tokens of a micro-batch on one GPU, and those of its slice where the sequence is split too. */
  readonly tokens: number;
  readonly sliceTokens: number;
  readonly tensor: Placement;
  readonly context: Placement;
  readonly expert: Placement;
  readonly expertTensor: Placement;
}

/** The scope of a scenario; `machine` is passed in where many scenarios share it. */
export function scopeOf(
  scenario: TrainingScenario,
  machine = machineOf(scenario.cluster, scenario.precision),
): Scope {
  const { model, cluster, parallelism, microBatch, framework } = scenario;
  const { tensorParallel, contextParallel, expertParallel, expertTensorParallel } = parallelism;
  const tokens = (microBatch * model.sequence) / contextParallel;
  return {
    model,
    machine,
    rules: rulesOf(scenario),
    tensorParallel,
    contextParallel,
    expertParallel,
    expertTensorParallel,
    sequenceParallel: parallelism.sequenceParallel,
    dropout: model.norm === 'layernorm' && framework !== 'fsdp' && framework !== 'nanotron',
    pipelined: parallelism.pipelineParallel > 1,
    tokens,
    sliceTokens: parallelism.sequenceParallel ? tokens / tensorParallel : tokens,
    tensor: placeGroup(tensorParallel, 1, cluster),
    context: placeGroup(contextParallel, tensorParallel, cluster),
    expert: placeGroup(expertParallel, expertTensorParallel, cluster),
    expertTensor: placeGroup(expertTensorParallel, 1, cluster),
  };
}
