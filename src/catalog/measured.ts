/**
 * Measured collectives, one file a source in content/data/measured/collectives: seconds against message size. Sizes are shared by
 * all curves of a file.
 */
import { z } from 'astro/zod';

const positive = z.number().positive();

const curve = z.strictObject({
  /** Id of the GPU in content/data/gpus. */
  gpu: z.string(),
  op: z.enum(['all-reduce', 'reduce-scatter', 'all-gather', 'all-to-all', 'broadcast', 'send-receive']),
  ranks: z.number().int().min(2),
  /** Version of NCCL. */
  nccl: z.string(),
  where: z.string(),
  /** At each of the file's `bytes`. */
  seconds: z.array(positive),
});

const measuredFile = z
  .strictObject({
    what: z.string(),
    /** Key in the bibliography. */
    source: z.string(),
    licence: z.string(),
    method: z.string(),
    /** Message sizes as nccl-tests count them. */
    bytes: z.array(positive),
    curves: z.array(curve),
  })
  .refine(({ bytes, curves }) => curves.every(({ seconds }) => seconds.length === bytes.length), {
    message: 'every curve needs one time for every size',
  });

export type MeasuredCollectives = z.infer<typeof measuredFile>;

/** Checks a file of measured collectives. Throws naming the file and the fields that do not fit. */
export function parseMeasured(file: string, json: unknown): MeasuredCollectives {
  const result = measuredFile.safeParse(json);
  if (result.success) return result.data;
  throw new Error(`${file}\n${z.prettifyError(result.error)}`);
}
