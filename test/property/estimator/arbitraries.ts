import fc from 'fast-check';
import type { Experts, LatentAttention, Model } from '#estimator';

const upTo = (max: number, min = 1) => fc.integer({ min, max });

const experts = (layers: number): fc.Arbitrary<Experts> =>
  upTo(64).chain((count) =>
    fc.record({
      experts: fc.constant(count),
      topK: upTo(count),
      expertFfn: upTo(4096),
      sharedExperts: upTo(3, 0),
      sharedFfn: upTo(4096),
      denseLayers: upTo(layers, 0),
      routerBias: fc.boolean(),
      sharedGate: fc.boolean(),
    }),
  );

const latent: fc.Arbitrary<LatentAttention> = fc.record({
  queryRank: fc.option(upTo(2048)),
  kvRank: upTo(1024),
  nopeDim: upTo(256),
  ropeDim: upTo(128, 0),
  valueDim: upTo(256),
});

/** Sound shapes of every kind: MHA to MQA and latent, dense and with experts, plain and gated, with and without windows. */
export const model: fc.Arbitrary<Model> = upTo(128).chain((layers) =>
  fc
    .record({
      layers: fc.constant(layers),
      hidden: upTo(20_000),
      kvHeads: upTo(32),
      headsPerGroup: upTo(16),
      headDim: upTo(256),
      ffn: upTo(60_000),
      vocab: upTo(300_000),
      sequence: upTo(131_072),
      gatedMlp: fc.boolean(),
      tiedEmbeddings: fc.boolean(),
      norm: fc.constantFrom('layernorm' as const, 'rmsnorm' as const, 'unweighted' as const),
      positions: fc.constantFrom('learned' as const, 'rotary' as const, 'none' as const),
      bias: fc.record({ qkv: fc.boolean(), attentionOutput: fc.boolean(), mlp: fc.boolean() }),
      qkNorm: fc.boolean(),
      qkNormSpan: fc.constantFrom('head' as const, 'all-heads' as const),
      normsPerLayer: upTo(4),
      moe: fc.option(experts(layers)),
      mla: fc.option(latent),
      window: fc.option(fc.record({ tokens: upTo(8192), layers: upTo(layers, 0) })),
    })
    .map(({ headsPerGroup, moe, mla, window, ...rest }) => ({
      ...rest,
      heads: rest.kvHeads * headsPerGroup,
      ...(moe && { moe }),
      ...(mla && { mla }),
      ...(window && { window }),
    })),
);

/** Sound dense shapes whose exact count the short formula describes. */
export const plainModel: fc.Arbitrary<Model> = model.map(
  ({ moe: _moe, mla: _mla, window: _window, ...rest }) => rest,
);

/** The same with experts, no gate on the shared ones. */
export const plainMoe: fc.Arbitrary<Model> = plainModel.chain((dense) =>
  experts(dense.layers).map(({ sharedGate: _gate, ...moe }) => ({ ...dense, moe })),
);

const log = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);

/** A question that makes sense, with all five quantities filled in. */
export const question = fc.record({
  parameters: log(1e6, 1e14),
  tokens: log(1e6, 1e16),
  peak: log(1e12, 1e16),
  gpus: upTo(1_000_000),
  efficiency: fc.double({ min: 0.01, max: 1, noNaN: true }),
  goodput: fc.double({ min: 0.1, max: 1, noNaN: true }),
  power: fc.integer({ min: 0, max: 3000 }),
  count: fc.constantFrom('6nd' as const, 'exact' as const, 'exact-causal' as const),
  withGoodput: fc.boolean(),
  shape: fc.option(model),
});

/** Whatever a link, a form or a file might carry where a number belongs. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 1e308, 5e-324, Number.MAX_SAFE_INTEGER, null, undefined),
  fc.string(),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.constant({}),
);

/** A record of which any fields are replaced by something hostile. */
export const mutated = <T extends object>(sound: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  sound.chain((value) =>
    fc
      .dictionary(fc.constantFrom(...Object.keys(value)), hostile, { maxKeys: 4, noNullPrototype: true })
      .map((changes) => ({ ...value, ...changes })),
  );

/** Every number inside a value, however deep. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

/** Whether two numbers agree to nine digits. */
export const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
