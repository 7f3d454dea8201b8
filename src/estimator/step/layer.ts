import { gemmSeconds } from '../kernels/gemm.ts';
import { fusedAttentionSeconds } from '../kernels/attention.ts';
import { collectiveSeconds } from '../network/collective.ts';
import type { Wires } from '../network/wires.ts';
import { joulesPerFlop } from '../kernels/energy.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Format, Gpu, Model } from '../types.ts';
import { STEP } from './constants.ts';
import type { FrameworkRules } from './rules.ts';

/** Seconds of one pass of one micro-batch through one layer on one GPU, by what they go to. */
export interface PassSeconds {
  gemm: number;
  attention: number;
  memoryBound: number;
  tensorParallel: number;
  contextParallel: number;
  expertParallel: number;
  /** Waiting for the host to issue kernels. */
  launch: number;
}

export const zeroPass = (): PassSeconds => ({ gemm: 0, attention: 0, memoryBound: 0, tensorParallel: 0, contextParallel: 0, expertParallel: 0, launch: 0 });
export const passTotal = (p: PassSeconds): number =>
  p.gemm + p.attention + p.memoryBound + p.tensorParallel + p.contextParallel + p.expertParallel + p.launch;
export const addPass = (a: PassSeconds, b: PassSeconds, f = 1): PassSeconds => ({
  gemm: a.gemm + f * b.gemm, attention: a.attention + f * b.attention, memoryBound: a.memoryBound + f * b.memoryBound,
  tensorParallel: a.tensorParallel + f * b.tensorParallel, contextParallel: a.contextParallel + f * b.contextParallel,
  expertParallel: a.expertParallel + f * b.expertParallel, launch: a.launch + f * b.launch });

export interface LayerSeconds { readonly forward: PassSeconds; readonly backward: PassSeconds; /** backward split: what only makes weight gradients */ weightGradient: number; selective: PassSeconds }

const linearFormat = (precision: TrainingScenario['precision'], gpu: Gpu): Format =>
  precision === 'fp32' ? (gpu.peak.tf32 ? 'tf32' : 'fp32') : precision === 'fp8' || precision === 'mxfp8' ? (gpu.peak.fp8 ? 'fp8' : 'bf16') : precision === 'nvfp4' ? (gpu.peak.fp4 ? 'fp4' : 'fp8') : gpu.peak.bf16 ? 'bf16' : 'fp16';

export interface LayerContext {
  readonly scenario: TrainingScenario;
  readonly rules: FrameworkRules;
  readonly wires: Wires;
}

interface Linear { m: number; n: number; k: number }

