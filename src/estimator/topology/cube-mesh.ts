/**
 * NVLinks between each two GPUs of DGX-1, in NVIDIA's numbering: a cube with GPUs at its corners, all twelve edges wired
 * and two opposite faces with their diagonals. With six links a GPU, some wires are double.
 * @source for six links (V100): NCCL issue 671, the topology file of a DGX-1 (GPUs 0 and 1 in full, the rest by the
 *   cube's symmetry and by six links a GPU); for four (P100): the same pairs, one link each (NVIDIA, DGX-1 system page)
 */
const SIX_LINKS: readonly (readonly number[])[] = [
  [0, 1, 1, 2, 2, 0, 0, 0],
  [1, 0, 2, 1, 0, 2, 0, 0],
  [1, 2, 0, 2, 0, 0, 1, 0],
  [2, 1, 2, 0, 0, 0, 0, 1],
  [2, 0, 0, 0, 0, 1, 1, 2],
  [0, 2, 0, 0, 1, 0, 2, 1],
  [0, 0, 1, 0, 1, 2, 0, 2],
  [0, 0, 0, 1, 2, 1, 2, 0],
];

/** GPUs of the hybrid cube mesh. */
export const CUBE_GPUS = 8;

/** The links of the mesh by pair of GPUs, or null when no such mesh was built. */
export function cubeMeshLinks(gpus: number, links: number): readonly (readonly number[])[] | null {
  if (gpus !== CUBE_GPUS) return null;
  if (links === 6) return SIX_LINKS;
  return links === 4 ? SIX_LINKS.map((row) => row.map((count) => Math.min(count, 1))) : null;
}
