/**
 * Brings the picture of all runs to life: filters, the run under the pointer, the table. Loaded when a reader comes near;
 * until then, and without script, the page shows what was drawn at build.
 */
import { barOf, binned, drawAgreement, log, percent } from '#charts';
import { whole } from '#format';
import { ALL, decodeFilters, encodeFilters, FACETS, shownBy, type Facet, type Filters } from './filters.ts';
import {
  BIN,
  dotsOf,
  generationsOf,
  speedErrorOf,
  TOLERANCES,
  unpackPoints,
  type PackedPoints,
  type Point,
} from './point.ts';
import { byError, describe, originOf, rowOf, summarySentence, tera } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** A pointer within this many pixels of a dot means that dot. */
const REACH = 26;
/** Rows added to the table at a time. */
const ROWS = 50;

function one<E extends Element>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

function svgElement(name: string, attributes: Readonly<Record<string, string>>, text?: string): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function small(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'sub';
  element.textContent = text;
  return element;
}

class Explorer {
  private readonly root: HTMLElement;
  private readonly points: readonly Point[];
  private readonly groups: ReturnType<typeof generationsOf>;
  private readonly selects: Readonly<Record<Facet, HTMLSelectElement>>;
  private readonly plot: SVGSVGElement;
  private readonly found: SVGElement;
  private readonly walk: HTMLInputElement;
  private shown: readonly Point[] = [];
  private sorted: readonly Point[] = [];
  private domain: readonly [number, number] = [1, 10];
  private limit: number;
  private chosen: Point | undefined;
  private pinned = false;

  constructor(root: HTMLElement, points: readonly Point[]) {
    this.root = root;
    this.points = points;
    this.groups = generationsOf(points);
    const select = (facet: Facet) => one<HTMLSelectElement>(root, `select[name="${facet}"]`);
    this.selects = Object.fromEntries(FACETS.map((facet) => [facet, select(facet)])) as typeof this.selects;
    this.plot = one(root, '.agreement-plot > svg');
    this.found = svgElement('circle', { class: 'chart-found', r: '6', visibility: 'hidden' });
    this.plot.append(this.found);
    this.walk = one(root, 'input[type="range"]');
    this.limit = root.querySelectorAll('[data-runs] tbody tr').length;
  }

  start(): void {
    this.readLink();
    for (const facet of FACETS) this.selects[facet].addEventListener('change', () => this.filter());
    one(this.root, '[data-more]').addEventListener('click', () => {
      this.limit += ROWS;
      this.drawTable();
    });
    one(this.root, '[data-all]').addEventListener('click', () => {
      for (const facet of FACETS) this.selects[facet].value = ALL;
      this.filter();
    });
    this.walk.addEventListener('input', () => this.choose(this.sorted[Number(this.walk.value)], true));
    this.plot.addEventListener('pointermove', (event) => this.follow(event, false));
    this.plot.addEventListener('pointerdown', (event) => this.follow(event, true));
    this.root.dataset['live'] = '';
  }

  /** The link decides; without one, what the reader has chosen since the page opened. */
  private readLink(): void {
    const offered = (facet: Facet) => [...this.selects[facet].options].map(({ value }) => value);
    if (window.location.search.length > 1) {
      const filters = decodeFilters(window.location.search, offered);
      for (const facet of FACETS) this.selects[facet].value = filters[facet];
    }
    this.draw();
  }

  private filters(): Filters {
    return Object.fromEntries(FACETS.map((facet) => [facet, this.selects[facet].value])) as Filters;
  }

  private filter(): void {
    const { pathname, hash } = window.location;
    window.history.replaceState(
      window.history.state,
      '',
      `${pathname}${encodeFilters(this.filters())}${hash}`,
    );
    this.limit = Math.min(this.limit, ROWS);
    this.draw();
  }

  private draw(): void {
    this.shown = shownBy(this.points, this.filters());
    this.sorted = byError(this.shown);
    const sentence = summarySentence(this.shown);
    const status = one<HTMLElement>(this.root, '[data-summary]');
    if (status.textContent !== sentence) status.textContent = sentence;
    this.plot.setAttribute('aria-label', `Predicted against measured. ${sentence}`);
    this.walk.max = String(Math.max(0, this.sorted.length - 1));
    this.walk.disabled = this.sorted.length === 0;
    this.drawDots();
    this.drawBars();
    this.drawTable();
    this.choose(this.sorted[0]);
  }

