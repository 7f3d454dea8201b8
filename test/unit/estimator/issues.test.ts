import { expect, test } from 'vitest';
import { failed, ok, valueOrThrow } from '#estimator';

test('the value of an outcome is given, or thrown as the messages of all its issues', () => {
  expect(valueOrThrow(ok(7))).toBe(7);
  const issue = (message: string) => ({ code: 'missing', path: 'gpus', message });
  expect(() => valueOrThrow(failed(issue('GPUs are needed.'), issue('At least one.')))).toThrow(
    'GPUs are needed. At least one.',
  );
});
