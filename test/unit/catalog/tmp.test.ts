import { test } from 'vitest';
import { publishedRuns, efficiencySpread } from '#catalog/runs.ts';
test('x', () => {
  const p = publishedRuns();
  console.log(p.length, JSON.stringify(p).length);
  for (const [family, precision, parameters] of [['A800','fp16',175e9],['H100','bf16',70e9],['H100','fp8',405e9],['GB200','fp8',70e9],['GB300','fp4',405e9],['V100','fp16',8e9],['H800','fp8',671e9],['A100','bf16',7e9],['H100','fp8',1e12],['B200','bf16',8e9]] as const) console.log(family, precision, parameters, JSON.stringify(efficiencySpread({ family, precision, parameters }), (k, v) => typeof v === 'number' ? +v.toFixed(3) : v));
});
