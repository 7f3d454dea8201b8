import { nodes } from '#catalog/nodes.ts';
import type { ChoiceField, Field } from './field-types.ts';
import { one } from './options.ts';
import { remember } from './remember.ts';
import type { FieldKey } from './values.ts';

/** GPUs of the largest NVLink domain. */
const MOST = Math.max(...nodes.map(({ nvlinkDomain }) => nvlinkDomain));

/** The GPUs of the chosen server by number; those of the largest where none is chosen yet. */
function gpuOptions(): ChoiceField['options'] {
  return remember(['vNode'], ({ vNode }) => {
    const node = nodes.find(({ id }) => id === vNode);
    const count = node ? Math.max(node.nvlinkDomain, node.gpusPerNode) : MOST;
    const options = Array.from({ length: count }, (_, i) => ({ value: String(i), label: `GPU ${i}` }));
    return [{ label: 'GPU', options }];
  });
}

/** The inputs of questions about the inside of a node: which one, which GPUs, which collective. */
export const nodeFields = {
  vNode: {
    kind: 'choice',
    label: 'Server',
    help: 'A server as sold, or a rack that NVLink joins. Its links, switches and NICs are in the catalogue with their sources.',
    url: 'vn',
    options: remember([], () => {
      const years = [...new Set(nodes.map(({ year }) => year))];
      return years.map((year) => ({
        label: String(year),
        options: nodes
          .filter((node) => node.year === year)
          .map(({ id, short }) => ({ value: id, label: short })),
      }));
    }),
  },
  vFrom: {
    kind: 'choice',
    label: 'From',
    help: 'One of the GPUs, in NVIDIA’s numbering.',
    url: 'va',
    options: gpuOptions(),
  },
  vTo: {
    kind: 'choice',
    label: 'To',
    help: 'Another GPU of the same server. Or choose it in the drawing.',
    url: 'vb',
    options: gpuOptions(),
  },
  vOp: {
    kind: 'choice',
    label: 'Collective',
    help: 'What the GPUs do together. Bytes are counted as nccl-tests count them: the whole buffer.',
    url: 'vo',
    options: one('Collective', {
      'all-reduce': 'all-reduce',
      'all-gather': 'all-gather',
      'reduce-scatter': 'reduce-scatter',
      'all-to-all': 'all-to-all',
      broadcast: 'broadcast',
      'send-receive': 'send and receive',
    }),
  },
  vBytes: {
    kind: 'number',
    label: 'Message',
    symbol: 'S',
    unit: 'B',
    as: 'binary',
    min: 1,
    max: 2 ** 40,
    why: 'between one byte and a tebibyte',
    slider: [2 ** 10, 2 ** 34],
    snap: 'power2',
    scale: 'log',
    integer: true,
    help: 'Size of the buffer that is reduced, gathered or sent.',
    url: 'vs',
  },
  vRanks: {
    kind: 'number',
    label: 'GPUs in the group',
    symbol: 'p',
    unit: 'GPU',
    min: 2,
    max: 65_536,
    why: 'between two and 65,536: one GPU has nobody to talk to',
    slider: [2, 1024],
    snap: 'power2',
    scale: 'log',
    integer: true,
    help: 'Ranks that take part in the collective.',
    url: 'vr',
  },
  vPlace: {
    kind: 'choice',
    label: 'Placed',
    help: 'Next to each other, so that servers fill up, or one GPU of each server.',
    url: 'vp',
    options: one('Placed', { packed: 'side by side', spread: 'one GPU a server' }),
  },
} as const satisfies Partial<{ readonly [K in FieldKey]: Field }>;
