import { countParameters, modelFromConfig } from '#estimator';
import { formatQuantity, short, whole } from '#format';
import { checkField } from './check.ts';
import { SHAPE_FIELDS } from './counting-fields.ts';
import { readLog } from './log.ts';
import { encodeShape } from './shape.ts';
import type { Changes, FieldKey } from './values.ts';

/** What a pasted text changes, with one sentence that says what was read; or why nothing could be. */
export type Pasted =
  | { readonly ok: true; readonly changes: Changes; readonly said: string }
  | { readonly ok: false; readonly message: string };

function readConfig(text: string): Pasted {
  const outcome = modelFromConfig(text);
  if (!outcome.ok) return { ok: false, message: outcome.issues.map((i) => i.message).join(' ') };
  const { total, active } = countParameters(outcome.value);
  const { layers, hidden, sequence } = outcome.value;
  return {
    ok: true,
    changes: {
      shape: encodeShape(outcome.value),
      model: 'custom',
      parameters: undefined,
      sequence: undefined,
      ...Object.fromEntries(SHAPE_FIELDS.map((key) => [key, undefined])),
    },
    said: `Read ${layers} layers of width ${hidden}: ${short(total, 4)} parameters${active < total ? `, ${short(active, 4)} active` : ''}. Its longest context is ${whole(sequence)} tokens: set the sequence to what you train with.`,
  };
}

function readLines(text: string, gpus: number): Pasted {
  const found = readLog(text);
  if (!found) {
    return {
      ok: false,
      message: 'No step time and no tokens per second in these lines. Try “27.6 s” or “144 tokens/s/GPU”.',
    };
  }
  const changes: Changes =
    found.kind === 'step'
      ? {
          measured: 'step',
          stepTime: found.value,
          ...(found.globalBatch && { globalBatch: found.globalBatch }),
        }
      : { measured: 'throughput', throughput: found.perGpu ? found.value : found.value / gpus };
  for (const [key, value] of Object.entries(changes)) {
    const message = checkField(key as FieldKey, value);
    if (message !== null) return { ok: false, message: `Read ${String(value)}, but ${message}` };
  }
  const value = formatQuantity({
    value: found.value,
    unit: found.kind === 'step' ? 's' : 'token/s',
    digits: 4,
  });
  const lines = found.lines === 1 ? 'one line' : `the median of ${found.lines} lines`;
  const batch = found.globalBatch ? ` and a global batch of ${found.globalBatch}` : '';
  const share = found.kind === 'throughput' ? (found.perGpu ? ' per GPU' : ` over ${gpus} GPUs`) : ' a step';
  return {
    ok: true,
    changes,
    said: `Read ${value}${share}${batch} from ${lines}${found.by ? ` (${found.by})` : ''}.`,
  };
}

/** Reads a pasted text for a field. Pure, and never throws: the text is a stranger's. */
export function readPaste(key: FieldKey, text: string, gpus: number): Pasted {
  if (text.length > 500_000)
    return { ok: false, message: 'More than 500,000 characters: paste a few lines only.' };
  return key === 'shape' ? readConfig(text) : readLines(text, gpus);
}
