import { formatsOf } from '../peak.ts';
import { STATE_RECIPES } from '../model-state.ts';
import type { Format, SourceRef } from '../types.ts';
import type { ConventionRun, Toggle, ToggleOption } from './types.ts';

const option = (id: string, label: string, what: string, key: string, where: string): ToggleOption => ({
  id,
  label,
  what,
  source: { key, where },
});

const flops = (known: boolean): Toggle => ({
  id: 'flops',
  label: 'FLOPs counted',
  reference: '6nd',
  options: [
    option(
      '6nd',
      '6ND',
      'Six for each parameter and token; attention scores are left out.',
      'kaplan2020',
      'section 2.1',
    ),
    ...(known
      ? [
          option(
            'exact',
            'exact',
            'Every matrix multiplication, attention between all pairs of tokens.',
            'korthikanti2022',
            'equation 7',
          ),
          option(
            'exact-causal',
            'exact, causal',
            'The same without the pairs that the causal mask throws away.',
            'dao2023',
            'section 4.1',
          ),
        ]
      : []),
    option(
      '8nd',
      '8ND',
      'The forward pass counted twice, as full recomputation runs it: an HFU.',
      'narayanan2021',
      'section 5.1',
    ),
  ],
});

const sparsity: Toggle = {
  id: 'sparsity',
  label: 'Peak on the datasheet',
  reference: 'dense',
  options: [
    option(
      'dense',
      'dense',
      'The rate for ordinary matrices: what training can use.',
      'nvidia-a100-whitepaper-2020',
      'comparison table',
    ),
    option(
      'sparse',
      'with sparsity',
      'The rate for weights of which half are zero, in bold on the datasheet.',
      'nvidia-a100-whitepaper-2020',
      'comparison table',
    ),
  ],
};

const FORMAT_SOURCES: Readonly<Partial<Record<Format, SourceRef>>> = {
  fp8: { key: 'nvidia-h100-whitepaper-2022', where: 'specification table' },
  fp4: { key: 'nvidia-hgx-page', where: 'HGX board table' },
};

/** Formats that runs are measured against: the run's own, then those with another peak. */
function peakFormat({ gpu, format }: ConventionRun): Toggle {
  const offered = formatsOf(gpu);
  const candidates = [format, ...(['bf16', 'fp16', 'fp8', 'fp4'] as const).filter((f) => f !== format)];
  const distinct = candidates.filter(
    (f, i) => offered.includes(f) && candidates.findIndex((g) => gpu.peak[g] === gpu.peak[f]) === i,
  );
  return {
    id: 'peak-format',
    label: 'Peak of which format',
    reference: format,
    options: distinct.map((f) => {
      const name = f.toUpperCase();
      const what =
        f === format
          ? `${name}, the format that the run multiplied in.`
          : `${name}, which this run did not use.`;
      const { key, where } = FORMAT_SOURCES[f] ?? {
        key: 'nvidia-a100-whitepaper-2020',
        where: 'comparison table',
      };
      return option(f, `${name} peak`, what, key, where);
    }),
  };
}

const parameters: Toggle = {
  id: 'parameters',
  label: 'Parameters counted',
  reference: 'nominal',
  options: [
    option('nominal', 'as printed', 'The round number in the model’s name.', 'brown2020', 'Table 2.1'),
    option('exact', 'exact', 'Every tensor counted, embeddings included.', 'narayanan2021', 'equation 2'),
    option(
      'without-embeddings',
      'without embeddings',
      'Without the tables at both ends, as scaling laws count.',
      'kaplan2020',
      'section 2.1',
    ),
  ],
};

const stateBytes: Toggle = {
  id: 'state-bytes',
  label: 'Bytes a parameter',
  reference: 'mixed-18',
  options: STATE_RECIPES.filter((recipe) => recipe.id !== 'fp32-16').map((recipe) => ({
    id: recipe.id,
    label: recipe.id.replace('mixed-', '') + ' bytes',
    what: `${recipe.label}.`,
    source: recipe.source,
  })),
};

const byteUnit: Toggle = {
  id: 'byte-unit',
  label: 'A gigabyte is',
  reference: 'GB',
  options: [
    option(
      'GB',
      'GB, 10⁹ bytes',
      'The decimal unit, as memory and disks are sold.',
      'nvidia-a100-page',
      'specification table',
    ),
    option(
      'GiB',
      'GiB, 2³⁰ bytes',
      'The binary unit, as frameworks divide, often under the name of GB.',
      'nvidia-smi-listings',
      'MiB columns',
    ),
  ],
};

const goodput: Toggle = {
  id: 'goodput',
  label: 'Lost time',
  reference: 'ignored',
  options: [
    option('ignored', 'left out', 'Only the time in which steps are made.', 'korthikanti2022', 'Table 5'),
    option(
      'counted',
      'counted',
      'Failures, checkpoints and restarts too: calendar time.',
      'grattafiori2024',
      'section 3.3.4',
    ),
  ],
};

/**
 * What can be counted differently about a run, with the options that apply to it. Without a shape only the rules of
 * thumb remain; a GPU without sparsity or with one matrix format has no such choice.
 */
export function conventionToggles(run: ConventionRun): Toggle[] {
  const known = Boolean(run.shape);
  return [
    flops(known),
    ...(run.gpu.sparsity > 1 ? [sparsity] : []),
    peakFormat(run),
    ...(known ? [parameters] : []),
    stateBytes,
    byteUnit,
    goodput,
  ].filter((toggle) => toggle.options.length > 1);
}
