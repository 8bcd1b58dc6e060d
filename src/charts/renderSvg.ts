import { createHash } from 'node:crypto';
import type { LoggerInterface as Logger } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { VegaLiteSpec } from './Chart';
import { compactSvg } from './compactSvg';
import { textItemWidth } from './textItemWidth';
import { font } from './theme';

interface Picture {
  title: string;
  description: string;
  wide: VegaLiteSpec;
  narrow?: VegaLiteSpec | undefined;
}

// Below this width of the viewport (a phone) the narrow layout shows.
const phone = '40rem';
// A narrow layout wider than this, a large model's, would be unreadable at the width of a phone: it scrolls.
const phoneWidth = 480;

const style =
  `.kp-chart{max-width:100%;font-family:${font}}.kp-chart .kp-narrow{display:none}` +
  `svg.kp-chart:root{color:#1f2328}` +
  `@media (prefers-color-scheme:dark){svg.kp-chart:root{color:#e6edf3}}` +
  `.kp-chart.kp-one{height:auto}` +
  `@media screen and (max-width:${phone}){.kp-chart.kp-one{max-width:max(100%,35rem)}}` +
  `@media (max-width:${phone}){.kp-chart.kp-two{width:var(--kp-width);height:auto;aspect-ratio:var(--kp-ratio)}` +
  `.kp-chart.kp-scroll{max-width:max(100%,min(var(--kp-width),45rem))}` +
  `.kp-chart.kp-two .kp-wide{display:none}.kp-chart.kp-two .kp-narrow{display:inline}}` +
  `@media (min-width:${phone}){.kp-chart.kp-two{height:auto;aspect-ratio:var(--kp-wide-ratio)}}`;

/** Draw Vega-Lite specifications in Node as one SVG that scales, tells what it shows, and can be put beside others in a page. */
export async function renderSvg({ title, description, wide, narrow }: Picture): Promise<string> {
  const id = `kp-${createHash('sha256')
    .update(JSON.stringify([wide, narrow]))
    .digest('hex')
    .slice(0, 10)}`;
  const first = await draw(wide, `${id}-w`);
  const second = narrow && (await draw(narrow, `${id}-n`));
  const size = `width="${first.width}" height="${first.height}" viewBox="0 0 ${first.width} ${first.height}"`;
  const open = (attributes: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-t ${id}-d" ${attributes}>` +
    `<title id="${id}-t">${escape(title)}</title><desc id="${id}-d">${escape(description)}</desc><style>${style}</style>`;
  if (!second) {
    return `${open(`class="kp-chart kp-one" ${size}`)}<g class="kp-wide">${first.body}</g></svg>`;
  }
  const vars =
    `--kp-width:${second.width}px;--kp-ratio:${second.width}/${second.height};` +
    `--kp-wide-ratio:${first.width}/${first.height}`;
  const inner = (className: string, { body, width, height }: Drawing): string =>
    `<svg class="${className}" width="100%" height="100%" viewBox="0 0 ${width} ${height}">${body}</svg>`;
  return (
    open(
      `class="kp-chart kp-two${second.width > phoneWidth ? ' kp-scroll' : ''}" style="${vars}" width="${first.width}" height="${first.height}"`,
    ) + `${inner('kp-wide', first)}${inner('kp-narrow', second)}</svg>`
  );
}

/** Without the layers that only answer a pointer: a still picture has none. */
function still<T>(part: T): T {
  if (typeof part !== 'object' || part === null) return part;
  const kept: unknown = Array.isArray(part)
    ? part.filter((item: unknown) => !answersPointer(item)).map(still)
    : Object.fromEntries(Object.entries(part).map(([key, value]) => [key, still(value)]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return kept as T;
}

function answersPointer(layer: unknown): boolean {
  if (typeof layer !== 'object' || layer === null || !('params' in layer) || !Array.isArray(layer.params))
    return false;
  return layer.params.some((param: { select?: { on?: unknown } }) => param.select?.on === 'pointerover');
}

// The type of a whole specification is too wide for literals built in parts; compiling checks it for real.
function asVegaLite(spec: object): TopLevelSpec {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return spec as TopLevelSpec;
}

interface Drawing {
  width: number;
  height: number;
  body: string;
}

async function draw(spec: VegaLiteSpec, prefix: string): Promise<Drawing> {
  // Imported here, not above: vega takes a moment to load, and many programs never draw.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  measureText(vega);
  const view = new vega.View(vega.parse(compile(asVegaLite(still(spec)), { logger: new Strict() }).spec), {
    renderer: 'none',
    logger: new Strict(),
  });
  try {
    return tidy(await view.toSVG(), prefix);
  } finally {
    view.finalize();
  }
}

/** Without a canvas vega takes every letter to be 0.8 of the font's size wide, which leaves gaps beside labels and in legends. */
function measureText(vega: object): void {
  // vega has this for such estimates, but its types do not know it.
  if (!('textMetrics' in vega && typeof vega.textMetrics === 'object' && vega.textMetrics !== null)) return;
  Object.assign(vega.textMetrics, { width: textItemWidth });
}

/** A warning means that a chart of ours is wrong: it fails rather than draws something else. */
class Strict implements Logger {
  level(): number;
  level(level: number): this;
  level(level?: number): number | this {
    return level === undefined ? 2 : this;
  }
  error(...message: readonly unknown[]): this {
    throw new Error(`vega: ${message.map(String).join(' ')}`);
  }
  warn(...message: readonly unknown[]): this {
    // Of a chart that can be dragged; a still picture is in no window.
    if (message[0] === 'Can not resolve event source: window') return this;
    return this.error('warns:', ...message);
  }
  info(): this {
    return this;
  }
  debug(): this {
    return this;
  }
}

function tidy(svg: string, prefix: string): Drawing {
  const head = /^<svg [^>]*? width="([\d.]+)" height="([\d.]+)"[^>]*>/.exec(svg);
  if (!head) throw new Error(`Expected vega to return an SVG with a size, received ${svg.slice(0, 80)}.`);
  const names = new Map<string, string>();
  // vega numbers its ids through the whole process; two pictures in one page must not share one.
  const name = (old: string): string => {
    if (!names.has(old)) names.set(old, `${prefix}${names.size}`);
    return names.get(old)!;
  };
  const body = svg
    .slice(head[0].length, svg.lastIndexOf('</svg>'))
    .replace(/ id="([^"]+)"/g, (_, old: string) => ` id="${name(old)}"`)
    .replace(/="url\(#([^)]+)\)"/g, (_, old: string) => `="url(#${name(old)})"`)
    .replace(/ (?:role|aria-[a-z]+|font-family|pointer-events)="[^"]*"/g, '')
    .replace(/ opacity="1"/g, '')
    .replace(/<path class="(?:background|foreground)"(?: d="(?:M0,0h0v0h0Z)?"| display="none")*\/>/g, '')
    // Coordinates to a hundredth of a pixel; only inside attributes that hold coordinates.
    .replace(
      / (transform|d|x|x2|y|y2|width|height)="([^"]*)"/g,
      (_, key: string, value: string) =>
        ` ${key}="${value.replace(/-?\d+\.\d{3,}/g, digits => String(Number(Number(digits).toFixed(2))))}"`,
    );
  return { width: Math.ceil(Number(head[1])), height: Math.ceil(Number(head[2])), body: compactSvg(body) };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
