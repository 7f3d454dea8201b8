import { expect, test } from 'vitest';
import type { GpuRecord } from '#catalog';
import { frameworkOfRun } from '#validation/framework-of-run.ts';
import { Filled } from '#validation/filled.ts';
import { gpuNamed } from '#validation/gpu-of-run.ts';
import { readMeasuredRun } from '#validation/measured-run.ts';
import { networkBandwidthOf, networkLatencyOf } from '#validation/network-of-run.ts';
import { catalog, row, scenarioOf } from './row.ts';

test.each([
  ['A100-40GB', 'a100-sxm4-40gb'],
  ['NVIDIA A100-SXM4-40GB', 'a100-sxm4-40gb'],
  ['A100-80GB-SXM', 'a100-sxm4-80gb'],
  ['A100', 'a100-sxm4-80gb'],
  ['Ampere', 'a100-sxm4-80gb'],
  ['A100 PCIe 80GB', 'a100-pcie-80gb'],
  ['A800-80GB', 'a800-sxm4-80gb'],
  ['H100-80GB-SXM', 'h100-sxm5-80gb'],
  ['NVIDIA H100 80GB HBM3', 'h100-sxm5-80gb'],
  ['H100 PCIe', 'h100-pcie-80gb'],
  ['H100 NVL', 'h100-nvl-94gb'],
  ['H800', 'h800-sxm5-80gb'],
  ['H20', 'h20-sxm5-96gb'],
  ['H20-96GB', 'h20-sxm5-96gb'],
  ['H200-141GB-SXM', 'h200-sxm5-141gb'],
  ['GH200-96GB', 'h100-sxm5-80gb'],
  ['B200', 'b200-sxm-180gb'],
  ['GB200', 'gb200-nvl72-186gb'],
  ['GB200 NVL72', 'gb200-nvl72-186gb'],
  ['B300', 'b300-sxm-270gb'],
  ['GB300', 'gb300-nvl72-279gb'],
  ['V100-32GB-SXM', 'v100-sxm2-32gb'],
  ['Tesla V100-SXM2-16GB', 'v100-sxm2-16gb'],
  ['MI300X', null],
])('%s is the GPU %s', (name, id) => {
  expect(gpuNamed(name, catalog.gpus)?.id ?? null).toBe(id);
});

test('a variant keeps the chip and changes what differs', () => {
  const full = gpuNamed('H100-80GB-SXM', catalog.gpus) as GpuRecord;
  const slow = gpuNamed('H100-96GB-SXM (HBM2e, 500W)', catalog.gpus) as GpuRecord;
  expect(slow.peak).toEqual(full.peak);
  expect([slow.power, slow.memoryBandwidth, slow.memory > full.memory]).toEqual([500, 2.4e12, true]);
});

test.each([
  ['8x HDR 200 Gb/s InfiniBand per node', 'A100', 25e9],
  ['8x NDR 400 Gb/s InfiniBand', 'H100', 50e9],
  ['400 Gb/s InfiniBand per GPU (Eos)', 'H100', 50e9],
  ['1600 Gb/s RoCE per node', 'A100', 25e9],
  ['2 Tb/s RoCE per node', 'H100', 31.25e9],
  ['4 Omni-Path links per node (Jean Zay)', 'A100', 6.25e9],
  ['A3 GPUDirect-TCPX 4x200 Gb/s', 'H100', 12.5e9],
  ['4x HDR InfiniBand', 'A100', 12.5e9],
  ['AWS EFA', 'H100-80GB-SXM', 50e9],
  ['AWS EFA', 'A100-80GB-SXM', 6.25e9],
  ['Slingshot', 'GH200', 25e9],
  [
    'Storage: 2x ConnectX-7 IB NDR 400Gb/s, Compute: 8x ConnectX-7 IB NDR 400Gb/s, Management: 100Gb/s Ethernet NIC',
    'H100',
    50e9,
  ],
  ['1x Ethernet 100Gb/Sec, 8x NVIDIA Quantum-2 CX7 InfiniBand (400Gb/s)', 'H100', 50e9],
  ['8x ConnectX-7 IB NDR 400Gb/s + 200Gb/s Ethernet NIC', 'H100', 50e9],
  ['RoCE RDMA (bandwidth not given)', 'A100', null],
  ['ROCE2; Data bandwidth for GPU-PCIe: 504 GB/s; PCIe-NIC: 500 GB/s', 'H100', null],
  ['', 'A100', null],
])('"%s" of a server of eight %s gives a GPU %s bytes/s', (text, gpu, bandwidth) => {
  expect(networkBandwidthOf(text, 8, gpu)).toBe(bandwidth);
});

