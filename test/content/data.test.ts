import { expect, test } from 'vitest';
import { checkModel, countParameters, modelFlops, type Gpu, type Model } from '#estimator';
import { gpus as clientGpus, models as clientModels } from '#catalog';
import { keys } from '#catalog/bibliography.ts';
import { designs, infiniband, switches } from '#catalog/fabrics.ts';
import {
  readFabrics,
  readGpus,
  readInfiniband,
  readMeasured,
  readModels,
  readNodes,
  readRuns,
  readSwitches,
} from '#catalog/node.ts';
import { clusterOf, nodeById, nodes as clientNodes } from '#catalog/nodes.ts';
import { factsOf, stripSources } from '#catalog/values.ts';

const gpus = readGpus();
const models = readModels();
const nodes = readNodes();
const measured = readMeasured();
const network = { fabrics: readFabrics(), switches: readSwitches(), infiniband: readInfiniband() };
const shapeOf = (model: (typeof models)[number]): Model => stripSources(model.shape) as Model;

const allFacts = [...gpus, ...models, ...nodes, ...Object.values(network).flat()].flatMap((record) =>
  factsOf(record, record.id),
);
const near = (a: number, b: number, share: number): boolean => Math.abs(a / b - 1) <= share;

test('every fact names sources that the bibliography has, and where in them', () => {
  const known = new Set(keys());
  const unknown = allFacts.flatMap(([path, { source }]) =>
    [source]
      .flat()
      .filter((key) => key !== 'derived' && !known.has(key))
      .map((key) => `${path}: ${key}`),
  );
  expect(unknown).toEqual([]);
  expect(allFacts.length).toBeGreaterThan(1500);
});

test('every run names a source that the bibliography has', () => {
  const known = new Set(keys());
  expect(
    [...new Set(readRuns().map(({ source }) => source.reference))].filter((key) => !known.has(key)),
  ).toEqual([]);
});

test('arithmetic of our own is shown', () => {
  const silent = allFacts.filter(
    ([, { source, where }]) => source === 'derived' && !/\d|half|quarter/.test(where),
  );
  expect(silent.map(([path]) => path)).toEqual([]);
});

test('ids are unique and are the names of their files', () => {
  const ids = [...gpus, ...models, ...nodes, ...Object.values(network).flat()].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the door to the browser has every record', () => {
  expect(clientGpus.map(({ id }) => id).sort()).toEqual(gpus.map(({ id }) => id).sort());
  expect(clientModels.map(({ id }) => id).sort()).toEqual(models.map(({ id }) => id).sort());
  expect(clientNodes.map(({ id }) => id).sort()).toEqual(nodes.map(({ id }) => id).sort());
  expect(clientGpus.every((gpu: Gpu) => gpu.memory > 0 && Object.keys(gpu.peak).length > 1)).toBe(true);
});

// Peak = SMs x FLOP a clock and SM x clock. Multiply-adds of a Tensor Core SM by generation, FP16; of ordinary cores, FP32.
const TENSOR_FLOP_PER_CLOCK: Readonly<Record<number, number>> = { 1: 1024, 2: 1024, 3: 2048, 4: 4096 };

test.for(gpus.map((gpu) => [gpu.id, gpu] as const))('%s: peaks follow from SMs and clock', ([id, gpu]) => {
  const { sms, clock, tensorClock, tensorCoreGeneration, peak, vector } = gpu;
  // The H20 is held below what its SMs and clock would give; Blackwell's clock under load is not published.
  if (id === 'h20-sxm5-96gb' || tensorCoreGeneration?.value === 5) return;
  const tensor = TENSOR_FLOP_PER_CLOCK[tensorCoreGeneration?.value ?? 0];
  if (tensor && peak.fp16 && id !== 'h800-sxm5-80gb' && id !== 'h100-nvl-94gb') {
    const rate = sms.value * tensor * (tensorClock ?? clock).value;
    expect(near(rate, peak.fp16.value, 0.005), `${rate} against ${peak.fp16.value}`).toBe(true);
  }
  const perClock = { Hopper: 256, Kepler: 384 }[gpu.architecture.value] ?? 128;
  if (vector.fp32) {
    const rate = sms.value * perClock * clock.value;
    expect(near(rate, vector.fp32.value, 0.01), `${rate} against ${vector.fp32.value}`).toBe(true);
  }
});

