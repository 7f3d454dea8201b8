import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkModel, countParameters, modelFromConfig, type Outcome, type Model } from '#estimator';
import { PUBLISHED_COUNTS } from '../../golden/estimator/published-counts.ts';
import { hostile, mutated } from './arbitraries.ts';

const published = fc.constantFrom(...PUBLISHED_COUNTS.map(({ config }) => config));

const sane = (outcome: Outcome<Model>): boolean =>
  outcome.ok
    ? checkModel(outcome.value).length === 0 && Number.isFinite(countParameters(outcome.value).total)
    : outcome.issues.length > 0 && outcome.issues.every((i) => i.path !== '' && i.message !== '');

test('a config with hostile fields is read or refused, never more', () => {
  fc.assert(
    fc.property(mutated(published), (config) => sane(modelFromConfig(config))),
    { numRuns: 3000 },
  );
});

test('a config cut off anywhere is refused with a place', () => {
  fc.assert(
    fc.property(published, fc.nat(400), (config, cut) => {
      const text = JSON.stringify(config);
      const outcome = modelFromConfig(text.slice(0, Math.min(cut, text.length - 1)));
      return !outcome.ok && /line \d+, column \d+/.test(outcome.issues[0]?.message ?? '');
    }),
  );
});

test('any JSON and any text is read or refused', () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => sane(modelFromConfig(json))));
  fc.assert(fc.property(fc.string(), (text) => sane(modelFromConfig(text))));
  fc.assert(fc.property(hostile, (value) => sane(modelFromConfig(value))));
});

test('fields that do not belong to the shape change nothing', () => {
  fc.assert(
    fc.property(
      published,
      fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue()),
      (config, extra) => {
        expect(modelFromConfig({ ...extra, ...config })).toEqual(modelFromConfig(config));
      },
    ),
  );
});
