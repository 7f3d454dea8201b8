import { defineCollection, reference } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { presets } from '#scenario';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'Use small letters, digits and dashes, such as "training-time".' });

/** A chapter: `content/chapters/<slug>/index.mdx`. The folder is its address and never changes. */
const chapters = defineCollection({
  loader: glob({
    base: './content/chapters',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => entry.slice(0, entry.indexOf('/')),
  }),
  schema: z.strictObject({
    title: z.string().min(1).describe('As the heading shows it.'),
    description: z
      .string()
      .min(40, { error: 'The lede: one or two sentences that say what the reader will be able to do.' })
      .describe('The lede under the title, also the description that search engines and citations show.'),
    number: z
      .number()
      .int()
      .min(0)
      .describe(
        'The chapter number that every equation, figure and cell of it carries; fixed for ever. 0: a page outside the count.',
      ),
    group: z
      .enum(['Estimate', 'The machine', 'The formula', 'The run and after', 'Workbench'], {
        error: 'One of: Estimate, The machine, The formula, The run and after, Workbench.',
      })
      .describe('The part of the book that lists it.'),
    minutes: z.number().int().positive().describe('Reading time without the exercises, in minutes.'),
    preset: z
      .enum(Object.keys(presets) as [keyof typeof presets, ...(keyof typeof presets)[]], {
        error: `Name a preset of src/scenario/presets.ts: ${Object.keys(presets).join(', ')}.`,
      })
      .describe(
        'The scenario from which the cells of the page start and every number of its prose is computed.',
      ),
    updated: z.coerce
      .date({ error: 'A date such as 2026-11-23.' })
      .describe('Day of the last change of meaning.'),
    kicker: z.string().optional().describe('Small line above the title, after the group and the minutes.'),
  }),
});

/** A term: `content/glossary/<id>.md`, whose text is the definition. */
const glossary = defineCollection({
  loader: glob({ base: './content/glossary', pattern: '*.md' }),
  schema: z.strictObject({
    term: z.string().min(1).describe('As it stands in running text.'),
    long: z.string().optional().describe('What the abbreviation stands for.'),
    see: z
      .array(reference('glossary'))
      .default([])
      .describe('Terms that a reader of this one will want next.'),
    chapters: z.array(id).default([]).describe('Slugs of chapters that teach it, the main one first.'),
    source: z
      .strictObject({
        key: id.describe('Key in content/bibliography/references.json.'),
        where: z.string().min(1).describe('Section, table, equation or page in it.'),
      })
      .describe('Where the definition can be checked.'),
  }),
});

export const collections = { chapters, glossary };
