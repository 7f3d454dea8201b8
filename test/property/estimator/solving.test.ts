import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkModel,
  conventionReading,
  conventionToggles,
  conventionTornado,
  measuredEfficiency,
  solveTraining,
  tokensPerSecondAt,
  type ConventionChoice,
  type ConventionRun,
  type MeasuredRun,
  type Model,
  type TrainingQuestion,
  type TrainingUnknown,
} from '#estimator';
import { A800, GPT3 } from '../../unit/estimator/shapes.ts';
import { hostile, model, mutated, near, numbersIn, question } from './arbitraries.ts';

const UNKNOWNS: readonly TrainingUnknown[] = ['time', 'gpus', 'efficiency', 'tokens', 'parameters'];

const sane = (outcome: ReturnType<typeof solveTraining>): boolean =>
  outcome.ok
    ? numbersIn(outcome.value).every(Number.isFinite)
    : outcome.issues.length > 0 && outcome.issues.every((i) => i.path !== '' && i.message.length > 10);

test('solving for anything else with the time just found gives back what was known', () => {
  fc.assert(
    fc.property(question, fc.constantFrom(...UNKNOWNS), (q, unknown) => {
      // A size can be asked for by 6ND only.
      const asked = unknown === 'parameters' ? { ...q, count: '6nd' as const } : q;
      const forward = solveTraining({ ...asked, unknown: 'time' });
      if (!forward.ok) return true;
      const back = solveTraining({ ...asked, unknown, time: forward.value.value });
      const known = unknown === 'time' ? forward.value.value : q[unknown];
      // A full efficiency may come back a bit above 1.
      return back.ok ? near(back.value.value, known) : unknown === 'efficiency' && near(q.efficiency, 1);
    }),
  );
});

test('time falls with GPUs, peak, efficiency and goodput, and grows with tokens and parameters', () => {
  fc.assert(
    fc.property(question, fc.double({ min: 1.01, max: 2, noNaN: true }), (q, factor) => {
      const time = (over: Partial<TrainingQuestion>): number => {
        const outcome = solveTraining({ ...q, shape: null, unknown: 'time', ...over });
        return outcome.ok ? outcome.value.seconds.withGoodput : NaN;
      };
      const base = time({});
      const shorter = [{ gpus: q.gpus * 2 }, { peak: q.peak * factor }].map(time);
      const longer = [
        { efficiency: q.efficiency / factor },
        { goodput: q.goodput / factor },
        { tokens: q.tokens * factor },
        { parameters: q.parameters * factor },
      ].map(time);
      // A variant may fall off the end of what a time can be.
      return shorter.every((t) => !(t >= base)) && longer.every((t) => !(t <= base));
    }),
  );
});

test('the extra parts sum to what the fuller count has over 6ND', () => {
  fc.assert(
    fc.property(question, model, (q, shape) => {
      const outcome = solveTraining({ ...q, shape, unknown: 'time' });
      if (!outcome.ok) return true;
      const { fuller, flops } = outcome.value;
      const { attentionScores, logits, weights } = fuller!.extra;
      const terms = [flops, attentionScores, logits, weights];
      // A rule for far more parameters than the shape has cancels against it: exact to the rounding of the largest term.
      const rounding = 1e-12 * terms.reduce((largest, term) => Math.max(largest, Math.abs(term)), 0);
      return Math.abs(terms.reduce((sum, term) => sum + term, 0) - fuller!.flops) <= rounding;
    }),
  );
});

test('no question, however hostile, gives an exception, a NaN or an Infinity', () => {
  const any = mutated(fc.record({ ...questionFields(), unknown: fc.constantFrom(...UNKNOWNS) }));
  fc.assert(
    fc.property(any, (q) => sane(solveTraining(q as TrainingQuestion))),
    { numRuns: 2000 },
  );
});

test('numbers of any size, on their own or together, are solved or refused', () => {
  const number = fc.double();
  const wild = fc.record({
    unknown: fc.constantFrom(...UNKNOWNS),
    parameters: number,
    tokens: number,
    peak: number,
    gpus: fc.oneof(number, fc.integer()),
    efficiency: fc.oneof(number, fc.double({ min: 0, max: 1, noNaN: true })),
    goodput: fc.oneof(number, fc.double({ min: 0, max: 1, noNaN: true })),
    time: number,
    power: number,
    sequence: fc.oneof(number, fc.integer()),
    shape: fc.constantFrom(null, GPT3),
  });
  fc.assert(
    fc.property(wild, (q) => sane(solveTraining(q))),
    { numRuns: 5000 },
  );
});

