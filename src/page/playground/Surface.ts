import { isolines } from '../../charts/isolines';
import { palette } from '../../charts/theme';
import type { PlaygroundPlane } from '../../playground/PlaygroundConfig';
import { element, svg } from './element';
import { place, ticks } from './scale';

/** The points that the network trains on. */
export interface SurfacePoints {
  /** Row-major pairs. */
  readonly x: Float32Array;
  /** 0 or 1. */
  readonly y: Float32Array;
}

const side = 320;
// The inner part is square too.
const margin = { top: 10, right: 10, bottom: 46, left: 46 };
const inner = { x: [margin.left, side - margin.right], y: [side - margin.bottom, margin.top] } as const;
// Away from pure colour, so that the points stay visible.
const strongest = 0.75;
// Neither hue of the curves beside it, where blue and orange are training and validation. These two stay apart for
// colour-blind eyes too, and one class has a hole in its points.
const hues = { yes: palette[3]!, no: palette[4]! };

/**
 * What the network answers over the plane of its two features, with the points it trains on: the stronger the colour, the surer; where it is
 * undecided the page shows through, light or dark, and a line marks one half.
 */
export class Surface {
  readonly node: HTMLElement;
  readonly #plane: PlaygroundPlane;
  readonly #canvas: HTMLCanvasElement;
  readonly #border = svg('path', { class: 'kp-border' });
  readonly #svg: SVGSVGElement;
  readonly #points: SurfacePoints;
  // Of the plane, on which the answer is yes.
  #share = 0;

  constructor(plane: PlaygroundPlane, points: SurfacePoints) {
    this.#plane = plane;
    this.#points = points;
    const [no, yes] = plane.classes;
    // A cell of the picture lies around its point, so that those at the edges stand out by half their size.
    const share = (inner.x[1] - inner.x[0]) / side / (plane.size - 1);
    const percent = (value: number): string => `${(100 * value).toFixed(3)}%`;
    this.#canvas = element('canvas', {
      width: String(plane.size),
      height: String(plane.size),
      'aria-hidden': 'true',
      style:
        `left:${percent(margin.left / side - share / 2)};top:${percent(margin.top / side - share / 2)};` +
        `width:${percent(share * plane.size)};height:${percent(share * plane.size)}`,
    });
    const x = place(plane.x, inner.x);
    const y = place(plane.y, inner.y);
    const dots = (wanted: number): string =>
      Array.from(points.y, (value, i) =>
        value === wanted ? `M${x(points.x[2 * i]!).toFixed(1)},${y(points.x[2 * i + 1]!).toFixed(1)}h0` : '',
      ).join('');
    this.#svg = svg(
      'svg',
      { role: 'img', viewBox: `0 0 ${side} ${side}` },
      ...axes(plane, x, y),
      this.#border,
      svg('path', { class: 'kp-point-edge', d: dots(0) + dots(1) }),
      svg('path', { class: 'kp-point', stroke: hues.no, d: dots(0) }),
      svg('path', { class: 'kp-point', stroke: hues.yes, d: dots(1) }),
      svg('path', { class: 'kp-point-hole', d: dots(0) }),
    );
    this.node = element(
      'div',
      { class: 'kp-panel kp-surface' },
      element('p', { class: 'kp-panel-title' }, 'What the network answers'),
      element('div', { class: 'kp-map' }, this.#canvas, this.#svg),
      element(
        'p',
        { class: 'kp-legend' },
        key(svg('path', { d: 'M8,8h0', class: 'kp-point', stroke: hues.yes }), yes),
        key(
          svg(
            'g',
            {},
            svg('path', { d: 'M8,8h0', class: 'kp-point', stroke: hues.no }),
            svg('path', { d: 'M8,8h0', class: 'kp-point-hole' }),
          ),
          no,
        ),
        key(svg('path', { d: 'M0,8h16', class: 'kp-border' }), 'one half'),
      ),
    );
  }

  /** Draw answers from 0 to 1 for the plane's grid. */
  draw(answers: Float32Array): void {
    const { size, x, y } = this.#plane;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    const image = context.createImageData(size, size);
    const { data } = image;
    const [yes, no] = [rgb(hues.yes), rgb(hues.no)];
    answers.forEach((answer, at) => {
      // The grid's rows rise, the picture's fall.
      const to = 4 * ((size - 1 - Math.floor(at / size)) * size + (at % size));
      const sure = Number.isFinite(answer) ? 2 * answer - 1 : 0;
      const [red, green, blue] = sure > 0 ? yes : no;
      data[to] = red;
      data[to + 1] = green;
      data[to + 2] = blue;
      data[to + 3] = 255 * strongest * Math.abs(sure);
    });
    context.putImageData(image, 0, 0);
    const at = (ends: readonly [number, number]): number[] =>
      Array.from({ length: size }, (_, i) => ends[0] + ((ends[1] - ends[0]) * i) / (size - 1));
    const rows = Array.from({ length: size }, (_, j) =>
      Array.from(answers.subarray(j * size, (j + 1) * size)),
    );
    const [left, bottom] = [place(x, inner.x), place(y, inner.y)];
    this.#border.setAttribute(
      'd',
      isolines(at(x), at(y), rows, [0.5])
        .map(
          cut =>
            `M${left(cut.x).toFixed(1)},${bottom(cut.y).toFixed(1)}L${left(cut.x2).toFixed(1)},${bottom(cut.y2).toFixed(1)}`,
        )
        .join(''),
    );
    this.#share = answers.filter(answer => answer > 0.5).length / answers.length;
  }

  /** Say in words what is drawn, and whose answers they are. */
  describe(whose = ''): void {
    const { features, classes } = this.#plane;
    const { y } = this.#points;
    this.#svg.setAttribute(
      'aria-label',
      `${whose}The plane of ${features[0]} and ${features[1]}, with ${y.length} training points. The network answers "${classes[1]}" ` +
        `on ${Math.round(100 * this.#share)} % of the plane and "${classes[0]}" on the rest.`,
    );
  }
}

function axes(
  plane: PlaygroundPlane,
  x: (value: number) => number,
  y: (value: number) => number,
): SVGElement[] {
  const parts: SVGElement[] = [
    svg('path', { class: 'kp-tick', d: `M${inner.x[0]},${inner.y[1]}V${inner.y[0]}H${inner.x[1]}` }),
  ];
  const name = (value: number): string => String(value).replace('-', '−');
  for (const value of ticks(...plane.x, 4)) {
    parts.push(
      svg('path', { class: 'kp-tick', d: `M${x(value)},${inner.y[0]}v5` }),
      svg('text', { x: x(value), y: inner.y[0] + 18, 'text-anchor': 'middle' }, name(value)),
    );
  }
  for (const value of ticks(...plane.y, 4)) {
    parts.push(
      svg('path', { class: 'kp-tick', d: `M${inner.x[0]},${y(value)}h-5` }),
      svg('text', { x: inner.x[0] - 8, y: y(value), dy: '0.35em', 'text-anchor': 'end' }, name(value)),
    );
  }
  parts.push(
    svg(
      'text',
      { x: (inner.x[0] + inner.x[1]) / 2, y: side - 6, 'text-anchor': 'middle' },
      plane.features[0],
    ),
    svg(
      'text',
      { transform: `translate(12,${(inner.y[0] + inner.y[1]) / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      plane.features[1],
    ),
  );
  return parts;
}

/** One entry of a legend. */
export function key(sign: SVGElement, text: string): HTMLElement {
  const box = svg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, sign);
  return element('span', {}, box, text);
}

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