test('a step over EFA takes longer, by the generation of Amazon’s machines; over other networks nothing is added', () => {
  const latency = (gpu: string) => networkLatencyOf('AWS EFA', gpu);
  expect(['V100', 'A100-80GB-SXM', 'H100', 'H200', 'B200'].map(latency)).toEqual([
    150e-6, 75e-6, 75e-6, 35e-6, 35e-6,
  ]);
  expect(networkLatencyOf('8x NDR InfiniBand', 'H100')).toBeUndefined();
  const cluster = (interNode: string) =>
    scenarioOf({ hardware: { gpu: 'H100', interNode } }).scenario.cluster;
  expect(cluster('AWS EFA').networkLatency).toBe(75e-6);
  expect(cluster('400 Gb/s InfiniBand per GPU')).not.toHaveProperty('networkLatency');
});

test('NVLink reaches 72 GPUs in a rack, a server behind NVSwitch, and nothing from a card', () => {
  const domain = (hardware: Readonly<Record<string, unknown>>) =>
    scenarioOf({ hardware }).scenario.cluster.nvlinkDomain;
  expect(domain({ gpu: 'GB200', gpusPerNode: 4 })).toBe(72);
  expect(domain({ gpu: 'H100-80GB-SXM' })).toBe(8);
  expect(domain({ gpu: 'H100 PCIe' })).toBe(1);
  expect(domain({ gpu: 'A100', intraNode: 'PCIe Gen4' })).toBe(1);
});

test.each([
  ['Megatron-LM', 2021, 'megatron-2021'],
  ['Megatron-LM v1.0', 2019, 'megatron-2021'],
  ['Megatron-LM', 2022, 'megatron-2022'],
  ['Megatron-LM', 2024, 'megatron-core'],
  ['Megatron-LM / Megatron-Core 0.8', 2024, 'megatron-core'],
  ['Megatron-DeepSpeed', 2022, 'deepspeed'],
  ['Aleph Alpha Scaling (Megatron-like), kernel: fused', 2023, 'deepspeed'],
  ['GPT-NeoX (Megatron + DeepSpeed)', 2022, 'deepspeed'],
  ['Megatron-Bridge / Megatron-Core (NeMo 25.09 container)', 2025, 'megatron-core'],
  ['NeMo 24.07', 2024, 'megatron-core'],
  ['NeMo / Megatron-Core (MLPerf v3.0)', 2023, 'megatron-core'],
  ['MegaScale', 2024, 'megatron-core'],
  ['llm-foundry / Composer / PyTorch FSDP', 2023, 'fsdp'],
  ['torchtitan FSDP2 compile', 2024, 'fsdp'],
  ['fms-fsdp', 2024, 'fsdp'],
  ['PaxML (JAX) + Transformer Engine - DGXC recipes v24.11.1', 2024, 'fsdp'],
  ['MaxText (JAX) - DGXC recipes v25.02', 2025, 'fsdp'],
  ['JAX-Toolbox T5X', 2023, 'fsdp'],
  ['DeepSpeed ZeRO-3', 2021, 'deepspeed'],
  ['InternEvo', 2024, 'megatron-core'],
  ['nanotron', 2025, 'nanotron'],
])('%s of %i follows the rules of %s', (framework, year, family) => {
  const run = readMeasuredRun(row({ source: { year }, execution: { framework } }));
  expect(frameworkOfRun(run, new Filled())).toBe(family);
});

test('InternEvo that shards gradients is one of the DeepSpeed family', () => {
  const run = readMeasuredRun(row({ execution: { framework: 'InternEvo', zeroStage: 2 } }));
  expect(frameworkOfRun(run, new Filled())).toBe('deepspeed');
});

test('a framework without a name is judged by its year, and the row says so', () => {
  const filled = new Filled();
  const run = readMeasuredRun(row({ source: { year: 2022 }, execution: { framework: 'in-house' } }));
  expect(frameworkOfRun(run, filled)).toBe('megatron-2022');
  expect(filled.rules).toEqual([
    'framework: megatron-2022, the rules of 2022; "in-house" is not a framework known here',
  ]);
});
