import type { Fabric } from './types.ts';

/** What one piece costs and draws: money in any one currency, watts. */
export interface Piece {
  readonly price: number;
  readonly power: number;
}

/** Unit prices and powers of everything between the nodes. */
export interface FabricPrices {
  readonly switch: Piece;
  readonly nic: Piece;
  /** A transceiver, or one end of an active optical cable. */
  readonly optic: Piece;
  /** A fibre, or a whole copper cable. */
  readonly cable: Piece;
  /** Nodes stand near enough to their leaves for copper, which needs no optics. */
  readonly copperToNodes: boolean;
}

export interface BillLine extends Piece {
  readonly part: 'switch' | 'nic' | 'optic' | 'cable';
  readonly count: number;
}

/** A bill of materials: its lines, and their sums in money and watts. */
export interface FabricBill extends Piece {
  readonly lines: readonly BillLine[];
}

/**
 * Bill of materials of a fabric: every optical cable has an optic at either end.
 * @returns money in the currency of the prices, watts
 */
export function fabricBill({ switches, nics, cables }: Fabric, prices: FabricPrices): FabricBill {
  const optical = prices.copperToNodes ? cables.total - cables.toNodes : cables.total;
  const lines: BillLine[] = [
    { part: 'switch', count: switches, ...prices.switch },
    { part: 'nic', count: nics, ...prices.nic },
    { part: 'optic', count: 2 * optical, ...prices.optic },
    { part: 'cable', count: cables.total, ...prices.cable },
  ];
  const total = (of: 'price' | 'power'): number =>
    lines.reduce((sum, line) => sum + line.count * line[of], 0);
  return { lines, price: total('price'), power: total('power') };
}
