import { useState } from 'react';
import { Legend } from '#charts';
import { formatQuantity, type Quantity } from '#format';
import { island } from '../frame/Cell.tsx';
import type { ResultProps } from '../frame/types.ts';
import { Icicle, PART_COLORS } from './Icicle.tsx';
import type { IcicleNode } from './icicle.ts';
import { modelDissectorSpec } from './spec.ts';
import type { Dissected, DissectorView } from './view.ts';

const NAMES: readonly (readonly [IcicleNode['kind'], string])[] = [
  ['table', 'tables, logits'],
  ['attention', 'attention projections'],
  ['scores', 'attention scores'],
  ['mlp', 'MLP'],
  ['experts', 'experts'],
  ['norms', 'norms'],
];

const show = (quantity: Quantity): string => formatQuantity({ digits: 4, ...quantity });

/** What the chosen node is in one model, number by number; the same lines whatever is chosen. */
function factsOf(node: IcicleNode | undefined): string[] {
  if (!node) return ['–', '–', '–', '–', '–', '–'];
  const { cost } = node;
  return [
    show({ value: node.share, unit: 'ratio', digits: 3 }),
    show({ value: cost.parameters, unit: 'size' }),
    show({ value: cost.forward, unit: 'FLOP' }),
    show({ value: cost.backward, unit: 'FLOP' }),
    show({ value: cost.activations, unit: 'B' }),
    show({ value: cost.cache, unit: 'B' }),
  ];
}
const LABELS = ['share of the area', 'parameters', 'forward', 'backward', 'kept in training', 'KV cache'];

/** A node that the model does not have under this measure still has its numbers, where the model has it at all. */
function held({ nodes, tensors }: Dissected, id: string): IcicleNode | undefined {
  const drawn = nodes.find((node) => node.id === id);
  if (drawn) return drawn;
  const [groupId, partId, tensorId] = id.split('/');
  const group = tensors.groups.find((one) => one.id === groupId);
  const part = group?.parts.find((one) => one.id === partId);
  const cost = tensorId ? part?.tensors.find((one) => one.id === tensorId) : partId ? part : group;
  return cost && { id, name: cost.name, kind: 'group', level: 0, top: 0, share: 0, value: 0, cost };
}

/** The same part of the other kind of layers: experts stand where the MLP does. */
const twin = (id: string): string =>
  id.startsWith('moe')
    ? id.replace('moe', 'dense').replace('/experts', '/mlp')
    : id.replace('dense', 'moe').replace('/mlp', '/experts');

/** Where a model has layers of the other kind only, those. */
const found = (model: Dissected, id: string): IcicleNode | undefined =>
  held(model, id) ?? held(model, twin(id));

function Result({ view, id }: ResultProps<DissectorView>) {
  const [picked, setPicked] = useState<string | null>(null);
  const { models, measure } = view;
  const [first] = models;
  const largest = first?.nodes
    .filter(({ level }) => level === 1)
    .reduce<IcicleNode | undefined>((a, b) => (a && a.share >= b.share ? a : b), undefined);
  const chosen = picked ?? largest?.id ?? '';
  const nodes = models.map((model) => found(model, chosen));
  const name = nodes.find(Boolean)?.name ?? 'nothing of this model';
  const kinds = new Set(models.flatMap((model) => model.nodes.map(({ kind }) => kind)));
  return (
    <>
      <Legend
        entries={NAMES.filter(([kind]) => kinds.has(kind)).map(([kind, label]) => ({
          label,
          color: PART_COLORS[kind],
        }))}
      />
      <div className="icicles">
        {models.map((model, i) => (
          <div key={i} className="icicle-model">
            <p className="icicle-name">
              <b>{model.name}</b> {model.amount}
            </p>
            <Icicle
              id={`${id}-${i}`}
              label={`${model.name}, ${model.amount}: layers, parts, tensors. Arrow keys move.`}
              nodes={model.nodes}
              measure={measure}
              chosen={chosen}
              onChoose={setPicked}
            />
          </div>
        ))}
      </div>
      <table className="data-table icicle-facts">
        <caption>
          <b>{name}</b>, press another or use the arrow keys
        </caption>
        <thead>
          <tr>
            <th scope="col">FLOP and bytes of a token</th>
            {models.map((model, i) => (
              <th key={i} scope="col" data-number>
                {model.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LABELS.map((label, row) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {nodes.map((node, i) => (
                <td key={i} data-number>
                  {factsOf(node)[row]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="cell-caution cell-note">{view.note}</p>
    </>
  );
}

export default island(modelDissectorSpec, Result);
