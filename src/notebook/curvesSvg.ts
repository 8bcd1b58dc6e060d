/** A curve: `[x, y]` in the order of x. A y that is not finite leaves a gap. */
export interface Curve {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly color: string;
  readonly kind: 'points' | 'line';
  readonly dash?: readonly number[] | undefined;
  readonly thin?: boolean;
}

interface Frame {
  /** What the picture is called for a reader who cannot see it, escaped for HTML. */
  readonly label: string;
  /** The first and the last place of the x axis. */
  readonly x: readonly [first: number, last: number];
}

const [width, height] = [330, 132];
const edge = { left: 44, right: 8, top: 6, bottom: 20 };
const [right, bottom] = [width - edge.right, height - edge.bottom];
// A curve of more points has more than two on each pixel.
const mostPoints = 2 * (right - edge.left);
// More points than this would touch each other; they become a dotted line.
const mostDots = 60;

/**
 * Curves over whole numbers as a small SVG, drawn in well under a millisecond, which a full Vega view is not. Lines and text are `currentColor`; the picture
 * has no id, so many can be in one page.
 */
export function curvesSvg(curves: readonly Curve[], { label, x: [first, last] }: Frame): string {
  let [low, high] = [Infinity, -Infinity];
  for (const { points } of curves) {
    for (const [, y] of points) {
      if (!Number.isFinite(y)) continue;
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  const some = low <= high;
  const margin = (high - low) * 0.05 || Math.abs(high) * 0.05 || 0.5;
  const [from, to] = some ? [low - margin, high + margin] : [0, 1];
  const toX = (x: number): number =>
    edge.left + 4 + ((right - edge.left - 8) * (x - first)) / Math.max(1, last - first);
  const toY = (y: number): number => bottom - ((bottom - edge.top) * (y - from)) / (to - from);

  const yTicks = some ? ticks(from, to, 3) : [];
  const name = tickName(yTicks);
  const grid = yTicks.map(
    tick =>
      `<path d="M${edge.left},${px(toY(tick))}H${right}" stroke="currentColor" stroke-opacity=".15"/>` +
      `<text x="${edge.left - 5}" y="${px(toY(tick) + 4)}" text-anchor="end">${name(tick)}</text>`,
  );
  const xTicks = [...new Set(ticks(first, last, 5).filter(Number.isInteger))];
  const below = xTicks.map(
    tick => `<text x="${px(toX(tick))}" y="${height - 5}" text-anchor="middle">${tick}</text>`,
  );
  const marks = curves.map(curve => draw(curve, toX, toY));
  return (
    `<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    'style="display:block;overflow:visible;max-width:100%;height:auto;font:11px system-ui,sans-serif" fill="currentColor">' +
    `${grid.join('')}<path d="M${edge.left},${bottom}H${right}" stroke="currentColor" stroke-opacity=".5"/>` +
    `${below.join('')}${marks.join('')}</svg>`
  );
}

function draw(
  { points, color, kind, dash, thin }: Curve,
  toX: (x: number) => number,
  toY: (y: number) => number,
): string {
  const dots = kind === 'points' && points.length <= mostDots;
  const pieces: string[] = [];
  let open = false;
  for (const [x, y] of thinned(points)) {
    if (!Number.isFinite(y)) {
      open = false;
      continue;
    }
    const place = `${px(toX(x))},${px(toY(y))}`;
    // A line of no length with round ends is a dot, so a lonely point of a line is seen, too.
    pieces.push(dots ? `M${place}h0` : open ? `L${place}` : `M${place}h0`);
    open = true;
  }
  if (pieces.length === 0) return '';
  const stroke = dots ? 5 : kind === 'points' ? 2.5 : thin ? 1.5 : 2;
  const dashes = kind === 'points' ? (dots ? '' : '0 4') : (dash ?? []).join(' ');
  const gaps = dashes === '1 0' ? '' : dashes;
  return (
    `<path d="${pieces.join('')}" fill="none" stroke="${color}" stroke-width="${stroke}" ` +
    // Round ends would close the gaps between dashes.
    `stroke-linecap="${kind === 'line' && gaps !== '' ? 'butt' : 'round'}" ` +
    `stroke-linejoin="round"${gaps === '' ? '' : ` stroke-dasharray="${gaps}"`}/>`
  );
}

/** Of very many points the lowest and the highest of each stretch, so that the outline stays. */
function thinned(points: Curve['points']): Curve['points'] {
  if (points.length <= mostPoints) return points;
  const stretch = points.length / (mostPoints / 2);
  const kept: (readonly [number, number])[] = [];
  for (let begin = 0; begin < points.length; begin += stretch) {
    let [low, high] = [Math.floor(begin), Math.floor(begin)];
    for (let i = low; i < Math.min(points.length, Math.floor(begin + stretch)); i++) {
      if (points[i]![1] < points[low]![1]) low = i;
      if (points[i]![1] > points[high]![1]) high = i;
    }
    kept.push(points[Math.min(low, high)]!, points[Math.max(low, high)]!);
  }
  return kept;
}

/** About `count` round numbers between two. */
function ticks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * 0.75)!;
  const out: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
    out.push(Number((i * step).toPrecision(12)));
  return out;
}

/** How ticks are written: all with as many decimals as one of them needs, very small and very large ones with an exponent. */
function tickName(all: readonly number[]): (tick: number) => string {
  const most = all.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (most >= 1e5 || (most > 0 && most < 1e-3)) return tick => (tick === 0 ? '0' : tick.toExponential(1));
  const digits = all.reduce((a, b) => Math.max(a, (String(b).split('.')[1] ?? '').length), 0);
  return tick => tick.toFixed(digits);
}

/** A place to a tenth of a pixel. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}