test('the extremes of every legal field together stay finite', () => {
  const ends = fc.record({
    unknown: fc.constantFrom(...UNKNOWNS),
    parameters: fc.constantFrom(1, 1e18),
    tokens: fc.constantFrom(1, 1e21),
    peak: fc.constantFrom(1, 1e24),
    gpus: fc.constantFrom(1, 1e9),
    efficiency: fc.constantFrom(1e-6, 1),
    goodput: fc.constantFrom(1e-6, 1),
    time: fc.constantFrom(1e-6, 1e15),
    power: fc.constantFrom(0, 1e9),
    count: fc.constantFrom('6nd' as const, 'exact' as const),
    shape: fc.constantFrom(null, GPT3),
  });
  fc.assert(
    fc.property(ends, (q) => sane(solveTraining(q))),
    { numRuns: 3000 },
  );
});

test('a shape of any hostile content is checked without an exception', () => {
  fc.assert(
    fc.property(mutated(model), (m) => {
      const issues = checkModel(m);
      return issues.length > 0 || numbersIn(solveTraining({ ...talk, shape: m })).every(Number.isFinite);
    }),
    { numRuns: 2000 },
  );
  fc.assert(fc.property(hostile, (m) => Array.isArray(checkModel(m as Model))));
});

test('a measurement is turned into efficiencies or refused, and MFU gives back its throughput', () => {
  const run = fc.record({
    parameters: fc.double({ min: 1e6, max: 1e13, noNaN: true }),
    shape: fc.option(model),
    sequence: fc.option(fc.integer({ min: 1, max: 100_000 })),
    peak: fc.double({ min: 1e12, max: 1e16, noNaN: true }),
    gpus: fc.integer({ min: 1, max: 100_000 }),
    tokensPerSecond: fc.option(fc.double({ min: 1, max: 1e9, noNaN: true })),
    stepTime: fc.option(fc.double({ min: 0.001, max: 1000, noNaN: true })),
    globalBatch: fc.option(fc.integer({ min: 1, max: 100_000 })),
    recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const),
  });
  const check = (r: MeasuredRun): boolean => {
    const outcome = measuredEfficiency(r);
    if (!outcome.ok) return outcome.issues.length > 0;
    const { mfu, hfu, tokensPerSecond } = outcome.value;
    const back = tokensPerSecondAt(mfu.sixNd, {
      peak: r.peak,
      gpus: r.gpus,
      flopsPerToken: 6 * r.parameters,
    });
    const ordered = hfu.exact === null || mfu.exact === null || hfu.exact >= mfu.exact;
    return numbersIn(outcome.value).every(Number.isFinite) && near(back, tokensPerSecond) && ordered;
  };
  fc.assert(fc.property(run, check), { numRuns: 1000 });
  fc.assert(
    fc.property(mutated(run), (r) => check(r as MeasuredRun)),
    { numRuns: 1000 },
  );
});

test('every reading of a run is finite, and the tornado’s anchor lies inside each bar', () => {
  const run = fc.record({
    parameters: fc.double({ min: 1e6, max: 1e13, noNaN: true }),
    shape: fc.option(model),
    gpu: fc.constant(A800),
    gpus: fc.integer({ min: 1, max: 100_000 }),
    format: fc.constantFrom('fp16' as const, 'tf32' as const, 'fp8' as const),
    tokensPerSecond: fc.double({ min: 1e-3, max: 1e12, noNaN: true }),
    tokens: fc.double({ min: 1, max: 1e18, noNaN: true }),
    goodput: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  const output = fc.constantFrom('mfu' as const, 'memory' as const, 'seconds' as const);
  const seeds = fc.array(fc.nat(10), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(
      fc.oneof(
        run,
        mutated(run).map((r) => ({ ...r, gpu: A800 })),
      ),
      output,
      seeds,
      (r, out, picks) => {
        const choice: ConventionChoice = Object.fromEntries(
          conventionToggles(r as ConventionRun).map((t, i) => [
            t.id,
            t.options[(picks[i] ?? 0) % t.options.length]?.id,
          ]),
        );
        const tornado = conventionTornado(r, out, choice);
        if (!tornado.ok) return tornado.issues.length > 0 && !conventionReading(r, choice).ok;
        const { anchor, bars } = tornado.value;
        return Number.isFinite(anchor) && bars.every((b) => b.low.value <= anchor && anchor <= b.high.value);
      },
    ),
    { numRuns: 500 },
  );
});

const talk: TrainingQuestion = {
  unknown: 'time',
  parameters: 175e9,
  tokens: 300e9,
  peak: 312e12,
  gpus: 1024,
  efficiency: 0.5,
};

function questionFields() {
  const fixed = Object.entries({ ...talk, goodput: 0.97, time: 2e6, power: 400, sequence: 2048, count: '6nd', withGoodput: false, attention: 'full' }); // prettier-ignore
  return { ...Object.fromEntries(fixed.map(([k, v]) => [k, fc.constant(v)])), shape: fc.option(model) };
}

test('the talk’s own question is sound', () => {
  expect(solveTraining(talk).ok).toBe(true);
});
