import type { AttentionWindow } from '../types.ts';
import type { ConfigReader } from './reader.ts';

/** Which layers use the window when the config does not list them: by index from 0. */
export type WindowPattern = (layer: number) => boolean;

/**
 * The sliding window of a config, as the number of layers that use it.
 * @param fallback window when the field is absent; null for none
 * @param pattern layers that use it, unless `layer_types` says
 */
export function attentionWindow(
  read: ConfigReader,
  layers: number,
  fallback: number | null,
  pattern: WindowPattern,
): { window?: AttentionWindow } {
  const tokens = read.has('sliding_window') ? read.countOrNull('sliding_window') : fallback;
  if (!tokens) return {};
  const types = read.list('layer_types');
  // A hostile layer count must not become a loop of its length: the caller's check refuses it later.
  const indices = Array.from({ length: Math.min(layers, 1e5) }, (_, layer) => layer);
  const windowed = types
    ? types.filter((type) => type === 'sliding_attention').length
    : indices.filter(pattern).length;
  return windowed > 0 ? { window: { tokens, layers: Math.min(windowed, layers) } } : {};
}
