import type { APIRoute, GetStaticPaths } from 'astro';
import { drawCard, type Card } from '#components/shell/card.ts';
import { cardName, navigation } from '#components/shell/navigation.ts';
import { site } from '#site/site.ts';

interface Props {
  card: Card;
}

export const getStaticPaths = (async () => {
  const groups = await navigation();
  const cover = {
    params: { card: cardName('/') },
    props: { card: { title: site.name, description: site.tagline, eyebrow: 'A notebook that computes' } },
  };
  const pages = groups.flatMap((group) =>
    group.entries.map(({ path, title, description = site.tagline, number }) => ({
      params: { card: cardName(path) },
      props: {
        card: {
          title,
          description,
          eyebrow: number === undefined ? group.title : `Chapter ${number} · ${group.title}`,
        },
      },
    })),
  );
  return [cover, ...pages];
}) satisfies GetStaticPaths;

/** The picture of a page where it is shared: `/og/training-time.png`. */
export const GET: APIRoute<Props> = async ({ props: { card } }) =>
  new Response(await drawCard(card), { headers: { 'content-type': 'image/png' } });
