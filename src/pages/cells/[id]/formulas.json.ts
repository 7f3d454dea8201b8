import type { APIRoute, GetStaticPaths } from 'astro';
import { setFormula } from '#widgets/frame/formulas.ts';
import type { Behind } from '#widgets/frame/types.ts';
import { widgets } from '#widgets/registry.ts';

// A page carries the formulas that it shows; the others of a cell are fetched from here when a reader asks for them.
const modules = import.meta.glob<{ behind: Behind }>('/src/widgets/*/behind.ts', { eager: true });

export const getStaticPaths = (() =>
  Object.values(widgets).map(({ id }) => ({ params: { id } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const equations = modules[`/src/widgets/${params.id}/behind.ts`]?.behind.equations ?? [];
  return Response.json(Object.fromEntries(equations.map((equation) => [equation.id, setFormula(equation)])));
};