export function layerSeconds({ scenario, rules, wires }: LayerContext, kind: 'dense' | 'moe'): LayerSeconds {
  const { model, cluster, parallelism: par, precision, microBatch } = scenario;
  const { gpu } = cluster;
  const tp = par.tensorParallel, cp = par.contextParallel;
  const s = model.sequence;
  const T = (microBatch * s) / cp;
  const Tn = par.sequenceParallel ? T / tp : T;
  const h = model.hidden;
  const fmt = linearFormat(precision, gpu);
  const jpf = joulesPerFlop(gpu, fmt);
  const hbm = gpu.memoryBandwidth * STEP.streaming;
  const elem = precision === 'fp32' ? 4 : 2;
  const fwd = zeroPass(), bwd = zeroPass();
  let wgrad = 0;
  let launches = 0;
  const fp8 = fmt === 'fp8' || fmt === 'fp4';
  const linear = ({ m, n, k }: Linear, count = 1): void => {
    fwd.gemm += count * gemmSeconds(m, n, k, fmt, gpu, 1, jpf);
    const dgrad = gemmSeconds(m, k, n, fmt, gpu, 1, jpf);
    const w = gemmSeconds(n, k, m, fmt, gpu, 1, jpf);
    // gradient accumulation in fp32: read and write the buffer
    const acc = (n * k * (rules.accumulateFp32 ? 8 : 4)) / hbm;
    bwd.gemm += count * (dgrad + w);
    bwd.memoryBound += count * acc;
    wgrad += count * (w + acc);
    launches += count;
    if (fp8) {
      // casts: inputs row- and column-wise forward, gradients both ways backward; weights once a micro-batch
      fwd.memoryBound += (count * m * k * STEP.castForward) / hbm;
      bwd.memoryBound += (count * m * n * STEP.castBackward) / hbm;
    }
  };
  // attention block
  const q = model.mla ? model.heads * (model.mla.nopeDim + model.mla.ropeDim) : model.heads * model.headDim;
  const kv = model.mla ? 0 : 2 * model.kvHeads * model.headDim;
  const v = model.mla ? model.heads * model.mla.valueDim : q;
  if (model.mla) {
    const { queryRank, kvRank, ropeDim, nopeDim, valueDim } = model.mla;
    if (queryRank === null) linear({ m: T, n: q / tp, k: h });
    else { linear({ m: T, n: queryRank, k: h }); linear({ m: T, n: q / tp, k: queryRank }); }
    linear({ m: T, n: kvRank + ropeDim, k: h });
    linear({ m: T, n: (model.heads * (nopeDim + valueDim)) / tp, k: kvRank });
  } else linear({ m: T, n: (q + kv) / tp, k: h });
  linear({ m: T, n: h, k: v / tp });
  attention(scenario, rules, T, fwd, bwd, q, v, tp, hbm);
  // rotary or qkv layout
  const qkvWidth = (q + (model.mla ? q + v : kv)) / tp;
  const ropePasses = model.positions === 'rotary' ? (rules.elementwise === 'eager' ? 8 : 2) : rules.elementwise === 'eager' ? 2 : 0;
  const layoutPasses = rules.attention.startsWith('flash') ? 0 : 2;
  fwd.memoryBound += (T * qkvWidth * elem * (ropePasses + layoutPasses)) / hbm;
  bwd.memoryBound += (T * qkvWidth * elem * (ropePasses + layoutPasses)) / hbm;
  // norms and residuals
  const gpt = model.norm === 'layernorm';
  const norms = model.normsPerLayer ?? 2;
  const [nf, nb] = rules.fusedNorm ? [2, 3] : gpt ? [4, 6] : [18, 38];
  const [rf, rb] = gpt && scenario.framework !== 'fsdp' ? (rules.elementwise === 'fused' ? [3.5, 5.5] : [7.5, 7.5]) : rules.elementwise === 'compiled' ? [2, 2] : [3, 3];
  fwd.memoryBound += (Tn * h * elem * (norms * nf + 2 * rf)) / hbm;
  bwd.memoryBound += (Tn * h * elem * (norms * nb + 2 * rb)) / hbm;
  if (model.qkNorm) { fwd.memoryBound += (T * qkvWidth * elem * nf) / hbm; bwd.memoryBound += (T * qkvWidth * elem * nb) / hbm; }
  // MLP
  const up = model.gatedMlp ? 2 : 1;
  const [af, ab] = model.gatedMlp ? (rules.elementwise === 'eager' ? [5, 8] : [3, 5]) : [2, 3];
  const act = (width: number, tokens: number): void => {
    fwd.memoryBound += (tokens * width * elem * af) / hbm;
    bwd.memoryBound += (tokens * width * elem * ab) / hbm;
  };
  if (kind === 'dense') {
    linear({ m: T, n: (up * model.ffn) / tp, k: h });
    linear({ m: T, n: h, k: model.ffn / tp });
    act(model.ffn / tp, T);
  } else experts(scenario, wires, fwd, bwd, linear, act, Tn, hbm, elem);
  // launch gaps
  const kernels = 8 + 2 * launches + (rules.elementwise === 'eager' ? 12 : 4) + (rules.fusedNorm ? 0 : 12) + (fp8 ? 2 * launches : 0);
  fwd.memoryBound += kernels * STEP.kernelGap * 0.5;
  bwd.memoryBound += kernels * STEP.kernelGap;
  // tensor parallel
  if (tp > 1) {
    const bytes = T * h * elem;
    const sums32 = rules.tensorSumsFp32 && precision === 'bf16' && !par.sequenceParallel;
    if (sums32) { fwd.memoryBound += (2 * T * h * 12) / hbm; bwd.memoryBound += (2 * T * h * 12) / hbm; }
    const one = par.sequenceParallel
      ? collectiveSeconds('all-gather', bytes, tp, Math.min(tp, cluster.nvlinkDomain), wires) + collectiveSeconds('reduce-scatter', bytes, tp, Math.min(tp, cluster.nvlinkDomain), wires)
      : collectiveSeconds('all-reduce', bytes * (sums32 ? 2 : 1), tp, Math.min(tp, cluster.nvlinkDomain), wires);
    const blocks = kind === 'moe' ? 1 : 2;
    const f = blocks * one;
    // with sequence parallelism the backward pass gathers the saved input again
    const again = par.sequenceParallel ? blocks * collectiveSeconds('all-gather', bytes, tp, Math.min(tp, cluster.nvlinkDomain), wires) : 0;
    if (rules.tensorOverlap === 'chunked') {
      fwd.tensorParallel += exposed(f, fwd.gemm, 1 / tp);
      bwd.tensorParallel += exposed(f + again, bwd.gemm, 1 / tp);
    } else if (rules.tensorOverlap === 'backward') {
      fwd.tensorParallel += f;
      // row-parallel half waits; column-parallel half hides under the weight gradient
      bwd.tensorParallel += f / 2 + exposed(f / 2 + again, wgrad, 0);
    } else {
      fwd.tensorParallel += f;
      bwd.tensorParallel += f + again;
    }
  }
  // context parallel: ring of keys and values (or their all-gather), under attention
  if (cp > 1) {
    const bytes = (T * (model.mla ? q + v : kv) * elem) / tp; // own block of K and V
    const hop = collectiveSeconds('send-receive', bytes, 2, tp * cp <= cluster.nvlinkDomain ? 2 : 1, wires);
    const f = (cp - 1) * hop;
    fwd.contextParallel += exposed(f, fwd.attention * ((cp - 1) / cp), 0);
    bwd.contextParallel += exposed(2 * f, bwd.attention * ((cp - 1) / cp), 0);
  }
  // host issue
  const gpuF = passTotal(fwd), gpuB = passTotal(bwd);
  fwd.launch = Math.max(0, rules.issueLayer - gpuF);
  bwd.launch = Math.max(0, rules.issueLayer * STEP.issueBackward - gpuB);
  const selective = zeroPass();
  selective.attention = fwd.attention;
  return { forward: fwd, backward: bwd, weightGradient: wgrad, selective };
}

