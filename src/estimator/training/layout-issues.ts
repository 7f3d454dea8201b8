/** Which degrees go together. Each rule says what it looks at, so that a planner can ask it once for many plans. */
import type { Issue } from '../issues.ts';
import type { Model } from '../types.ts';
import { nearestDivisors, nearestMultiples } from './nearest.ts';
import type { Parallelism, TrainingScenario } from './types.ts';

const inconsistent = (path: string, limit: number, message: string): Issue => ({
  code: 'inconsistent',
  path,
  message,
  limit,
});

/** `value` of `path` must divide each of the named counts. */
function mustDivide(path: string, value: number, whole: number, of: string, most = Infinity): Issue[] {
  if (whole % value === 0) return [];
  const legal = nearestDivisors(whole, value, most);
  return [
    inconsistent(
      path,
      legal[0] ?? 1,
      `${path} must divide the ${whole} ${of} evenly: ${legal.join(' or ')}, not ${value}.`,
    ),
  ];
}

/** Layouts that do not divide evenly, which a framework allows because it balances stages by itself. */
const UNEVEN: ReadonlySet<TrainingScenario['framework']> = new Set([
  'megatron-core',
  'fsdp',
  'deepspeed',
  'nanotron',
]);

/** The layers on the stages of the pipeline and their chunks. */
export function stageIssues({
  model,
  parallelism,
  framework,
  schedule,
}: Pick<TrainingScenario, 'model' | 'framework' | 'schedule'> & {
  readonly parallelism: Pick<Parallelism, 'pipelineParallel' | 'virtualPipeline'>;
}): Issue[] {
  const { pipelineParallel, virtualPipeline } = parallelism;
  const { layers } = model;
  const slots = pipelineParallel * virtualPipeline;
  if (pipelineParallel === 1 && virtualPipeline > 1)
    return [
      inconsistent('virtualPipeline', 1, 'Chunks interleave pipeline stages: with one stage there is 1.'),
    ];
  if (virtualPipeline > 1 && schedule !== 'interleaved')
    return [
      inconsistent(
        'virtualPipeline',
        1,
        `The ${schedule} schedule has 1 chunk a stage; several need the interleaved one.`,
      ),
    ];
  if (schedule === 'dualpipe' && pipelineParallel % 2 === 1 && pipelineParallel > 1)
    return [
      inconsistent(
        'pipelineParallel',
        pipelineParallel + 1,
        'DualPipe folds the pipeline: it needs an even number of stages.',
      ),
    ];
  // Llama 3's 126 layers on 16 stages: embedding and logits take a layer's place at either end, or one of them does.
  const even = [0, 1, 2].some((ends) => (layers + ends) % slots === 0);
  if (even) return [];
  if (slots > layers) {
    const path = pipelineParallel > layers ? 'pipelineParallel' : 'virtualPipeline';
    const limit = path === 'pipelineParallel' ? layers : Math.floor(layers / pipelineParallel);
    return [
      inconsistent(
        path,
        limit,
        `${layers} layers fill at most ${layers} chunks of stages: ${path} can be ${limit} at most.`,
      ),
    ];
  }
  if (UNEVEN.has(framework)) return [];
  return mustDivide(
    'pipelineParallel',
    pipelineParallel,
    layers,
    `layers${virtualPipeline > 1 ? ` in ${virtualPipeline} chunks` : ''}`,
    layers,
  );
}

/** The model's widths and its sequence between tensor- and context-parallel ranks. */
export function tensorIssues(
  model: Model,
  parallelism: Pick<Parallelism, 'tensorParallel' | 'contextParallel' | 'sequenceParallel'>,
): Issue[] {
  const { tensorParallel, contextParallel, sequenceParallel } = parallelism;
  const { heads, kvHeads, ffn, sequence, mla } = model;
  const issues = mustDivide('tensorParallel', tensorParallel, heads, 'attention heads');
  if (issues.length > 0) return issues;
  if (!mla && kvHeads % tensorParallel !== 0 && tensorParallel % kvHeads !== 0)
    issues.push(...mustDivide('tensorParallel', tensorParallel, kvHeads, 'heads of keys and values'));
  if (ffn > 0) issues.push(...mustDivide('tensorParallel', tensorParallel, ffn, 'rows of the MLP'));
  issues.push(...mustDivide('contextParallel', contextParallel, sequence, 'tokens of a sequence'));
  if (sequenceParallel && issues.length === 0)
    issues.push(
      ...mustDivide(
        'tensorParallel',
        tensorParallel,
        sequence / contextParallel,
        "tokens of a rank's sequence",
      ),
    );
  return issues;
}

/** GPUs and the ways they are split, without data parallelism. */
export function splitIssues(gpus: number, ways: number): Issue[] {
  if (gpus % ways === 0) return [];
  const legal = nearestMultiples(ways, gpus);
  return [
    inconsistent(
      'gpus',
      legal[0] ?? ways,
      `gpus must be a multiple of tensor x pipeline x context parallelism (${ways}): ${legal.join(' or ')}, not ${gpus}.`,
    ),
  ];
}

/** Experts between the ranks of a stage. */
export function expertIssues(
  { moe }: Model,
  { expertParallel, expertTensorParallel }: Pick<Parallelism, 'expertParallel' | 'expertTensorParallel'>,
  ranks: number,
): Issue[] {
  if (!moe) {
    return expertParallel * expertTensorParallel === 1
      ? []
      : [
          inconsistent(
            expertParallel > 1 ? 'expertParallel' : 'expertTensorParallel',
            1,
            'A model without experts has none to split: both degrees are 1.',
          ),
        ];
  }
  const issues = [
    ...mustDivide('expertParallel', expertParallel, moe.experts, 'experts'),
    ...mustDivide('expertTensorParallel', expertTensorParallel, moe.expertFfn, 'rows of an expert'),
  ];
  if (issues.length > 0) return issues;
  return mustDivide(
    'expertParallel',
    expertParallel,
    ranks / expertTensorParallel,
    'ranks of a stage (data x context x tensor / expertTensorParallel)',
  );
}

/** The batch between data-parallel ranks. */
export function batchIssues(globalBatch: number, microBatch: number, data: number): Issue[] {
  const slice = data * microBatch;
  if (globalBatch % slice === 0) return [];
  const legal = nearestMultiples(slice, globalBatch);
  return [
    inconsistent(
      'globalBatch',
      legal[0] ?? slice,
      `globalBatch must be a multiple of ${data} data-parallel ranks x ${microBatch} sequences: ${legal.join(' or ')}, not ${globalBatch}.`,
    ),
  ];
}
