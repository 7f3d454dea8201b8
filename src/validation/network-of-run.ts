/** What the wires between servers give one GPU, read from a source's own words. Bytes/s, one direction. */

const BITS = { g: 1e9, t: 1e12 } as const;
const BYTE = 8;

/** Rates that are a product's name: InfiniBand generations and others, bits/s of one port. */
const PORTS: readonly (readonly [RegExp, number])[] = [
  [/\bXDR\b|ConnectX-8|\bCX-?8\b/i, 800e9],
  [/\bNDR\b|ConnectX-7|\bCX-?7\b|Quantum-2/i, 400e9],
  [/\bHDR\b|ConnectX-6|\bCX-?6\b|Slingshot/i, 200e9],
  [/\bEDR\b|ConnectX-5|Omni-?Path/i, 100e9],
  [/\bFDR\b/i, 56e9],
];

/** Wires for files and for logging in carry no gradients. */
const OTHER_WIRES =
  /storage|management|ethernet nic|blue-?field|\bDPU\b|^\s*\+?\s*\d*x? ?\d* ?G?b?\/?s? ?ethernet/i;

function segmentOf(text: string): string {
  const parts = text.split(/[,;+]/).map((part) => part.trim());
  return (
    parts.find((part) => /compute/i.test(part)) ??
    parts.find((part) => /\d/.test(part) && !OTHER_WIRES.test(part)) ??
    text
  );
}

/** Bits/s of one port or of what the rate is said of. */
function rateOf(part: string): number | null {
  const printed = /(\d+(?:\.\d+)?)\s*(G|T)b(?:it)?(?:\/s|ps|\/sec)?/i.exec(
    part.replace(/\d+(?:\.\d+)?\s*GB\/s/g, ''),
  );
  const unit = printed?.[2]?.toLowerCase();
  if (printed && (unit === 'g' || unit === 't')) return Number(printed[1]) * BITS[unit];
  return PORTS.find(([name]) => name.test(part))?.[1] ?? null;
}

/** Amazon's machines by their GPU: p4d has 4 x 100 Gb/s for eight A100, p5 32 x 100 Gb/s for eight H100. */
const efa = (gpu: string): number => (/a100/i.test(gpu) ? 400e9 : /v100/i.test(gpu) ? 100e9 : 3200e9);

/**
 * What the plugin that joins NCCL to EFA tells it about a step, by the GPU of Amazon's machines: p3dn, p4d and p5, and
 * 35 us from p5en on (aws-ofi-nccl, src/platform-aws.cpp, platform_data_map; NCCL adds it to its own, tuning.cc).
 * @returns seconds, or undefined where the network is none of Amazon's
 */
export function networkLatencyOf(text: string, gpu: string): number | undefined {
  if (!/\bEFA\b/i.test(text)) return undefined;
  if (/v100/i.test(gpu)) return 150e-6;
  return /a100|h100/i.test(gpu) ? 75e-6 : 35e-6;
}

/**
 * Reads texts such as "8x HDR 200 Gb/s InfiniBand per node", "400 Gb/s InfiniBand per GPU", "2 Tb/s RoCE per node",
 * "AWS EFA", "4 Omni-Path links per node".
 * @returns bytes/s of one GPU in one direction, or null when the text does not say
 */
export function networkBandwidthOf(text: string, gpusPerNode: number, gpu: string): number | null {
  if (/\bEFA\b/i.test(text)) return efa(gpu) / BYTE / gpusPerNode;
  const part = segmentOf(text);
  const rate = rateOf(part);
  if (rate === null) return null;
  if (/per (gpu|accelerator|device)/i.test(text)) return rate / BYTE;
  if (/slingshot/i.test(text)) return rate / BYTE;
  const ports =
    /(\d+)\s*[x×]\s/i.exec(part) ??
    /\b(\d+)x/i.exec(part) ??
    /(\d+) [A-Za-z-]+ (?:links|NICs|ports)/i.exec(part);
  if (/per (node|server|host)/i.test(text) && !ports) return rate / BYTE / gpusPerNode;
  return (rate * Number(ports?.[1] ?? 1)) / BYTE / gpusPerNode;
}

/** What the usual server of that GPU has per GPU: DGX-1 and -2, DGX A100, DGX H100, HGX B300 and NVL72 (datasheets). */
const USUAL: readonly (readonly [RegExp, number])[] = [
  [/t4|p100/i, 3.125e9],
  [/v100/i, 12.5e9],
  [/pcie|nvl-94/i, 12.5e9],
  [/a100|a800/i, 25e9],
  [/b300/i, 100e9],
];

/** Bytes/s of one GPU in one direction in the usual server of that GPU; 400 Gb/s from Hopper on. */
export const usualNetwork = (gpuId: string): number => USUAL.find(([id]) => id.test(gpuId))?.[1] ?? 50e9;
