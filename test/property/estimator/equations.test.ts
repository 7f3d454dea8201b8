import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BLOCK_FORMATS,
  BLOCK_FORMAT_IDS,
  bytesPerParameter,
  decode,
  dimension,
  effectiveBits,
  eightNd,
  equations,
  evaluate,
  exactFlopsFormula,
  FLOAT_FORMATS,
  FLOAT_FORMAT_IDS,
  gradientFates,
  hfu,
  maxFinite,
  lineRateSeconds,
  megatronFlops,
  megatronHardwareFlops,
  mfu,
  minSubnormal,
  modelFlops,
  modelStateBytes,
  NETWORK,
  parseUnit,
  sameDimension,
  sixNd,
  solveTraining,
  STATE_RECIPES,
  toTex,
  trainingEquations,
  type Equation,
} from '#estimator';
import { pipelined, transferWithin } from '../../../src/estimator/network/pipelined.ts';
import { near, plainModel, plainMoe, question } from './arbitraries.ts';

const positive = fc.double({ min: 1e-3, max: 1e12, noNaN: true });
const all: readonly Equation[] = [...Object.values<Equation>(equations), ...trainingEquations];

describe.each(all.map((equation) => [equation.id, equation] as const))('%s', (_, equation) => {
  test('has the dimension of its left-hand side', () => {
    const right = dimension(equation);
    expect(right && sameDimension(right, parseUnit(equation.unit))).toBe(true);
  });
  test('uses the symbols it declares and declares those it uses', () => {
    const used = new Set(JSON.stringify(equation.expr).match(/(?<="name":")\w+/g) ?? []);
    expect([...used].sort()).toEqual(Object.keys(equation.symbols).sort());
  });
  test('shows every symbol as a slot, once with numbers and never in symbols', () => {
    expect(toTex(equation, 'symbols')).not.toContain('htmlData');
    const tex = toTex(equation, 'numbers', (name) => name);
    for (const name of [...Object.keys(equation.symbols), equation.result])
      expect(tex).toContain(`sym=${name}}`);
  });
  test('names its source and where in it', () => {
    expect(equation.source.key).toMatch(/^[a-z0-9-]+$/);
    expect(equation.source.where.length).toBeGreaterThan(3);
  });
});

test('the training-time equations have the value that the solver finds, for each unknown', () => {
  fc.assert(
    fc.property(question, fc.constantFrom(...trainingEquations), positive, (q, equation, time) => {
      const perToken = equation.id.includes('per-token');
      if (perToken && !q.shape) return true;
      const outcome = solveTraining({
        ...q,
        time,
        unknown: equation.result as 'time',
        count: perToken ? 'exact' : '6nd',
        withGoodput: equation.id.includes('goodput'),
      });
      if (!outcome.ok) return true;
      const flopsPerToken = q.shape ? modelFlops(q.shape).total : 0;
      return near(evaluate(equation, { ...q, time, flopsPerToken }), outcome.value.value);
    }),
    { numRuns: 1000 },
  );
});

test('6ND and 8ND have the values of their functions', () => {
  fc.assert(
    fc.property(positive, positive, (parameters, tokens) => {
      const values = { parameters, tokens };
      return (
        near(evaluate(equations.sixNd, values), sixNd(parameters, tokens)) &&
        near(evaluate(equations.eightNd, values), eightNd(parameters, tokens))
      );
    }),
  );
});

test('the exact formulas have the value of the exact count, dense and with experts', () => {
  fc.assert(
    fc.property(fc.oneof(plainModel, plainMoe), fc.boolean(), (m, causal) => {
      const { equation, values } = exactFlopsFormula(m, causal)!;
      return near(evaluate(equation, values), modelFlops(m, { causal }).total);
    }),
  );
});

test('Megatron’s formulas have the values of their functions', () => {
  fc.assert(
    fc.property(plainModel, (m) => {
      const values = { layers: m.layers, hidden: m.hidden, sequence: m.sequence, vocab: m.vocab };
      return (
        near(evaluate(equations.megatronFlopsPerToken, values), megatronFlops(m)) &&
        near(evaluate(equations.megatronFullRecomputePerToken, values), megatronHardwareFlops(m, 'full'))
      );
    }),
  );
});

test('MFU and HFU have the values of their functions', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, (flops, tokensPerSecond, gpus, peak) => {
      const run = { tokensPerSecond, gpus, peak };
      return (
        near(
          evaluate(equations.mfu, { ...run, flopsPerToken: flops }),
          mfu({ ...run, modelFlopsPerToken: flops }),
        ) &&
        near(
          evaluate(equations.hfu, { ...run, hardwareFlopsPerToken: flops }),
          hfu({ ...run, hardwareFlopsPerToken: flops }),
        )
      );
    }),
  );
});

