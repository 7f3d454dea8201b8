import { describe, expect, test } from 'vitest';
import { evaluate, toTex, type Equation } from '#estimator';
import { parseQuantity, type Unit } from '#format';
import { encodePatch } from '#scenario';
import type { Behind, ShownEquation, WidgetSpec } from '../../../src/widgets/frame/types.ts';
import { widgets } from '../../../src/widgets/registry.ts';
import { answered, answerOf } from '../../helpers/views.ts';

const behinds = import.meta.glob<{ behind: Behind }>('/src/widgets/*/behind.ts', { eager: true });

const UNITS: Readonly<Record<string, Unit>> = {
  time: 's',
  gpus: 'GPU',
  peak: 'FLOP/s',
  flopsPerToken: 'FLOP',
  hardwareFlopsPerToken: 'FLOP',
  parameters: 'size',
  tokens: 'token',
  tokensPerSecond: 'token/s',
  efficiency: 'ratio',
  goodput: 'ratio',
  mfu: 'ratio',
  hfu: 'ratio',
  blockScale: 'real',
  binade: 'real',
  leadingBit: 'real',
  fraction: 'real',
  fractionSteps: 'real',
  storedValue: 'real',
  largestValue: 'real',
  elementBits: 'real',
  scaleBits: 'real',
  blockSize: 'real',
  effectiveBits: 'real',
  smallestNumber: 'real',
  lossScale: 'real',
  smallestGradient: 'real',
  cardPeak: 'FLOP/s',
  bandwidth: 'B/s',
  ridge: 'FLOP/byte',
  work: 'FLOP',
  traffic: 'B',
  intensity: 'FLOP/byte',
  attainable: 'FLOP/s',
  smGrowth: 'count',
  clockGrowth: 'count',
  instructionGrowth: 'count',
  formatGrowth: 'count',
  sparsityGrowth: 'count',
  rateGrowth: 'count',
  idealEfficiency: 'ratio',
  idealStepSeconds: 's',
  stepSeconds: 's',
  fabricPorts: 'count',
  portBandwidth: 'B/s',
  bisectionShare: 'count',
  bisection: 'B/s',
  messageBytes: 'B',
  ranks: 'count',
  wireBandwidth: 'B/s',
  ringTime: 's',
  latency: 's',
  transfer: 's',
  segment: 's',
  collectiveTime: 's',
  crossings: 'count',
  bytesOnWire: 'B',
  storedParameters: 'size',
  sentBytes: 'B',
  stayingBytes: 'B',
  fragmentation: 'count',
  inFlight: 'count',
  keptBytes: 'B',
  momentaryBytes: 'B',
  peakMemory: 'B',
  weightBytes: 'real',
  gradientBytes: 'real',
  optimizerBytes: 'real',
  stageParameters: 'size',
  expertParameters: 'size',
  shards: 'real',
  expertShards: 'real',
  stateBytes: 'B',
  activationBytes: 'B',
  passingBytes: 'B',
  bufferBytes: 'B',
  outsideBytes: 'B',
  gpuMemory: 'B',
  wholeBytes: 'real',
  sharedBytes: 'real',
  trainedBytes: 'real',
  trainedShare: 'ratio',
  modelState: 'B',
  hidden: 'count',
  layers: 'count',
  heads: 'count',
  kvHeads: 'count',
  headDim: 'count',
  mlpMatrices: 'count',
  expertFfn: 'count',
  sharedExperts: 'count',
  sharedFfn: 'count',
  denseLayers: 'count',
  moeLayers: 'count',
  activeParameters: 'size',
  ffn: 'count',
  vocab: 'count',
  sequence: 'count',
  experts: 'count',
  topK: 'count',
  queryRank: 'count',
  kvRank: 'count',
  nopeDim: 'count',
  ropeDim: 'count',
  valueDim: 'count',
  cacheElement: 'B',
  cacheBytes: 'B',
  layerParameters: 'size',
  budget: 'FLOP',
  budgetAt: 'FLOP',
  sizeAt: 'size',
  lawParameters: 'size',
  lawTokens: 'token',
  loss: 'real',
};

/** The number that a text in a formula stands for. */
function numberOf(symbol: string, text: string | undefined): number {
  const unit = UNITS[symbol];
  if (unit === undefined || text === undefined) throw new Error(`“${symbol}” has no number.`);
  const parsed = parseQuantity(text.replace(/\/token$/, ''), unit);
  if (!parsed.ok) throw new Error(`${symbol}: ${parsed.message}`);
  return parsed.value;
}

function equationOf(behind: Behind, { id }: ShownEquation): Equation {
  const found = behind.equations.find((equation) => equation.id === id);
  if (!found) throw new Error(`The view shows “${id}”, which its behind.ts does not list.`);
  return found;
}

describe.each(Object.values(widgets) as WidgetSpec[])('the formulas of $id', (spec) => {
  const behind = behinds[`/src/widgets/${spec.id}/behind.ts`]?.behind;
  if (!behind) throw new Error(`src/widgets/${spec.id}/behind.ts is missing.`);
  const states = [{}, ...answered(spec, 60)];
  const shown = states.flatMap((patch) =>
    answerOf(spec, patch).view.equations.map((equation) => ({ ...equation, link: encodePatch(patch) })),
  );

  test('are all among those that were set at build, and each has its number for every symbol', () => {
    expect(shown.length).toBeGreaterThanOrEqual(states.length);
    for (const equation of shown) {
      const tree = equationOf(behind, equation);
      for (const symbol of [...Object.keys(tree.symbols), tree.result])
        expect(equation.numbers[symbol], `${symbol} of ${equation.id} at ${equation.link}`).toMatch(/\d/);
    }
  });

  test('come out: the numbers on the right give the number on the left, as far as their digits go', () => {
    for (const { id, numbers, link } of shown) {
      const tree = equationOf(behind, { id, numbers });
      const values = Object.fromEntries(
        Object.keys(tree.symbols).map((symbol) => [symbol, numberOf(symbol, numbers[symbol])]),
      );
      const exact = evaluate(tree, values);
      const expected = tree.result === 'gpus' ? Math.max(1, Math.ceil(exact)) : exact;
      const printed = numberOf(tree.result, numbers[tree.result]);
      // Half a unit in the third digit of each of up to six numbers, and a GPU that rounding up may add.
      const slack = tree.result === 'gpus' ? 1 : 0;
      expect(Math.abs(printed - expected) <= 0.03 * expected + slack, `${id} at ${link}`).toBe(true);
    }
  });

  test('name the number that the view puts on the left', () => {
    for (const { id, numbers } of shown.slice(0, 3)) {
      const tree = equationOf(behind, { id, numbers });
      const tex = toTex(tree, 'numbers', (symbol) => numbers[symbol] ?? '?');
      expect(tex).not.toContain('?');
      expect(tex).toContain(`sym=${tree.result}`);
    }
  });

  test('stand on named sources and plain assumptions', () => {
    expect(behind.sources.length).toBeGreaterThan(0);
    for (const { where } of [...behind.sources, ...behind.equations.map((e) => e.source)])
      expect(where).toMatch(/\S/);
    for (const sentence of behind.assumptions) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });
});
