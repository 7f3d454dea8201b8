import { TERA } from '#estimator';
import { formatQuantity, short, significant, whole, type Quantity } from '#format';
import type { Fact, GpuRecord } from '#catalog/schema.ts';

/** The formats of a record's rates, wide to narrow, as they are written. */
export const FORMATS = [
  ['fp64', 'FP64'],
  ['fp32', 'FP32'],
  ['tf32', 'TF32'],
  ['fp16', 'FP16'],
  ['bf16', 'BF16'],
  ['fp8', 'FP8'],
  ['fp6', 'FP6'],
  ['fp4', 'FP4'],
  ['int8', 'INT8'],
] as const;

/** One line of a record: a label and its fact as text. */
export interface Line {
  readonly label: string;
  readonly fact: Fact<unknown>;
  readonly text: string;
}

const quantity = (fact: Fact, unit: Quantity['unit'], rest: Omit<Quantity, 'value' | 'unit'> = {}): string =>
  formatQuantity({ value: fact.value, unit, ...rest });

/** A rate in TFLOP/s, as tables print it: `312`, `1,979`. */
export const inTera = (rate: number): string => significant(rate / TERA, 4);

/** Memory, links, power and die of a GPU, in reading order; what a record lacks is left out. */
export function gpuLines(gpu: GpuRecord): readonly Line[] {
  const line = <T extends Fact<unknown>>(
    label: string,
    fact: T | undefined,
    show: (fact: T) => string,
  ): Line[] => (fact ? [{ label, fact, text: show(fact) }] : []);
  return [
    ...line('Memory a program sees', gpu.memory, (f) => quantity(f, 'B', { as: 'GiB' })),
    ...line('Sold as', gpu.memorySold, (f) => `${quantity(f, 'B', { as: 'GB' })} ${gpu.memoryType.value}`),
    ...line('Memory bandwidth', gpu.memoryBandwidth, (f) => quantity(f, 'B/s', { digits: 4 })),
    ...line('NVLink, one direction', gpu.nvlinkBandwidth, (f) => (f.value ? quantity(f, 'B/s') : 'none')),
    ...line('NVLink generation', gpu.nvlinkGeneration, (f) => whole(f.value)),
    ...line('NVLinks', gpu.nvlinkLinks, (f) => whole(f.value)),
    ...line('PCIe generation', gpu.pcieGeneration, (f) => whole(f.value)),
    ...line('Power limit', gpu.power, (f) => quantity(f, 'W', { digits: 4 })),
    ...line('2:4 sparsity, on paper', gpu.sparsity, (f) => (f.value === 1 ? 'none' : `${f.value}×`)),
    ...line('The same for FP4', gpu.sparsityByFormat?.fp4, (f) => quantity(f, 'factor')),
    ...line('SMs', gpu.sms, (f) => whole(f.value)),
    ...line('Highest clock', gpu.clock, (f) => quantity(f, 'Hz', { digits: 4 })),
    ...line('Clock of the Tensor peaks', gpu.tensorClock, (f) => quantity(f, 'Hz', { digits: 4 })),
    ...line('L2 cache', gpu.l2, (f) => `${significant(f.value / 2 ** 20, 3)} MiB`),
    ...line('Transistors', gpu.transistors, (f) => short(f.value)),
    ...line('Die', gpu.dieMm2, (f) => `${whole(f.value)} mm²`),
  ];
}

/** A GPU in one row beside the others: rates, memory, bandwidth, ridge point, link, power. */
export function gpuCells({ peak, memory, memoryBandwidth, nvlinkBandwidth, power }: GpuRecord) {
  const cell = (text: string, ...facts: readonly (Fact | undefined)[]) => ({
    text,
    unsure: facts.some((fact) => fact?.confirmed === false),
  });
  const rate = (fact: Fact | undefined) => cell(fact ? inTera(fact.value) : '–', fact);
  return [
    rate(peak.fp16),
    rate(peak.fp8),
    rate(peak.fp4),
    cell(quantity(memory, 'B', { as: 'GiB' }), memory),
    cell(quantity(memoryBandwidth, 'B/s'), memoryBandwidth),
    cell(whole((peak.fp16?.value ?? 0) / memoryBandwidth.value), peak.fp16, memoryBandwidth),
    cell(nvlinkBandwidth.value > 0 ? quantity(nvlinkBandwidth, 'B/s') : '–', nvlinkBandwidth),
    cell(`${whole(power.value)} W`, power),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  architecture: 'Architecture',
  year: 'Year',
  sparsity: 'Sparsity',
  'sparsityByFormat.fp4': 'Sparsity in FP4',
  memory: 'Memory a program sees',
  memorySold: 'Memory as sold',
  memoryType: 'Memory type',
  memoryBandwidth: 'Memory bandwidth',
  nvlinkBandwidth: 'NVLink',
  nvlinkGeneration: 'NVLink generation',
  nvlinkLinks: 'NVLinks',
  pcieGeneration: 'PCIe',
  power: 'Power',
  sms: 'SMs',
  clock: 'Clock',
  tensorClock: 'Tensor clock',
  tensorCoreGeneration: 'Tensor Core generation',
  l2: 'L2 cache',
  chip: 'Chip',
  formFactor: 'Form factor',
  process: 'Process',
  transistors: 'Transistors',
  dieMm2: 'Die',
};

/** The path of a fact in a GPU's record, in the reader's words. */
export function gpuFieldName(path: string): string {
  const [group, format] = path.split('.');
  const name = FORMATS.find(([key]) => key === format)?.[1];
  if (group === 'peak' && name) return `${name} matrix`;
  if (group === 'vector' && name) return `${name} vector`;
  return NAMES[path] ?? path;
}