test.for(gpus.map((gpu) => [gpu.id, gpu] as const))('%s: rates fit each other', ([, gpu]) => {
  const { peak, vector, memory, memorySold, nvlinkBandwidth, nvlinkLinks, nvlinkGeneration } = gpu;
  if (peak.bf16) expect(peak.bf16.value).toBe(peak.fp16?.value);
  // Rubin's preliminary figures have 4.4 times the 16-bit rate in FP8, and say so.
  const narrow = gpu.preliminary ? 4.375 : 2;
  if (peak.fp8 && peak.fp16) expect(near(peak.fp8.value, narrow * peak.fp16.value, 0.001)).toBe(true);
  if (peak.tf32 && peak.fp16) expect(near(peak.tf32.value, peak.fp16.value / 2, 0.03)).toBe(true);
  if (peak.fp64 && vector.fp64) expect(peak.fp64.value).toBeGreaterThanOrEqual(vector.fp64.value);
  // What is sold as 80 GB is 80 GiB or a little less.
  expect(memory.value).toBeGreaterThan(memorySold.value * 0.99);
  expect(memory.value).toBeLessThan(memorySold.value * 1.075);
  const perLink = { 1: 20e9, 2: 25e9, 3: 25e9, 4: 25e9, 5: 50e9, 6: 50e9 }[nvlinkGeneration?.value ?? 0];
  expect(nvlinkBandwidth.value).toBe((nvlinkLinks?.value ?? 0) * (perLink ?? 0));
});

test('figures that their maker calls preliminary are confirmed by nobody', () => {
  const early = gpus.filter(({ preliminary }) => preliminary);
  expect(early.map(({ id }) => id)).toEqual(['rubin-nvl72-288gb']);
  for (const { peak, memoryBandwidth, nvlinkBandwidth, power, clock, notes } of early) {
    for (const fact of [...Object.values(peak), memoryBandwidth, nvlinkBandwidth, power, clock])
      expect(fact?.confirmed).toBe(false);
    expect(notes.join(' ')).toMatch(/preliminary/);
  }
});

const gpuOf = (id: string) => gpus.find((gpu) => gpu.id === id);
const PCIE_LINE_RATE: Readonly<Record<number, number>> = { 3: 16e9, 4: 32e9, 5: 64e9, 6: 128e9 };

test.for(nodes.map((node) => [node.id, node] as const))('%s: a server that fits its GPU', ([, node]) => {
  const gpu = gpuOf(node.gpu.value);
  expect(gpu, node.gpu.value).toBeDefined();
  expect(node.pcieBandwidth.value).toBe(PCIE_LINE_RATE[gpu!.pcieGeneration.value]);
  // A fabric is whole servers, or part of one.
  const [small, large] = [node.gpusPerNode.value, node.nvlinkDomain.value].sort((a, b) => a - b);
  expect(large! % small!).toBe(0);
  if (node.nvlinkDomain.value > 1) expect(gpu!.nvlinkBandwidth.value).toBeGreaterThan(0);
  expect(gpu!.year.value).toBeLessThanOrEqual(node.year.value);
  // NICs are slower than the GPU's own links, and come in hundreds of Gb/s a server.
  expect(node.networkBandwidth.value).toBeLessThanOrEqual(node.pcieBandwidth.value);
  expect(((node.networkBandwidth.value * 8 * node.gpusPerNode.value) / 1e9) % 100).toBe(0);
});

test('a cluster is a server, so many times', () => {
  const cluster = clusterOf(nodeById('aws-p4d'), 64);
  expect(cluster).toMatchObject({ gpus: 64, gpusPerNode: 8, nvlinkDomain: 8, networkBandwidth: 6.25e9 });
  expect(cluster.gpu.id).toBe('a100-sxm4-40gb');
});

