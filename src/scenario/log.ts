/** What a training log says about speed: the median over the lines that say it. */
export interface LogReading {
  readonly kind: 'step' | 'throughput';
  /** Seconds a step, or tokens per second. */
  readonly value: number;
  /** Whether tokens per second are of one GPU or of the whole job. */
  readonly perGpu: boolean;
  readonly globalBatch: number | null;
  readonly lines: number;
  /** Whose format it is; empty for a bare number. */
  readonly by: string;
}

interface Format {
  readonly by: string;
  readonly pattern: RegExp;
  readonly kind: 'step' | 'throughput';
  readonly scale: number;
  readonly perGpu?: true;
}

// A suffix is a letter of its own: the m of `mfu` in the next column is none.
const NUMBER = String.raw`([\d][\d,]*\.?\d*(?:e[+-]?\d+)?)(?: ?([KMB])\b)?`;
const at = (before: string): RegExp => new RegExp(`${before}\\s*[:=]?\\s*${NUMBER}`, 'i');

/** Most telling first: a line can carry several, and tokens per second hide no assumption about the batch. */
const FORMATS: readonly Format[] = [
  { by: 'Megatron-LM', pattern: at(String.raw`elapsed time per iteration \(ms\)`), kind: 'step', scale: 1e-3 },
  { by: 'nanotron', pattern: at(String.raw`tokens_per_sec_per_gpu`), kind: 'throughput', scale: 1, perGpu: true },
  { by: 'llm-foundry', pattern: at(String.raw`throughput/device/tokens_per_sec`), kind: 'throughput', scale: 1, perGpu: true },
  { by: 'llm-foundry', pattern: at(String.raw`throughput/tokens_per_sec`), kind: 'throughput', scale: 1 },
  { by: 'NeMo', pattern: at(String.raw`train_step_timing in s`), kind: 'step', scale: 1 },
  { by: 'torchtitan', pattern: at(String.raw`\btps`), kind: 'throughput', scale: 1, perGpu: true },
  { by: 'Hugging Face Trainer', pattern: at(String.raw`train_tokens_per_second['"]?`), kind: 'throughput', scale: 1 },
  { by: '', pattern: new RegExp(`${NUMBER}\\s*(?:tokens?|tok)\\s*/\\s*(?:s|sec)\\s*/\\s*gpu`, 'i'), kind: 'throughput', scale: 1, perGpu: true },
  { by: '', pattern: new RegExp(`${NUMBER}\\s*(?:tokens?|tok)\\s*/\\s*(?:s|sec)`, 'i'), kind: 'throughput', scale: 1 },
  { by: '', pattern: new RegExp(`${NUMBER}\\s*ms\\b`, 'i'), kind: 'step', scale: 1e-3 },
  { by: '', pattern: new RegExp(`${NUMBER}\\s*(?:s|sec|seconds)\\b`, 'i'), kind: 'step', scale: 1 },
]; // prettier-ignore

const BATCH = at(String.raw`global[_ ]batch[_ ]size`);
/** What a terminal is told about colour; its last letter would stick to the word behind it. */
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const SUFFIX: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9 };

function value(match: RegExpMatchArray | null): number | null {
  if (!match) return null;
  const number = Number((match[1] ?? '').replaceAll(',', '')) * (SUFFIX[(match[2] ?? '').toUpperCase()] ?? 1);
  return Number.isFinite(number) && number > 0 ? number : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Reads the speed from pasted log lines; null when no line says one. The median, because first steps are slow. */
export function readLog(text: string): LogReading | null {
  const lines = text.replace(COLOR, '').split(/\r?\n/).slice(0, 5000);
  const batches = lines.map((line) => value(BATCH.exec(line))).filter((v) => v !== null);
  for (const { by, pattern, kind, scale, perGpu } of FORMATS) {
    const values = lines.map((line) => value(pattern.exec(line))).filter((v) => v !== null);
    if (values.length === 0) continue;
    const globalBatch = batches.length > 0 ? Math.round(median(batches)) : null;
    return {
      kind,
      // Milliseconds times a thousandth are not quite what they say; a link would hold every digit.
      value: Number((median(values) * scale).toPrecision(12)),
      perGpu: perGpu ?? false,
      globalBatch,
      lines: values.length,
      by,
    };
  }
  return null;
}
