import { hues } from '../../charts/theme';
import { element, svg } from './element';
import { ordinaryTop } from './ordinaryTop';
import { nice, place, say, ticks } from './scale';

/** One measure's curves: one value an epoch each. */
export interface CurveValues {
  readonly training: readonly number[];
  readonly validation: readonly number[] | undefined;
  /** The notebook's own run, drawn behind. */
  readonly notebook: readonly number[] | undefined;
  /** How many epochs the axis holds. */
  readonly epochs: number;
}

const height = 230;
const margin = { top: 10, right: 12, bottom: 40, left: 52 };

/**
 * The curves of one measure by epoch: training as points, validation as a line. Drawn anew at each `draw`. Single values far beyond all others go
 * out of the top, as `ordinaryTop` says, with a sign at the edge and a note below.
 */
export class Curves {
  readonly node: HTMLElement;
  readonly #svg = svg('svg', { role: 'img', height, class: 'kp-curves' });
  readonly #note = element('p', { class: 'kp-beyond' });
  readonly #title: string;
  #last: CurveValues | undefined;

  constructor(title: string) {
    this.#title = title;
    this.node = element(
      'div',
      { class: 'kp-panel' },
      element('p', { class: 'kp-panel-title' }, title),
      this.#svg,
      this.#note,
    );
    new ResizeObserver(() => this.#last && this.draw(this.#last)).observe(this.node);
  }

  draw(values: CurveValues): void {
    this.#last = values;
    const { training, validation, notebook, epochs } = values;
    const width = Math.max(240, this.node.clientWidth);
    const finite = [training, validation ?? [], notebook ?? []]
      .flat()
      .filter(value => Number.isFinite(value));
    const low = finite.reduce((a, b) => Math.min(a, b), finite[0] ?? 0);
    const high = finite.reduce((a, b) => Math.max(a, b), finite[0] ?? 1);
    const top = finite.length === 0 ? high : ordinaryTop(finite);
    const range = nice(low, top, 5);
    const x = place([1, Math.max(2, epochs)], [margin.left, width - margin.right]);
    const inside = place(range, [height - margin.bottom, margin.top]);
    // Far enough for a line to leave the frame steeply, near enough for a picture to hold.
    const y = (value: number): number => Math.max(inside(value), -height);
    const parts: SVGElement[] = [];
    for (const value of ticks(...range, 5)) {
      const at = y(value);
      parts.push(
        svg('path', { class: 'kp-grid', d: `M${margin.left},${at}H${width - margin.right}` }),
        svg('text', { x: margin.left - 8, y: at, dy: '0.35em', 'text-anchor': 'end' }, say(value)),
      );
    }
    const columns = ticks(1, Math.max(2, epochs), Math.max(2, Math.floor(width / 80))).filter(
      Number.isInteger,
    );
    for (const value of new Set([
      1,
      ...columns.filter(tick => tick > 1),
      ...(columns.length < 2 ? [epochs] : []),
    ])) {
      const at = x(value);
      parts.push(
        svg('path', { class: 'kp-tick', d: `M${at},${height - margin.bottom}v5` }),
        columnName(value, at, width),
      );
    }
    parts.push(
      svg('path', {
        class: 'kp-tick',
        d: `M${margin.left},${height - margin.bottom}H${width - margin.right}`,
      }),
      svg(
        'text',
        { x: (margin.left + width - margin.right) / 2, y: height - 6, 'text-anchor': 'middle' },
        'epoch',
      ),
    );
    const drawn: SVGElement[] = [];
    if (notebook) drawn.push(svg('path', { class: 'kp-notebook', d: line(notebook, x, y) }));
    // Points as lines of no length: one element, whatever their number.
    drawn.push(svg('path', { class: 'kp-training', stroke: hues.training, d: dots(training, x, y) }));
    if (validation)
      drawn.push(svg('path', { class: 'kp-validation', stroke: hues.validation, d: line(validation, x, y) }));
    if (high > range[1]) {
      // Beside each other, as both often leave in the same epoch.
      const above = (list: readonly number[], aside: number): string =>
        list
          .map((value, i) => (value > range[1] && value < Infinity ? arrow(x(i + 1) + aside) : ''))
          .join('');
      // An svg cuts off what lies beyond it, and needs no name to do it.
      parts.push(svg('svg', { width, height: height - margin.bottom + 4, y: 0 }, ...drawn));
      parts.push(svg('path', { class: 'kp-above', fill: hues.training, d: above(training, -3) }));
      parts.push(svg('path', { class: 'kp-above', fill: hues.validation, d: above(validation ?? [], 3) }));
    } else parts.push(...drawn);
    const many = finite.filter(value => value > range[1]).length;
    this.#note.textContent =
      many === 0
        ? ''
        : `${many === 1 ? 'One value lies' : `${many} values lie`} far beyond the top (▲): up to ${say(high)}.`;
    this.#svg.setAttribute('width', String(width));
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(...parts);
  }

  /** Say in words what is drawn, and whose it is; not at every step, which a screen reader would follow. */
  describe(whose = ''): void {
    const { training = [], validation, epochs = 0 } = this.#last ?? {};
    const last = (values: readonly number[]): string => say(values.at(-1) ?? NaN);
    this.#svg.setAttribute(
      'aria-label',
      training.length === 0
        ? `${whose}${this.#title} by epoch: nothing trained yet.`
        : `${whose}${this.#title} by epoch, ${training.length} of ${epochs}. Training: ${say(training[0]!)} at first, ${last(training)} at last.` +
            (validation ? ` Validation: ${say(validation[0]!)} at first, ${last(validation)} at last.` : '') +
            (this.#note.textContent ? ` ${this.#note.textContent}` : ''),
    );
  }
}

/** The number below a tick: centred, but the last one ends where the picture does, which would cut it. */
function columnName(value: number, at: number, width: number): SVGElement {
  const name = String(value);
  // Half a digit's width and a little more.
  const half = 3.6 * name.length + 1;
  const [x, anchor] = at + half > width ? [width - 1, 'end'] : [at, 'middle'];
  return svg('text', { x, y: height - margin.bottom + 18, 'text-anchor': anchor }, name);
}

/** A sign at the top edge: here something goes out. */
function arrow(x: number): string {
  return `M${(x - 3).toFixed(1)},9l3,-8l3,8z`;
}

type Scale = (value: number) => number;

const point = (value: number, i: number, x: Scale, y: Scale): string =>
  `${x(i + 1).toFixed(1)},${y(value).toFixed(1)}`;

function dots(values: readonly number[], x: Scale, y: Scale): string {
  return values.map((value, i) => (Number.isFinite(value) ? `M${point(value, i, x, y)}h0` : '')).join('');
}

function line(values: readonly number[], x: Scale, y: Scale): string {
  if (values.length === 1) return dots(values, x, y);
  let path = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (Number.isFinite(value)) path += pen + point(value, i, x, y);
    pen = Number.isFinite(value) ? 'L' : 'M';
  });
  return path;
}