test('the door to the browser has every fabric, switch and generation of InfiniBand', () => {
  const ids = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id).sort();
  expect(ids(designs)).toEqual(ids(network.fabrics));
  expect(ids(switches)).toEqual(ids(network.switches));
  expect(ids(infiniband)).toEqual(ids(network.infiniband));
});

test.for(network.fabrics.map((design) => [design.id, design] as const))(
  '%s: a reference design that fits its server and its switch',
  ([, design]) => {
    const { server, planes, portsPerNode, portBandwidth, radix, table } = design;
    const node = nodes.find(({ id }) => id === server.value)!;
    const box = network.switches.find(({ id }) => id === design.switch.value)!;
    const perNode = planes.value * portsPerNode.value * portBandwidth.value;
    expect(perNode / node.gpusPerNode.value).toBe(node.networkBandwidth.value);
    expect(radix.value * portBandwidth.value).toBe(box.ports.value * box.portBandwidth.value);
    // The last row of B300 on XDR prints another count of GPUs; the record says so.
    const misprinted = table.value.filter((row) => row.gpus !== row.nodes * node.gpusPerNode.value);
    expect(misprinted.map(({ gpus }) => gpus)).toEqual(design.id.endsWith('xdr') ? [9216] : []);
  },
);

test.for(network.infiniband.map((generation) => [generation.id, generation] as const))(
  '%s: data fits into its lanes',
  ([, { lanes, laneRate, portBandwidth, encoding }]) => {
    const signalled = lanes.value * laneRate.value;
    const share = encoding?.value === '8b/10b' ? 0.8 : encoding ? 64 / 66 : 1;
    expect(portBandwidth.value).toBeLessThanOrEqual(signalled * share * 1.0001);
    expect(portBandwidth.value).toBeGreaterThan(signalled * share * 0.96);
  },
);

test('every measured collective names a GPU, a source, and is slower than light', () => {
  const known = new Set(keys());
  for (const { source, bytes, curves } of measured) {
    expect(known.has(source), source).toBe(true);
    for (const { gpu, seconds } of curves) {
      const line = gpuOf(gpu)!.nvlinkBandwidth.value;
      // Between two GPUs half of an all-gather stays at home, and in the switch nothing is sent twice.
      expect(seconds.every((time, i) => time > bytes[i]! / 2 / line)).toBe(true);
    }
  }
  expect(
    measured.flatMap(({ bytes, curves }) => curves.map(() => bytes.length)).reduce((a, b) => a + b),
  ).toBe(1596);
});

test.for(models.map((model) => [model.id, model] as const))(
  '%s: a shape that the estimator accepts',
  ([, model]) => {
    expect(checkModel(shapeOf(model))).toEqual([]);
  },
);

test.for(models.flatMap((model) => (model.published ? [[model.id, model, model.published] as const] : [])))(
  '%s: the parameters counted are those published',
  ([, model, { value, rounding }]) => {
    const { total } = countParameters(shapeOf(model));
    expect(Math.abs(total / value - 1), `${total} against ${value}`).toBeLessThanOrEqual(rounding);
  },
);

test('half of the models have a count published to the last parameter', () => {
  expect(models.filter(({ published }) => published?.rounding === 0).length).toBeGreaterThanOrEqual(33);
});

test.for(models.flatMap((model) => (model.active ? [[model.id, model, model.active.value] as const] : [])))(
  '%s: active parameters are about those printed',
  ([, model, active]) => {
    // Printed to two digits, with or without the embeddings.
    expect(near(countParameters(shapeOf(model)).active, active, 0.13)).toBe(true);
  },
);

test('GPT-3 175B takes 1.0764 TFLOP a token, which NVIDIA’s tables imply (932 TFLOP/s at 866 tokens/s)', () => {
  const gpt3 = models.find(({ id }) => id === 'gpt3-175b')!;
  const flops = modelFlops(shapeOf(gpt3)).total;
  expect(near(flops, 1.0764e12, 1e-4)).toBe(true);
  expect(near(flops, 932e12 / 866, 5e-4)).toBe(true);
});
