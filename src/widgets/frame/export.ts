import type { Table, TableCell } from './types.ts';

function csvCell(cell: TableCell): string {
  const text = typeof cell === 'string' ? cell : String(cell.value);
  // A leading formula sign would be run by a spreadsheet; our texts come partly from links.
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table with raw values in base units, under a comment that says what it is and where it came from. */
export function csvOf(table: Table, sentence: string, link: string): string {
  const head = table.columns.map(({ label, unit }) => csvCell(unit ? `${label} (${unit})` : label));
  const rows = table.rows.map((row) => row.map(csvCell).join(','));
  return [`# ${sentence}`, `# ${link}`, head.join(','), ...rows, ''].join('\n');
}

/** Pixels around an exported chart: its labels hang outside of the box that it fills. */
const MARGIN = 48;

/** What the page's style sheets say about a shape, which a file by itself has to say at the shape. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'paint-order',
  // One by one: with tabular figures the shorthand has no text.
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'opacity',
  'text-anchor',
  'dominant-baseline',
];

const styleOf = (element: Element, names: readonly string[] = STYLES): string => {
  const style = getComputedStyle(element);
  return names.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
};

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** The chart itself with its styles written in, as wide as it is on the page. */
function drawn(chart: SVGSVGElement, box: DOMRect, scale: number): SVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll('*');
  copy.querySelectorAll<SVGElement>('*').forEach((node, i) => {
    const original = originals[i];
    if (original) node.setAttribute('style', styleOf(original));
    // What does not grow with the picture is drawn larger from the start.
    if (original && node.hasAttribute('vector-effect'))
      node.style.strokeWidth = `${scale * Number.parseFloat(getComputedStyle(original).strokeWidth)}px`;
    node.removeAttribute('class');
    if (original && getComputedStyle(original).display === 'none') node.remove();
  });
  copy.removeAttribute('class');
  copy.setAttribute('width', String(box.width));
  copy.setAttribute('height', String(box.height));
  copy.setAttribute('overflow', 'visible');
  return copy;
}

/** What the colours mean, which the page writes beside the chart, at the same places. */
function legend(chart: SVGSVGElement, box: DOMRect): SVGElement[] {
  const entries = chart.parentElement?.querySelectorAll('.chart-key li') ?? [];
  return [...entries].flatMap((entry) => {
    const { left, top, height } = entry.getBoundingClientRect();
    const [x, y] = [left - box.left, top - box.top + height / 2];
    const swatch = entry.querySelector('.chart-swatch');
    // A dashed line is drawn as a border, which is wider than a dot.
    const dashed = swatch?.hasAttribute('data-dashed') ?? false;
    const text = make('text', { x: x + (dashed ? 24 : 16), y, 'dominant-baseline': 'central' });
    const fonts = styleOf(entry, ['font-family', 'font-size', 'font-weight']);
    text.setAttribute('style', `fill:${getComputedStyle(entry).color};${fonts}`);
    text.textContent = entry.textContent;
    if (swatch && dashed) {
      const style = `stroke:${getComputedStyle(swatch).borderTopColor};stroke-width:2;stroke-dasharray:5 3`;
      return [make('line', { x1: x, x2: x + 18, y1: y, y2: y, style }), text];
    }
    const fill = swatch ? getComputedStyle(swatch).backgroundColor : 'none';
    return [make('circle', { cx: x + 5, cy: y, r: 5, style: `fill:${fill}` }), text];
  });
}

/**
 * The chart as a file of its own: styles written in, paper behind it, the result as its description.
 * @param scale how much larger it will be drawn
 */
export function svgOf(chart: SVGSVGElement, sentence: string, link: string, scale = 1): string {
  const box = chart.getBoundingClientRect();
  const key = legend(chart, box);
  const above = Math.max(0, ...key.map((node) => -Number(node.getAttribute('y') ?? 0)));
  const top = Math.round(above + MARGIN / 2);
  const width = Math.round(box.width) + 2 * MARGIN;
  const height = top + Math.round(box.height) + MARGIN;
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const file = make('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    style: `background:${paper}`,
  });
  const note = make('metadata', {});
  note.textContent = `${sentence} ${link}`;
  const place = make('g', { transform: `translate(${MARGIN} ${top})` });
  place.append(...key, drawn(chart, box, scale));
  file.append(note, place);
  return new XMLSerializer().serializeToString(file);
}

/** Pixels of a saved picture for each pixel of the page: sharp on a slide. */
const SHARPNESS = 2;

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string); // as a data URL it is text
    reader.onerror = () => fail(new Error('The browser could not read a file that it made.'));
    reader.readAsDataURL(blob);
  });
}

/** The page's interface font as a rule that travels: a picture drawn by itself sees no font of the page. */
async function fontRule(): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSFontFaceRule ? [{ rule, sheet }] : [])),
  );
  const face = faces.find(({ rule }) => rule.style.getPropertyValue('font-family').includes('Inter'));
  const [, address] = /url\("?([^")]+)"?\)/.exec(face?.rule.style.getPropertyValue('src') ?? '') ?? [];
  if (!face || !address) return '';
  const file = await fetch(new URL(address, face.sheet.href ?? document.baseURI));
  return `@font-face{font-family:Inter;font-weight:100 900;src:url(${await dataUrl(await file.blob())})}`;
}

/** The same picture as pixels. Rejects where the browser cannot draw it. */
export async function pngOf(chart: SVGSVGElement, sentence: string, link: string): Promise<Blob> {
  const image = new Image();
  const letters = await fontRule();
  const svg = svgOf(chart, sentence, link, SHARPNESS);
  const whole = svg.replace('</metadata>', `</metadata><style>${letters}</style>`);
  image.src = await dataUrl(new Blob([whole], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SHARPNESS;
  canvas.height = image.height * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('Nothing was drawn.'))), 'image/png'),
  );
}

export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = Object.assign(document.createElement('a'), { href: url, download: name });
  anchor.click();
  URL.revokeObjectURL(url);
}
