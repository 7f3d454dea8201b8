import { countParameters } from '../parameters.ts';
import { modelFlops } from '../flops/model-flops.ts';
import { hardwareFlops } from '../flops/hardware-flops.ts';
import { gemmSeconds } from '../kernels/gemm.ts';
import { collectiveSeconds } from '../network/collective.ts';
import { wiresOf } from '../network/wires.ts';
import { joulesPerFlop } from '../kernels/energy.ts';
import { dataParallelOf, microBatchesOf, type TrainingScenario } from '../training/types.ts';
import { STEP } from './constants.ts';
import { addPass, layerSeconds, passTotal, zeroPass, type PassSeconds } from './layer.ts';
import { rulesOf } from './rules.ts';

export function stepSeconds(scenario: TrainingScenario) {
  const rules = rulesOf(scenario);
  const { model, cluster, parallelism: par } = scenario;
  const { gpu } = cluster;
  const wires = wiresOf(cluster);
  const ctx = { scenario, rules, wires };
  const p = par.pipelineParallel, v = Math.max(1, par.virtualPipeline), tp = par.tensorParallel, cp = par.contextParallel;
  const dp = dataParallelOf(scenario);
  const m = Math.max(1, microBatchesOf(scenario));
  const L = model.layers;
  const moeLayers = model.moe ? L - model.moe.denseLayers : 0;
  const dense = layerSeconds(ctx, 'dense');
  const sparse = moeLayers ? layerSeconds(ctx, 'moe') : dense;
  const share = moeLayers / L;
  const mix = (a: PassSeconds, b: PassSeconds): PassSeconds => addPass(addPass(zeroPass(), a, 1 - share), b, share);
  const fwd = mix(dense.forward, sparse.forward);
  let bwd = mix(dense.backward, sparse.backward);
  const wgrad = dense.weightGradient * (1 - share) + sparse.weightGradient * share;
  const rec = scenario.recompute === 'full' ? addPass(zeroPass(), fwd, scenario.recomputeLayers === undefined ? 1 : scenario.recomputeLayers / Math.ceil(L / p)) : scenario.recompute === 'selective' && scenario.framework === 'fsdp' ? addPass(zeroPass(), fwd, STEP.fsdpSelective) : scenario.recompute === 'selective' && !rules.attention.startsWith('flash') ? { ...zeroPass(), attention: fwd.attention } : zeroPass();
  // layout
  const slots = p * v;
  const headSlot = L % slots !== 0 && (L + 2) % slots === 0;
  const perStage = L % slots === 0 ? L / p : headSlot ? (L + 2) / p : Math.ceil(L / slots) * v;
  const layerFB = passTotal(fwd) + passTotal(bwd) + passTotal(rec);
  // head on last stage
  const T = (scenario.microBatch * model.sequence) / cp;
  const V = model.vocab / tp;
  const hbm = gpu.memoryBandwidth * STEP.streaming;
  const logitsFormat = scenario.precision === 'fp32' ? 'tf32' : 'bf16';
  const headGemm = gemmSeconds(T, V, model.hidden, logitsFormat, gpu, 1, joulesPerFlop(gpu, logitsFormat)) + gemmSeconds(T, model.hidden, V, logitsFormat, gpu, 1, joulesPerFlop(gpu, logitsFormat)) + gemmSeconds(V, model.hidden, T, logitsFormat, gpu, 1, joulesPerFlop(gpu, logitsFormat));
  const headMemory = (T * V * (2 + 4 * 6)) / hbm;
  let headComm = 0;
  if (tp > 1) headComm = 2 * collectiveSeconds('all-reduce', T * model.hidden * 2, tp, Math.min(tp, cluster.nvlinkDomain), wires);
  const head = headGemm + headMemory + headComm;
  const embed = (T * model.hidden * 2 * 4) / hbm + (tp > 1 ? headComm : 0);
  // ZeRO-3 gathers
  const params = countParameters(model);
  const layerParams = (params.total - params.embedding) / L;
  const shardRanks = dp * cp;
  let fsdpExposed = 0;
  const dom = Math.max(1, Math.min(shardRanks, Math.floor(cluster.nvlinkDomain / tp)));
  if (par.zeroStage === 3 && shardRanks > 1) {
    const bytes = (layerParams / tp) * 2;
    const ag = collectiveSeconds('all-gather', bytes, shardRanks, dom, wires);
    const rs = collectiveSeconds('reduce-scatter', (bytes / 2) * rules.gradientBytes, shardRanks, dom, wires);
    const ef = Math.max(ag - passTotal(fwd), STEP.contention * ag);
    const eb = Math.max(ag + rs - passTotal(bwd) - passTotal(rec), STEP.contention * (ag + rs));
    fsdpExposed = p > 1 ? (ag + rs) / m : ef + eb;
  }
  const first = (headSlot ? perStage - 1 : perStage);
  const tLayer = layerFB + fsdpExposed;
  const stages: number[] = [];
  for (let i = 0; i < p; i++) {
    let t = perStage * tLayer;
    if (headSlot && (i === 0 || i === p - 1)) t = first * tLayer;
    if (!headSlot && L % slots !== 0) { const base = Math.floor(L / slots) * v; t = Math.min(perStage, Math.max(base, L - i * perStage)) * tLayer; }
    if (i === 0) t += embed;
    if (i === p - 1) t += head;
    stages.push(t);
  }
  const worst = Math.max(...stages);
  const sum = stages.reduce((a, b) => a + b, 0);
  // p2p
  let p2p = 0;
  if (p > 1) {
    const bytes = (T * model.hidden * 2) / (par.sequenceParallel || rules.pipelineScatter ? tp : 1);
    const near = tp * cp * dp < cluster.nvlinkDomain; 
    p2p = collectiveSeconds('send-receive', bytes, 2, near ? 2 : 1, wires);
  }
  let bubbleFactor = 1 / v;
  const W = wgrad * perStage;
  let fill = sum - worst;
  if (scenario.schedule === 'zb-h1') fill = Math.max(0, fill - (p - 1) * W);
  if (scenario.schedule === 'zb-h2') fill = Math.max(0, fill - 2 * (p - 1) * W);
  if (scenario.schedule === 'zb-v' || scenario.schedule === 'dualpipe') fill = Math.max(0, (fill * 0.5) - 1.5 * (p / 2) * W);
  const p2pSteady = 2 * m * v * p2p * (rules.pipelineOverlap && v > 1 ? 0.1 : p > 1 ? 1 : 0);
  const p2pFill = 2 * (p - 1) * p2p;
  const pipeline = m * worst + fill * bubbleFactor + p2pSteady + p2pFill;
  // data parallel
  const stageParams = (layerParams * (1 - 0) * perStage) / tp; 
  const expertPart = model.moe ? (params.parts.experts / params.total) : 0;
  const denseParams = stageParams * (1 - expertPart) + (params.embedding / tp) * (p === 1 ? 1 : 1);
  const expertParams = (stageParams * expertPart * tp) / (par.expertParallel * par.expertTensorParallel);
  let dpExposed = 0;
  const dpRanks = dp * cp;
  const total = denseParams + expertParams;
  if (dpRanks > 1 && par.zeroStage < 3) {
    const grad = collectiveSeconds(par.zeroStage >= 1 && scenario.framework === 'megatron-core' ? 'reduce-scatter' : 'all-reduce', total * rules.gradientBytes, dpRanks, dom, wires);
    const gather = par.zeroStage >= 1 ? collectiveSeconds('all-gather', total * 2, dpRanks, dom, wires) : 0;
    const bw = (passTotal(bwd) + passTotal(rec)) * perStage, fw = passTotal(fwd) * perStage;
    if (rules.gradientOverlap) {
      const window = v > 1 ? (Math.min(m, p) * (v - 1)) / v : 0.9;
      dpExposed = Math.max(grad - bw * window, grad * STEP.contention) + Math.max(gather - fw * window, gather * STEP.contention);
    } else dpExposed = grad + gather;
  }
  const shards = par.zeroStage >= 1 ? dpRanks : 1;
  const optimizer = (total / (par.zeroStage === 3 ? 1 : 1) / shards) * STEP.optimizerBytes / hbm + rules.issueStep;
  const seconds = pipeline + dpExposed + optimizer;
  return { seconds, parts: { layers: L / p * m * layerFB, fsdp: fsdpExposed * L / p * m, head: m * (worst - perStage * tLayer), bubble: fill * bubbleFactor, p2p: p2pSteady + p2pFill, dp: dpExposed, optimizer, gemm: (fwd.gemm + bwd.gemm) * perStage * m, attention: (fwd.attention + bwd.attention) * perStage * m, memoryBound: (fwd.memoryBound + bwd.memoryBound) * perStage * m, recompute: passTotal(rec) * perStage * m, tp: (fwd.tensorParallel + bwd.tensorParallel) * perStage * m, cp: (fwd.contextParallel + bwd.contextParallel) * perStage * m, ep: (fwd.expertParallel + bwd.expertParallel) * perStage * m, launch: (fwd.launch + bwd.launch) * perStage * m }, model: modelFlops(model), hardware: hardwareFlops(model, { recompute: scenario.recompute }) };
}
