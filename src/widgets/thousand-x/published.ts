/** NVIDIA's own factors of the 1,000x, as its blog prints them (dally2023). */
export const PUBLISHED_FACTORS = [
  { id: 'format', label: 'number format', factor: 16 },
  { id: 'instructions', label: 'complex instructions', factor: 12.5 },
  { id: 'process', label: 'process', factor: 2.5 },
  { id: 'sparsity', label: 'sparsity', factor: 2 },
] as const;
