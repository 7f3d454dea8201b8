import type { Moment } from '#estimator';
import { formatQuantity } from '#format';

/** `layer 2`: layers are counted from 1 where people read them. */
const layerName = (layer: number | null): string => `layer ${(layer ?? 0) + 1}`;

const bytes = (value: number): string => formatQuantity({ value, unit: 'B' });

/** Where in the step it is, in a few words. */
export function placeOf({ kind, layer }: Moment): string {
  switch (kind) {
    case 'start':
      return 'before the step';
    case 'forward':
      return `forward pass of ${layerName(layer)}`;
    case 'backward':
      return `backward pass of ${layerName(layer)}`;
    case 'reduce':
      return `gradients of ${layerName(layer)}`;
    case 'update':
      return 'the optimizer’s update';
    case 'gather':
      return 'new weights';
    case 'end':
      return 'after the step';
  }
}

/** What is sent, and why. */
export function doingOf({ kind, layer, sending }: Moment): string {
  const sent = sending ? `${sending.op}, each GPU sends ${bytes(sending.sent)}` : '';
  switch (kind) {
    case 'start':
    case 'end':
      return 'nothing is sent';
    case 'forward':
    case 'backward':
      return sending ? `the weights of ${layerName(layer)} are gathered (${sent})` : 'nothing is sent';
    case 'reduce':
      return `they are summed over all GPUs (${sent})`;
    case 'update':
      return 'every GPU updates what it has the optimizer state of';
    case 'gather':
      return sending
        ? `every GPU hands its share to the others (${sent})`
        : 'nobody has to be told: nothing is sent';
  }
}
