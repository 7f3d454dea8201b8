/** Which rule set a run's framework follows. */
import type { FrameworkFamily } from '#estimator';
import type { Filled } from './filled.ts';
import type { MeasuredRun } from './measured-run.ts';

/** First match wins. Frameworks that changed with the years are told apart by the year of the source. */
const NAMES: readonly (readonly [RegExp, FrameworkFamily])[] = [
  [/nanotron/i, 'nanotron'],
  [/\bjax|maxtext|\bpax|t5x/i, 'fsdp'],
  [/megatron.?core|mcore|nemo(?!.?megatron)|megatron.?bridge|mlperf|dgxc|megascale/i, 'megatron-core'],
  [/megatron.?deepspeed|aleph|neox|bigscience/i, 'deepspeed'],
  [/foundry|composer|mosaic|titan|fsdp|\bfms\b|olmo|litgpt|lit-gpt|xformers|flash.?attention/i, 'fsdp'],
  [/deepspeed|zero-?[23]|internevo|internlm|colossal/i, 'deepspeed'],
  [/megatron|nemo/i, 'megatron-core'],
  [/hai-?llm|4d parallel|interleav/i, 'megatron-core'],
];

const byYear = (year: number): FrameworkFamily =>
  year <= 2021 ? 'megatron-2021' : year <= 2023 ? 'megatron-2022' : 'megatron-core';

/** The family of a run's framework; of one that is not named, what the shape of its settings suggests. */
export function frameworkOfRun({ source, execution }: MeasuredRun, filled: Filled): FrameworkFamily {
  const name = execution.framework ?? '';
  const year = source.year ?? 2024;
  const zero = execution.zeroStage ?? 0;
  if (/megatron-?lm/i.test(name) && !/core|bridge/i.test(name)) return byYear(year);
  if (/nemo.?megatron/i.test(name)) return 'megatron-2022';
  const family = NAMES.find(([test]) => test.test(name))?.[1];
  // InternEvo and ColossalAI are DeepSpeed-like when they shard gradients or weights, Megatron-like when they do not.
  if (
    family === 'deepspeed' &&
    zero < 2 &&
    /intern|colossal/i.test(name) &&
    execution.zeroStage !== undefined
  )
    return 'megatron-core';
  return filled.or('framework', family, () =>
    zero >= 3
      ? ['fsdp' as const, 'weights are sharded']
      : [byYear(year), `the rules of ${year}; "${name}" is not a framework known here`],
  );
}
