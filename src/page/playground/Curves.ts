import { hues } from '../../charts/theme';
import { element, svg } from './element';
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

/** The curves of one measure by epoch: training as points, validation as a line. Drawn anew at each `draw`. */
export class Curves {
  readonly node: HTMLElement;
  readonly #svg = svg('svg', { role: 'img', height, class: 'kp-curves' });
  readonly #title: string;
  #last: CurveValues | undefined;

  constructor(title: string) {
    this.#title = title;
    this.node = element(
      'div',
      { class: 'kp-panel' },
      element('p', { class: 'kp-panel-title' }, title),
      this.#svg,
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
    const range = nice(low, high, 5);
    const x = place([1, Math.max(2, epochs)], [margin.left, width - margin.right]);
    const y = place(range, [height - margin.bottom, margin.top]);
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
        svg('text', { x: at, y: height - margin.bottom + 18, 'text-anchor': 'middle' }, String(value)),
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
    if (notebook) parts.push(svg('path', { class: 'kp-notebook', d: line(notebook, x, y) }));
    // Points as lines of no length: one element, whatever their number.
    parts.push(svg('path', { class: 'kp-training', stroke: hues.training, d: dots(training, x, y) }));
    if (validation)
      parts.push(svg('path', { class: 'kp-validation', stroke: hues.validation, d: line(validation, x, y) }));
    this.#svg.setAttribute('width', String(width));
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(...parts);
  }

  /** Say in words what is drawn; not at every step, which a screen reader would follow. */
  describe(): void {
    const { training = [], validation, epochs = 0 } = this.#last ?? {};
    const last = (values: readonly number[]): string => say(values.at(-1) ?? NaN);
    this.#svg.setAttribute(
      'aria-label',
      training.length === 0
        ? `${this.#title} by epoch: nothing trained yet.`
        : `${this.#title} by epoch, ${training.length} of ${epochs}. Training: ${say(training[0]!)} at first, ${last(training)} at last.` +
            (validation ? ` Validation: ${say(validation[0]!)} at first, ${last(validation)} at last.` : ''),
    );
  }
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
