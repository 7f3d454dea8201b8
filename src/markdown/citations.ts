import {
  defineHastPlugin,
  type HastPluginEntry,
  type HastVisitorContext,
  type MdxJsxTextElementHast,
} from 'satteri';

/** Component -> the attribute that names its source. */
const CITING: Readonly<Record<string, string>> = { Cite: 'id', Given: 'cite' };

/**
 * Counts the citations of each source in reading order and hands each its count as `n`, so that the reference
 * list can link back to it. Counting while rendering would depend on the order in which components finish.
 */
export const citationsPlugin: HastPluginEntry = () => {
  const counts = new Map<string, number>();
  const count = {
    filter: Object.keys(CITING),
    visit(node: Readonly<Pick<MdxJsxTextElementHast, 'name' | 'attributes'>>, ctx: HastVisitorContext): void {
      const name = CITING[node.name ?? ''] ?? '';
      const attribute = node.attributes.find((a) => a.type === 'mdxJsxAttribute' && a.name === name);
      if (typeof attribute?.value !== 'string') {
        throw new Error(`<${node.name}> needs a plain ${name}="bibliography-key".`);
      }
      const n = (counts.get(attribute.value) ?? 0) + 1;
      counts.set(attribute.value, n);
      ctx.setProperty(node as MdxJsxTextElementHast, 'n', String(n));
    },
  };
  return defineHastPlugin({ name: 'number-citations', mdxJsxTextElement: count, mdxJsxFlowElement: count });
};
