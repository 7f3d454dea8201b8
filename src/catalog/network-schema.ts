import { z } from 'astro/zod';
import { atLeastZero, count, fact, parse, positive, text } from './schema.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const notes = z.array(z.string());

/** One generation of InfiniBand, as a port of four lanes. Bytes/s in one direction. */
export const infinibandRecord = z.strictObject({
  id,
  name: z.string(),
  year: count,
  lanes: count,
  /** Signalling rate of one lane, before encoding. */
  laneRate: positive,
  encoding: text.optional(),
  /** Data rate of the port. */
  portBandwidth: positive,
  /** What the trade calls it. */
  marketed: text,
  notes,
});

/** One switch. */
export const switchRecord = z.strictObject({
  id,
  name: z.string(),
  product: z.string(),
  generation: text,
  ports: count,
  /** One port, one direction, bytes/s. */
  portBandwidth: positive,
  /** From port to port, seconds. */
  latency: positive.optional(),
  /** Reduction in the switch. */
  sharp: text.optional(),
  notes,
});

const row = z.strictObject({
  nodes: z.number().int().positive(),
  gpus: z.number().int().positive(),
  leaf: z.number().int().positive(),
  spine: z.number().int().positive(),
  core: z.number().int().nonnegative(),
  nodeLeaf: z.number().int().positive(),
  leafSpine: z.number().int().positive(),
  spineCore: z.number().int().nonnegative(),
});

/** A reference design: the estimator's description of it, and the table that its maker prints. */
export const fabricRecord = z.strictObject({
  id,
  name: z.string(),
  /** "H100, NDR". */
  short: z.string(),
  year: count,
  /** Ids in content/data/nodes and content/data/switches. */
  server: text,
  switch: text,
  portsPerNode: count,
  planes: count,
  radix: count,
  portBandwidth: positive,
  linksPerCable: count,
  extraPorts: atLeastZero,
  /** Nodes of one scalable unit. */
  unitNodes: count,
  table: fact(z.array(row).min(1)),
  notes,
});

export type SourcedInfiniband = z.infer<typeof infinibandRecord>;
export type SourcedSwitch = z.infer<typeof switchRecord>;
export type SourcedFabric = z.infer<typeof fabricRecord>;

/** Each checks a file of its kind, and throws naming the file and the fields that do not fit. */
export const parseInfiniband = (file: string, json: unknown): SourcedInfiniband =>
  parse(infinibandRecord, file, json);
export const parseSwitch = (file: string, json: unknown): SourcedSwitch => parse(switchRecord, file, json);
export const parseFabric = (file: string, json: unknown): SourcedFabric => parse(fabricRecord, file, json);
