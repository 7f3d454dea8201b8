import { test } from 'vitest';
import { countParameters } from '#estimator';
import { readModels } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
test('x', () => {
  for (const m of readModels()) {
    const c = countParameters(stripSources(m.shape) as never);
    const p = m.published;
    const err = p ? c.total / p.value - 1 : NaN;
    console.log(
      m.id.padEnd(22),
      String(c.total).padStart(16),
      p?.value,
      p ? (Math.abs(err) <= p.rounding ? 'ok' : 'BAD ' + err) : '-',
      m.active ? c.active + ' / ' + m.active.value : '',
    );
  }
});