/** What of a collective is still waited for when it may hide under work; hiding is not free. */
const exposed = (communication: number, cover: number, first: number): number =>
  Math.max(communication - cover * 0.9, communication * Math.max(first * 1, STEP.contention));

function attention(scenario: TrainingScenario, rules: FrameworkRules, T: number, fwd: PassSeconds, bwd: PassSeconds, q: number, v: number, tp: number, hbm: number): void {
  const { model, cluster } = scenario;
  const { gpu } = cluster;
  const s = model.sequence;
  const heads = model.heads / tp;
  const qd = q / model.heads, vd = v / model.heads;
  const windowShare = model.window ? model.window.layers / model.layers : 0;
  const reach = (w: number): number => { const r = Math.min(s, w); return r - (r * r) / (2 * s); };
  if (rules.attention === 'unfused' || rules.attention === 'fused-softmax') {
    const batch = (T / s) * heads * scenario.parallelism.contextParallel;
    const rowsQ = s / scenario.parallelism.contextParallel;
    const scores = batch * rowsQ * s;
    // batched: launches shared
    const launch = 3e-6;
    const peak = gpu.peak.bf16 ?? gpu.peak.fp16 ?? 1;
    const mm = (width: number): number => Math.max((2 * scores * width) / (peak * 0.7), (scores * 2 + batch * (rowsQ + s) * width * 2) / hbm) + launch;
    fwd.attention += mm(qd) + mm(vd);
    bwd.attention += 2 * (mm(qd) + mm(vd));
    const [pf, pb] = rules.attention === 'unfused' ? [14, 12] : [4.5, 5.5];
    fwd.attention += (scores * 2 * pf) / hbm;
    bwd.attention += (scores * 2 * pb) / hbm;
    return;
  }
  const keys = (1 - windowShare) * reach(s) + windowShare * reach(model.window?.tokens ?? s);
  const scores = T * keys * heads;
  fwd.attention += fusedAttentionSeconds(gpu, rules.attention, 'forward', scores, qd, vd, keys);
  bwd.attention += fusedAttentionSeconds(gpu, rules.attention, 'backward', scores, qd, vd, keys);
}

function experts(scenario: TrainingScenario, wires: Wires, fwd: PassSeconds, bwd: PassSeconds, linear: (l: Linear, c?: number) => void, act: (w: number, t: number) => void, Tn: number, hbm: number, elem: number): void {
  const { model, parallelism: par, cluster } = scenario;
  const moe = model.moe!;
  const ep = par.expertParallel, etp = par.expertTensorParallel;
  const h = model.hidden;
  const up = model.gatedMlp ? 2 : 1;
  // tokens that this rank routes: its slice under sequence parallelism
  const T = par.sequenceParallel ? Tn : Tn / 1;
  const copies = T * moe.topK * etp * (scenario.kernels?.balancedRouting ? 1 : STEP.moeImbalance);
  const local = moe.experts / ep;
  const each = copies / local;
  linear({ m: each, n: (up * moe.expertFfn) / etp, k: h }, local);
  linear({ m: each, n: h, k: moe.expertFfn / etp }, local);
  act(moe.expertFfn / etp, copies);
  if (moe.sharedExperts > 0) {
    linear({ m: T, n: up * moe.sharedExperts * moe.sharedFfn, k: h });
    linear({ m: T, n: h, k: moe.sharedExperts * moe.sharedFfn });
    act(moe.sharedExperts * moe.sharedFfn, T);
  }
  // permute and unpermute, both passes
  const move = (copies * h * elem * 6) / hbm;
  fwd.memoryBound += move; bwd.memoryBound += move;
  if (ep > 1) {
    const bytes = T * moe.topK * h * elem;
    const inside = Math.max(1, Math.min(ep, Math.floor(cluster.nvlinkDomain / (par.sequenceParallel ? 1 : 1))));
    // one copy of a token a server, handed on inside it (DeepEP, HybridEP)
    const nodes = ep / inside;
    const distinct = nodes > 1 ? (nodes * (1 - (1 - 1 / nodes) ** moe.topK)) / moe.topK : 1;
    const one = Math.max(collectiveSeconds('all-to-all', bytes * distinct, ep, inside, wires), collectiveSeconds('all-to-all', bytes, Math.min(ep, inside), inside, wires));
    fwd.expertParallel += 2 * one; bwd.expertParallel += 2 * one;
  }
}
export type { Model };
