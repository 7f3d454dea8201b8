import { gpuById } from '#catalog';
import { infiniband } from '#catalog/fabrics.ts';
import { nodeById } from '#catalog/nodes.ts';
import { published } from '../published.ts';
import { plain, rate, ratio, seconds, times, type Fact } from './shared.ts';

/** NVLink of one GPU over its share of the NICs, both in one direction. */
export function linkRatio(server: string): number {
  const node = nodeById(server);
  return gpuById(node.gpu).nvlinkBandwidth / node.networkBandwidth;
}

const port = (id: string): number => {
  const found = infiniband.find((generation) => generation.id === id);
  if (!found) throw new Error(`The catalogue has no InfiniBand "${id}".`);
  return found.portBandwidth;
};

const nics = (server: string): number => {
  const node = nodeById(server);
  return node.networkBandwidth * node.gpusPerNode;
};

export const linkFacts = {
  hdrPort: () => rate(port('hdr')),
  ndrPort: () => rate(port('ndr')),
  qdrToXdr: () => times(port('xdr') / port('qdr')),
  nvlinkA800: () => rate(gpuById('a800-sxm4-80gb').nvlinkBandwidth),
  ratioA100: () => times(linkRatio('dgx-a100')),
  ratioA800: () => times(linkRatio('hgx-a800')),
  ratioH100: () => times(linkRatio('dgx-h100')),
  ratioH800: () => times(linkRatio('hgx-h800')),
  ratioB200: () => times(linkRatio('dgx-b200')),
  ratioB300: () => times(linkRatio('dgx-b300')),
  nodeNics: () => rate(nics('dgx-a100')),
  reduceShare: () => ratio(published.reduceA100.value / nics('dgx-a100')),
  sharpGain: () => ratio(published.sharpH100.value / published.reduceH100.value - 1),
  allToAllSlower: () => times(published.reduceA100.value / published.allToAllA100.value),
  fiveSwitches: () => seconds(5 * published.switchLatency.value),
  misprint: () => plain(published.misprint.value, 'GPU'),
} satisfies Record<string, Fact>;