test('the model’s state is bytes times parameters for every recipe', () => {
  fc.assert(
    fc.property(positive, fc.constantFrom(...STATE_RECIPES), (storedParameters, recipe) =>
      near(
        evaluate(equations.modelState, { storedParameters, bytesPerParameter: bytesPerParameter(recipe) }),
        modelStateBytes(storedParameters, recipe.id).total,
      ),
    ),
  );
});

test('a stored number has the value that it decodes to, and the largest that of its format', () => {
  const format = fc.constantFrom(...FLOAT_FORMAT_IDS).map((id) => FLOAT_FORMATS[id]);
  fc.assert(
    fc.property(format, fc.nat(), fc.nat(), positive, (f, e, m, blockScale) => {
      const exponent = e % (2 ** f.exponentBits - 1);
      const fractionSteps = 2 ** f.fractionBits;
      const fraction = m % fractionSteps;
      const values = {
        blockScale,
        binade: 2 ** (Math.max(1, exponent) - f.bias),
        leadingBit: exponent === 0 ? 0 : 1,
        fraction,
        fractionSteps,
      };
      const value = blockScale * decode(f, { sign: 0, exponent, fraction });
      return near(evaluate(equations.storedValue, values), value);
    }),
  );
  for (const id of FLOAT_FORMAT_IDS) {
    const f = FLOAT_FORMATS[id];
    const largest = maxFinite(f);
    const binade = 2 ** Math.floor(Math.log2(largest / (2 - 2 ** -f.fractionBits) + Number.EPSILON));
    const fractionSteps = 2 ** f.fractionBits;
    const fraction = (largest / binade - 1) * fractionSteps;
    const values = { blockScale: 1, binade, leadingBit: 1, fraction, fractionSteps };
    expect(evaluate(equations.largestValue, values)).toBe(largest);
  }
});

test('effective bits have the value of their function', () => {
  for (const id of BLOCK_FORMAT_IDS) {
    const { element, scaleBits, size } = BLOCK_FORMATS[id];
    const values = { elementBits: element.bits, scaleBits, blockSize: size };
    expect(evaluate(equations.effectiveBits, values)).toBe(effectiveBits(BLOCK_FORMATS[id]));
  }
});

test('half of the gradients are flushed when their median is the smallest one that survives', () => {
  fc.assert(
    fc.property(fc.constantFrom('fp16', 'bf16', 'fp8-e5m2'), positive, positive, (id, lossScale, spread) => {
      const format = FLOAT_FORMATS[id as 'fp16'];
      const median = evaluate(equations.smallestGradient, {
        smallestNumber: minSubnormal(format),
        lossScale,
      });
      return near(gradientFates({ median, spread }, lossScale, format).flushed, 0.5);
    }),
  );
});

test('collectives: line rate and the time from its parts have the values of their functions', () => {
  const ops = fc.constantFrom('all-reduce', 'all-gather', 'broadcast');
  fc.assert(
    fc.property(ops, positive, fc.integer({ min: 2, max: 4096 }), positive, (op, bytes, ranks, bandwidth) => {
      const equation = {
        'all-reduce': equations.ringAllReduce,
        'all-gather': equations.ringLap,
        broadcast: equations.wireTime,
      }[op];
      const values = { messageBytes: bytes, ranks, wireBandwidth: bandwidth };
      return near(evaluate(equation as Equation, values), lineRateSeconds(op, bytes, ranks, bandwidth));
    }),
  );
  const seconds = fc.double({ min: 1e-7, max: 100, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, (latency, transfer) => {
      const time = pipelined(latency, transfer);
      return (
        near(
          evaluate(equations.collectiveTime, { latency, transfer, segment: NETWORK.SEGMENT_COST }),
          time,
        ) && Math.abs(transferWithin(time, latency) - transfer) < 1e-6 * time
      );
    }),
  );
});
