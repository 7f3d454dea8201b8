import Answer from '#components/Answer.astro';
import Cite from '#components/Cite.astro';
import Derivation from '#components/Derivation.astro';
import Eq from '#components/Eq.astro';
import Exercise from '#components/Exercise.astro';
import Figure from '#components/Figure.astro';
import Given from '#components/Given.astro';
import Note from '#components/Note.astro';
import Num from '#components/Num.astro';
import Predict from '#components/Predict.astro';
import Ref from '#components/Ref.astro';
import SpotTheBug from '#components/SpotTheBug.astro';
import Talk from '#components/Talk.astro';
import Term from '#components/Term.astro';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

type Module = Readonly<{ default: AstroComponentFactory }>;

/** Every `.astro` of a folder under its own file name: figures and cells need no registration. */
function byName(modules: Readonly<Record<string, Module>>): Record<string, AstroComponentFactory> {
  return Object.fromEntries(
    Object.entries(modules).map(([file, module]) => [
      file.split('/').at(-1)?.replace('.astro', '') ?? file,
      module.default,
    ]),
  );
}

const figures = byName(import.meta.glob<Module>('/src/components/figures/**/*.astro', { eager: true }));
const cells = byName(import.meta.glob<Module>('/src/widgets/*/[A-Z]*.astro', { eager: true }));

/** The vocabulary of prose. A chapter imports nothing: these are the words it has. */
export const components = {
  ...figures,
  ...cells,
  Answer,
  Cite,
  Derivation,
  Eq,
  Exercise,
  Figure,
  Given,
  Note,
  Num,
  Predict,
  Ref,
  SpotTheBug,
  Talk,
  Term,
};
