import type { Cost, ModelTensors, PartKind } from '#estimator';

/** What the areas stand for. */
export type Measure = 'parameters' | 'forward' | 'training' | 'activations' | 'cache';

/** What a cost is under a measure: parameters, FLOP or bytes. */
export const measureOf = (cost: Cost, measure: Measure): number =>
  measure === 'training' ? cost.forward + cost.backward : cost[measure];

/** One rectangle: a kind of layer, a part of it, or a tensor. */
export interface IcicleNode {
  /** `dense/mlp/up`: the same in every model that has it. */
  readonly id: string;
  readonly name: string;
  readonly kind: PartKind | 'group';
  /** Column: 0 for kinds of layers, 1 for parts, 2 for tensors. */
  readonly level: 0 | 1 | 2;
  /** Place from the top and height, shares of the whole. */
  readonly top: number;
  readonly share: number;
  readonly value: number;
  readonly cost: Cost;
}

/**
 * The rectangles of a model: three columns, each of the whole height, every node beside what it is part of. What has
 * nothing of the measure has no rectangle.
 */
export function icicle({ groups, ...whole }: ModelTensors, measure: Measure): readonly IcicleNode[] {
  const total = measureOf(whole, measure);
  const nodes: IcicleNode[] = [];
  let top = 0;
  const add = (node: Pick<IcicleNode, 'id' | 'name' | 'kind' | 'level'>, cost: Cost, at: number): number => {
    const value = measureOf(cost, measure);
    const share = total > 0 ? value / total : 0;
    if (value > 0) nodes.push({ ...node, top: at, share, value, cost });
    return share;
  };
  for (const group of groups) {
    let partTop = top;
    top += add({ id: group.id, name: group.name, kind: 'group', level: 0 }, group, top);
    for (const part of group.parts) {
      const id = `${group.id}/${part.id}`;
      let tensorTop = partTop;
      partTop += add({ id, name: part.name, kind: part.kind, level: 1 }, part, partTop);
      for (const one of part.tensors) {
        const node = { id: `${id}/${one.id}`, name: one.name, kind: part.kind, level: 2 } as const;
        tensorTop += add(node, one, tensorTop);
      }
    }
  }
  return nodes;
}

/** The neighbour of a node in a direction: above and below in its column, or what it is part of, or its first part. */
export function neighbour(nodes: readonly IcicleNode[], id: string, key: string): string {
  const node = nodes.find((one) => one.id === id) ?? nodes[0];
  if (!node) return id;
  const column = nodes.filter(({ level }) => level === node.level);
  const at = column.indexOf(node);
  const found = {
    ArrowDown: column[at + 1],
    ArrowUp: column[at - 1],
    ArrowLeft: nodes.find((one) => one.level === node.level - 1 && id.startsWith(`${one.id}/`)),
    ArrowRight: nodes.find((one) => one.level === node.level + 1 && one.id.startsWith(`${id}/`)),
  }[key];
  return (found ?? node).id;
}
