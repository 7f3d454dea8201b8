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

/** Pixels around an exported chart. */
const MARGIN = 48;

const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font',
  'opacity',
  'text-anchor',
  'dominant-baseline',
];

/** The chart as a file of its own: styles written in, paper behind it, the result as its description. */
export function svgOf(chart: SVGSVGElement, sentence: string, link: string): string {
  const { width, height } = chart.getBoundingClientRect();
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll('*');
  copy.querySelectorAll<SVGElement>('*').forEach((node, i) => {
    const original = originals[i];
    if (!original) return;
    const style = getComputedStyle(original);
    node.setAttribute('style', INHERITED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    node.removeAttribute('class');
  });
  copy.removeAttribute('class');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  // Axis labels hang outside the plot, so the picture is a little larger than the box it fills.
  copy.setAttribute(
    'viewBox',
    `${-MARGIN} ${-MARGIN / 2} ${Math.round(width) + 2 * MARGIN} ${Math.round(height) + 1.5 * MARGIN}`,
  );
  copy.setAttribute('width', String(Math.round(width) + 2 * MARGIN));
  copy.setAttribute('height', String(Math.round(height) + 1.5 * MARGIN));
  copy.setAttribute('style', `background:${getComputedStyle(document.documentElement).backgroundColor}`);
  const note = document.createElementNS('http://www.w3.org/2000/svg', 'metadata');
  note.textContent = `${sentence} ${link}`;
  copy.prepend(note);
  return new XMLSerializer().serializeToString(copy);
}

/** Pixels of a saved picture for each pixel of the page: sharp on a slide. */
const SHARPNESS = 2;

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
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

/** The exported chart as pixels. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  const letters = await fontRule();
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
