import { failed, ok, type Outcome } from '../issues.ts';
import { fullSpec, specIssues } from './check-fabric.ts';
import { evenSpread } from './even.ts';
import { leafPorts, leavesFor, mostLeaves, mostNodes, type LeafPorts } from './leaves.ts';
import type { Fabric, FabricSpec, FullSpec } from './types.ts';

/** One plane's switches above the leaves, and the links of one spine upwards. */
interface Upper {
  readonly spines: number;
  readonly cores: number;
  readonly pods: number;
  readonly spineCore: number;
}

/** Spines that take the leaves' uplinks with all of their ports. */
const twoLevels = (leaves: number, up: number, radix: number): Upper => ({
  spines: evenSpread(up, (leaves * up) / radix),
  cores: 0,
  pods: 1,
  spineCore: 0,
});

/**
 * Pods of at most radix/2 leaves, whose spines keep half of their ports for the cores. Spine j of every pod meets the
 * same group of cores.
 */
function threeLevels(leaves: number, up: number, radix: number): Upper {
  const half = Math.floor(radix / 2);
  const pods = Math.ceil(leaves / half);
  const perPod = evenSpread(up, (Math.ceil(leaves / pods) * up) / half);
  const group = evenSpread(half, (pods * half) / radix);
  return { spines: pods * perPod, cores: perPod * group, pods, spineCore: pods * perPod * half };
}

/** The fewest levels that hold the nodes, or the wanted number of them; null where they do not fit. */
function levelsFor(spec: FullSpec, leaves: number): 1 | 2 | 3 | null {
  const { nodes, portsPerNode, extraPorts, radix, levels } = spec;
  const fits = (count: 1 | 2 | 3): boolean =>
    count === 1 ? nodes * portsPerNode + extraPorts <= radix : leaves <= mostLeaves(radix, count);
  if (levels !== 'fewest') return fits(levels) ? levels : null;
  return ([1, 2, 3] as const).find(fits) ?? null;
}

function tooMany(spec: FullSpec, { down }: LeafPorts): Outcome<never> {
  const { radix, portsPerNode, extraPorts, levels } = spec;
  const deepest = levels === 'fewest' ? 3 : levels;
  const limit =
    deepest === 1
      ? Math.max(0, Math.floor((radix - extraPorts) / portsPerNode))
      : mostNodes(spec, down, mostLeaves(radix, deepest));
  const where = ['', 'One switch', 'Two levels of switches', 'Three levels of switches'][deepest];
  const hold = deepest === 1 ? 'holds' : 'hold';
  const message = `${where} of ${radix} ports ${hold} at most ${limit} such nodes, not ${spec.nodes}.`;
  return failed({ code: 'too-large', path: 'nodes', message, limit });
}

/**
 * Switches, cables and bisection of a fat tree between nodes, with leaves by rail or by node.
 *
 * A leaf splits its ports between nodes and spines; uplinks of a leaf are all cabled and spread evenly over the spines;
 * past two levels, leaves form pods whose spines share cores. Only leaves may be oversubscribed.
 * @param given of unknown origin; never throws
 * @returns counts over all planes; or every Issue that makes the fabric impossible, with the most nodes it could hold
 * @source Al-Fares 2008, section 3 (k-ary fat tree); equal to NVIDIA's SuperPOD tables for H100, B200 and B300
 */
export function fabric(given: FabricSpec): Outcome<Fabric> {
  const spec = fullSpec(given);
  const issues = specIssues(spec);
  if (issues.length > 0) return failed(...issues);
  const { nodes, portsPerNode, radix, portBandwidth, planes, extraPorts, linksPerCable } = spec;
  const split = leafPorts(spec);
  const treeLeaves = leavesFor(spec, nodes, split.down);
  const levels = levelsFor(spec, treeLeaves);
  if (levels === null) return tooMany(spec, split);
  const single = levels === 1;
  const leaves = single ? 1 : treeLeaves;
  const { down, up } = single ? { down: radix, up: 0 } : split;
  const upper: Upper = single
    ? { spines: 0, cores: 0, pods: 1, spineCore: 0 }
    : levels === 2
      ? twoLevels(leaves, up, radix)
      : threeLevels(leaves, up, radix);
  const ports = nodes * portsPerNode;
  const crossing = single ? ports : Math.min(ports, leaves * up);
  const cables = (links: number): number => Math.ceil((planes * links) / linksPerCable);
  const toNodes = cables(ports + extraPorts);
  const leafSpine = cables(leaves * up);
  const spineCore = cables(upper.spineCore);
  const mostOfAll = single
    ? Math.floor((radix - extraPorts) / portsPerNode)
    : mostNodes(spec, down, mostLeaves(radix, levels));
  return ok({
    levels,
    ports: planes * ports,
    nics: cables(ports),
    leaves: planes * leaves,
    spines: planes * upper.spines,
    cores: planes * upper.cores,
    switches: planes * (leaves + upper.spines + upper.cores),
    cables: { toNodes, leafSpine, spineCore, total: toNodes + leafSpine + spineCore },
    leafDown: down,
    leafUp: up,
    pods: upper.pods,
    bisection: (planes * crossing * portBandwidth) / 2,
    bisectionShare: crossing / ports,
    farthest: 2 * levels - 1,
    mostNodes: mostOfAll,
  });
}