  private drawDots(): void {
    const { domain, ticks, bands, dots } = drawAgreement(
      dotsOf(this.shown, this.groups),
      this.groups.length,
      TOLERANCES,
    );
    this.domain = domain;
    for (const path of this.root.querySelectorAll<SVGElement>('[data-band]'))
      path.setAttribute('d', bands[Number(path.dataset['band'])] ?? '');
    for (const path of this.root.querySelectorAll<SVGElement>('[data-dots]'))
      path.setAttribute('d', dots[Number(path.dataset['dots'])] ?? '');
    one(this.root, '[data-ticks]').replaceChildren(
      ...ticks.map(({ value, place }) => {
        const group = svgElement('g', { class: 'chart-tick' });
        const side = { x: '-8', y: percent(1 - place), 'text-anchor': 'end', 'dominant-baseline': 'central' };
        const foot = { x: percent(place), y: '100%', dy: '17', 'text-anchor': 'middle' };
        group.append(svgElement('text', side, tera(value)), svgElement('text', foot, tera(value)));
        return group;
      }),
    );
  }

  private drawBars(): void {
    const bins = binned(this.shown.map(speedErrorOf), BIN.width, BIN.reach);
    const most = Math.max(1, ...bins.map(({ count }) => count));
    for (const bar of this.root.querySelectorAll<SVGElement>('[data-bin]')) {
      const { y, height } = barOf(bins[Number(bar.dataset['bin'])]?.count ?? 0, most);
      bar.setAttribute('y', String(y));
      bar.setAttribute('height', String(height));
    }
    one(this.root, '[data-most]').textContent = `tallest: ${whole(most)} runs`;
  }

  private drawTable(): void {
    const body = one(this.root, '[data-runs] tbody');
    body.replaceChildren(...this.sorted.slice(0, this.limit).map((point) => this.row(point)));
    const left = this.sorted.length - body.children.length;
    const more = one<HTMLButtonElement>(this.root, '[data-more]');
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(ROWS, left)} more`;
    one(this.root, '[data-left]').textContent =
      left > 0 ? `${whole(body.children.length)} of ${whole(this.sorted.length)}, largest error first` : '';
  }

  private row(point: Point): HTMLTableRowElement {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.append(point.model, small(`${point.source}, tier ${point.tier}`));
    const cells = rowOf(point).map(([text, under]) => {
      const cell = document.createElement('td');
      cell.append(text, ...(under ? [small(under)] : []));
      return cell;
    });
    const last = document.createElement('td');
    last.append(this.link(point, 'Open'));
    row.append(head, ...cells, last);
    return row;
  }

  private link({ shape, rest, model }: Point, text: string): HTMLAnchorElement {
    const link = document.createElement('a');
    link.href = `${this.root.dataset['opens'] ?? ''}${shape}${rest}`;
    link.textContent = text;
    link.setAttribute('aria-label', `${text} ${model} in the calculator of MFU`);
    return link;
  }

  private follow(event: PointerEvent, press: boolean): void {
    if (this.pinned && !press) return;
    const box = this.plot.getBoundingClientRect();
    const scale = log(...this.domain);
    const away = ({ x, y }: Point): number =>
      Math.hypot(
        scale(x) * box.width - (event.clientX - box.left),
        (1 - scale(y)) * box.height - (event.clientY - box.top),
      );
    let nearest: Point | undefined;
    let least = REACH;
    for (const point of this.shown) {
      const distance = away(point);
      if (distance < least) [nearest, least] = [point, distance];
    }
    if (nearest || press) this.choose(nearest ?? this.chosen, press && nearest !== undefined);
  }

  /** Marks a run in the picture and writes its card; a pinned one stays while the pointer travels to its link. */
  private choose(point: Point | undefined, pin = false): void {
    this.pinned = pin;
    this.chosen = point;
    const card = one<HTMLElement>(this.root, '[data-card]');
    this.found.setAttribute('visibility', point ? 'visible' : 'hidden');
    if (!point) return card.replaceChildren();
    const place = this.sorted.indexOf(point);
    this.walk.value = String(place);
    this.walk.style.setProperty('--at', percent(place / Math.max(1, this.sorted.length - 1)));
    const scale = log(...this.domain);
    this.found.setAttribute('cx', percent(scale(point.x)));
    this.found.setAttribute('cy', percent(1 - scale(point.y)));
    const text = describe(point);
    this.walk.setAttribute('aria-valuetext', text);
    card.replaceChildren(text, small(originOf(point)), this.link(point, 'Open in a calculator'));
  }
}

/** Fetches the runs and takes over the element. Throws when they cannot be fetched: the page stays as it was drawn. */
export async function explore(root: HTMLElement): Promise<void> {
  const response = await fetch(root.dataset['points'] ?? '');
  if (!response.ok) throw new Error(`The runs could not be fetched: ${response.status}`);
  new Explorer(root, unpackPoints((await response.json()) as PackedPoints)).start();
}
