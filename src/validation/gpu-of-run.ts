/** The GPU that a source names, in whatever words, as a GPU of the catalogue; variants that it lacks are derived. */
import type { Gpu } from '#estimator';
import type { GpuRecord } from '#catalog';

/** A variant of a catalogued GPU: what differs, with the name it gets. */
type Variant = Partial<Pick<Gpu, 'name' | 'memory' | 'memoryBandwidth' | 'power'>>;

interface Rule {
  readonly test: RegExp;
  readonly id: string;
  readonly variant?: Variant;
}

/** First match wins, so that narrower names stand first. */
const RULES: readonly Rule[] = [
  { test: /gb300/i, id: 'gb300-nvl72-279gb' },
  { test: /gb200/i, id: 'gb200-nvl72-186gb' },
  { test: /b300/i, id: 'b300-sxm-270gb' },
  { test: /b200/i, id: 'b200-sxm-180gb' },
  {
    // The Hopper half of a Grace-Hopper module: an H100's chip with 96 GB of HBM3 at 4 TB/s (GH200 datasheet).
    test: /gh200.*14[14]|14[14].*gh200/i,
    id: 'h200-sxm5-141gb',
    variant: { name: 'GH200 144 GB' },
  },
  {
    test: /gh200|grace.?hopper/i,
    id: 'h100-sxm5-80gb',
    variant: { name: 'GH200 96 GB', memory: 95_830 * 2 ** 20, memoryBandwidth: 4e12 },
  },
  { test: /h200/i, id: 'h200-sxm5-141gb' },
  { test: /h800/i, id: 'h800-sxm5-80gb' },
  { test: /h20(?!0)/i, id: 'h20-sxm5-96gb' },
  { test: /h100.*nvl/i, id: 'h100-nvl-94gb' },
  { test: /h100.*pcie/i, id: 'h100-pcie-80gb' },
  {
    // torchtitan docs/performance.md: 96 GB of HBM2e at 2.4 TB/s, limited to 500 W.
    test: /h100.*(hbm2e|500 ?w)/i,
    id: 'h100-sxm5-80gb',
    variant: {
      name: 'H100 96 GB (HBM2e, 500 W)',
      memory: 95_830 * 2 ** 20,
      memoryBandwidth: 2.4e12,
      power: 500,
    },
  },
  {
    test: /h100.*9[456] ?gb|h100.*94\/95/i,
    id: 'h100-sxm5-80gb',
    variant: { name: 'H100 95 GB', memory: 95_830 * 2 ** 20 },
  },
  { test: /h100|hopper/i, id: 'h100-sxm5-80gb' },
  { test: /a800/i, id: 'a800-sxm4-80gb' },
  {
    // The first A100 card: 40 GB, 250 W, no NVSwitch; else as the 80 GB card.
    test: /a100.*40.*pcie|a100.*pcie.*40/i,
    id: 'a100-pcie-80gb',
    variant: { name: 'A100 PCIe 40 GB', memory: 40 * 2 ** 30, memoryBandwidth: 1.555e12, power: 250 },
  },
  { test: /a100.*pcie/i, id: 'a100-pcie-80gb' },
  { test: /a100.*40/i, id: 'a100-sxm4-40gb' },
  { test: /a100|ampere/i, id: 'a100-sxm4-80gb' },
  { test: /v100.*16/i, id: 'v100-sxm2-16gb' },
  { test: /v100|volta/i, id: 'v100-sxm2-32gb' },
  { test: /p100.*pcie/i, id: 'p100-pcie-16gb' },
  { test: /p100/i, id: 'p100-sxm2-16gb' },
  { test: /\bt4\b/i, id: 't4-pcie-16gb' },
];

/** Which GPU that is, or null when the name says nothing known. */
export function gpuNamed(name: string, gpus: readonly GpuRecord[]): GpuRecord | null {
  const rule = RULES.find(({ test }) => test.test(name));
  const record = rule && gpus.find(({ id }) => id === rule.id);
  return record ? { ...record, ...rule.variant } : null;
}
