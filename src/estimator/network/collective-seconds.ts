import type { Cluster } from '../training/types.ts';
export interface Wires { nv: number; net: number; alphaNv: number; alphaNet: number; domain: number }
export const NET_K = { nv: 0.8, net: 0.8, alphaNv: 3e-6, alphaNet: 8e-6, base: 10e-6 };
export const wiresOf = (c: Cluster): Wires => ({ nv: c.gpu.nvlinkBandwidth > 0 ? c.gpu.nvlinkBandwidth * NET_K.nv : c.pcieBandwidth * 0.5, net: c.networkBandwidth * NET_K.net, alphaNv: NET_K.alphaNv, alphaNet: NET_K.alphaNet, domain: c.nvlinkDomain });
export type CollectiveOp = 'all-reduce' | 'reduce-scatter' | 'all-gather' | 'all-to-all' | 'broadcast' | 'send-receive';
export function collectiveSeconds(op: CollectiveOp, bytes: number, ranks: number, ranksPerDomain: number, w: Wires): number {
  if (ranks <= 1 || bytes <= 0) return 0;
  const inside = Math.min(ranks, ranksPerDomain), nodes = ranks / inside;
  if (op === 'send-receive') return nodes > 1 ? bytes / w.net + w.alphaNet : bytes / w.nv + w.alphaNv;
  if (op === 'all-to-all') {
    const far = (ranks - inside) / ranks, near = (inside - 1) / ranks;
    return Math.max((bytes * far) / w.net, (bytes * near) / w.nv) + NET_K.base + w.alphaNv * 1 + (nodes > 1 ? w.alphaNet : 0);
  }
  const f = op === 'all-reduce' ? 2 : 1;
  const flat = inside > 1 ? (f * bytes * (inside - 1)) / inside / w.nv + f * (inside - 1) * w.alphaNv * 0.5 : 0;
  const across = nodes > 1 ? (f * (bytes / inside) * (nodes - 1)) / nodes / w.net + f * Math.log2(nodes) * w.alphaNet : 0;
  return NET_K.base + (inside > 1 && nodes > 1 ? Math.max(flat, across) + Math.min(flat, across) * 0.3 : flat + across);
}
