import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import {
  type Cell,
  cellLayers,
  digitsWidth,
  type Label,
  labelLayers,
  type Paint,
  rangeOf,
  sayRange,
} from './cells';
import { Chart } from './Chart';
import { plural, shapeText, type TensorData, type TensorValues, toTensorData } from './tensorData';
import { textWidth } from './textWidth';
import { round } from './values';

/** Options of `plotTensor`. */
export interface PlotTensorOptions {
  /** What each axis is, e.g. `['samples', 'features']`; default none, then only the numbers of the axes are written. */
  axes?: readonly string[];
  /** Read the last axis, of size 3, as red, green and blue (floats from 0 to 1, or integers from 0 to 255) and draw the picture in its colours; default false. */
  rgb?: boolean;
  /** Default: rank and shape, e.g. 'Rank 2, shape (2, 3)'. */
  title?: string;
}

/**
 * Any tensor as a heat map. The last axis runs to the right and the one before it downwards; each axis further out repeats that picture, to the right and
 * downwards in turn. So a tensor of rank 3 is a row of matrices, one of rank 4 rows of such rows. Dark is low and light is high. Where there is room the
 * values are written into their cells; of long axes only the beginning is drawn, and the axis says so.
 *
 * @param tensor a number, nested arrays, a typed array, or a tf tensor, of any rank.
 * @throws TypeError or RangeError for rows of different lengths, an empty tensor, or options that do not fit its shape.
 * @example
 * plotTensor([[1, 2, 3], [4, 5, 6]], { axes: ['samples', 'features'] }).title; // 'Rank 2, shape (2, 3)'
 */
export function plotTensor(tensor: TensorValues, options: PlotTensorOptions = {}): Chart {
  checkOptions('plotTensor', options, ['axes', 'rgb', 'title']);
  const data = toTensorData('tensor', tensor);
  const { shape, values, dtype } = data;
  if (values.length === 0) {
    throw new RangeError(`Expected a tensor with values, received one of shape ${shapeText(shape)}.`);
  }
  const names = toNames(options.axes, shape);
  const rgb = checkBoolean('rgb', options.rgb ?? false);
  const title = options.title ?? `Rank ${shape.length}, shape ${shapeText(shape)}`;
  const drawn = rgb ? toColours(data) : data;
  const text = [
    `${plural(shape.length, 'axis').replace('axiss', 'axes')}, shape ${shapeText(shape)}${dtype === undefined ? '' : `, ${dtype}`}`,
    `${plural(values.length, 'value')}, ${sayRange(values)}`,
    ...names.map((name, i) => `axis ${i}${name === '' ? '' : ` (${name})`}: ${shape[i]!}`),
  ];
  return new Chart({
    title,
    description: `A tensor drawn as a grid of cells. ${text.join('; ')}.`,
    text,
    view: draw(drawn, names, 640),
    narrow: draw(drawn, names, 270),
  });
}

interface Drawn extends TensorData {
  /** The colour of each value, where the last axis was one of colours. */
  colours?: Paint[];
}

const leastCell = 4;
const mostCells = 1600;

function draw(data: Drawn, names: string[], room: number): Record<string, unknown> {
  const { shape, values, colours } = data;
  const rank = shape.length;
  const shown = chooseShown(shape, room);
  const total = shown.reduce((product, n) => product * n, 1);
  const width = digitsWidth(values);
  const across = span(shown, rank - 1);
  const roomy = Math.floor((room - across.gaps) / across.cells);
  const written = !colours && total <= 200 && width <= roomy;
  const least = written ? Math.max(Math.min(28, roomy), Math.ceil(width)) : leastCell;
  const w = Math.max(least, Math.min(roomy, total > 200 ? 14 : total > 60 ? 24 : 34, written ? least : 34));
  // A few long rows, such as a series', get cells that are taller than wide.
  const rows = rank > 1 ? shown[rank - 2]! : 1;
  const h = written ? Math.min(w, 30) : !colours && rows <= 4 ? Math.max(w, 16) : w;

  const steps = toSteps(shown, w, h);
  // Every second axis from the last one runs to the right.
  const right = (axis: number): boolean => (rank - 1 - axis) % 2 === 0;
  const labels: Label[] = shape.map((size, axis) => {
    const all = size.toLocaleString('en');
    const count = shown[axis]! < size ? `${shown[axis]!} of ${all}` : all;
    return { x: 0, y: axis * 18 + 7, text: `${right(axis) ? '→' : '↓'} ${axisText(names, axis)} (${count})` };
  });
  if (colours) labels.push({ x: 0, y: rank * 18 + 7, text: `${axisText(names, rank)} (3) as colour` });
  const top = labels.length * 18;

  const cells: Cell[] = [];
  const index = new Array<number>(rank).fill(0);
  for (let n = 0; n < total; n++) {
    let rest = n;
    for (let axis = rank - 1; axis >= 0; axis--) {
      index[axis] = rest % shown[axis]!;
      rest = Math.floor(rest / shown[axis]!);
    }
    const place = index.reduce((sum, i, axis) => sum * shape[axis]! + i, 0);
    let [x, y] = [0, top];
    index.forEach((i, axis) => {
      if (right(axis)) x += i * steps[axis]!;
      else y += i * steps[axis]!;
    });
    const paint = colours?.[place];
    const cell = { x, y, value: values[place]!, at: `[${index.join(', ')}]` };
    cells.push(paint === undefined ? cell : { ...cell, paint });
  }

  const sizeOf = (side: boolean, unit: number): number =>
    shape.reduce(
      (sum, _, axis) => sum + (right(axis) === side ? (shown[axis]! - 1) * steps[axis]! : 0),
      unit,
    );
  return {
    width: Math.max(sizeOf(true, w), ...labels.map(({ text }) => textWidth(text))),
    height: top + sizeOf(false, h),
    layer: [...cellLayers(cells, [w, h], { written, range: rangeOf(values) }), ...labelLayers(labels)],
  };
}

function axisText(names: string[], axis: number): string {
  return `axis ${axis}${names[axis] ? `: ${names[axis]}` : ''}`;
}

/** The cells along one direction and the gaps between their groups, for the axes `from`, `from - 2`, … */
function span(shown: number[], from: number): { cells: number; gaps: number } {
  let cells = 1;
  let gaps = 0;
  for (let axis = from, depth = 0; axis >= 0; axis -= 2, depth++) {
    gaps = gaps * shown[axis]! + (shown[axis]! - 1) * gap(depth);
    cells *= shown[axis]!;
  }
  return { cells, gaps };
}

function gap(depth: number): number {
  return depth === 0 ? 0 : depth * 10;
}

/** Pixels from one place of each axis to the next. */
function toSteps(shown: number[], w: number, h: number): number[] {
  const rank = shown.length;
  const steps = shown.map(() => 0);
  const extent = [w, h];
  for (let axis = rank - 1; axis >= 0; axis--) {
    const direction = (rank - 1 - axis) % 2;
    const depth = Math.floor((rank - 1 - axis) / 2);
    steps[axis] = extent[direction]! + gap(depth);
    extent[direction] = steps[axis]! * shown[axis]! - gap(depth);
  }
  return steps;
}

/** How much of each axis fits: at most 32 places of the last two and 8 of the others, the outermost cut first. */
function chooseShown(shape: number[], room: number): number[] {
  const rank = shape.length;
  const shown = shape.map((size, axis) => Math.min(size, axis >= rank - 2 ? 32 : 8));
  const tooMuch = (): boolean => {
    const { cells, gaps } = span(shown, rank - 1);
    const wide = cells * leastCell + gaps > room;
    return wide || shown.reduce((product, n) => product * n, 1) > mostCells;
  };
  for (let axis = 0; axis < rank && tooMuch(); axis++) {
    while (shown[axis]! > (axis >= rank - 2 ? 8 : 2) && tooMuch()) shown[axis]!--;
  }
  return shown;
}

function toNames(axes: unknown, shape: number[]): string[] {
  if (axes === undefined) return shape.map(() => '');
  if (Array.isArray(axes) && axes.length === shape.length) return axes.map(String);
  throw new RangeError(
    `Expected axes to be ${plural(shape.length, 'name')}, one for each axis of a tensor of shape ${shapeText(shape)}, received ${describe(axes)}.`,
  );
}

/** A value for each picture element, and its colour. */
function toColours({ shape, values, dtype }: TensorData): Drawn {
  if (shape.length < 3 || shape[shape.length - 1] !== 3) {
    throw new RangeError(
      `Expected a tensor whose last axis holds red, green and blue (size 3), received shape ${shapeText(shape)}. Leave out rgb.`,
    );
  }
  const [low, high] = rangeOf(values);
  const whole = dtype === 'int32' || high > 1;
  const most = whole ? 255 : 1;
  if (low < 0 || high > most || values.some(value => !Number.isFinite(value))) {
    throw new RangeError(
      `Expected colours as floats from 0 to 1 or integers from 0 to 255, received values ${sayRange(values)}.`,
    );
  }
  const hex = (value: number): string =>
    Math.round((value / most) * 255)
      .toString(16)
      .padStart(2, '0');
  const brightness: number[] = [];
  const colours: Paint[] = [];
  for (let i = 0; i < values.length; i += 3) {
    const [red, green, blue] = [values[i]!, values[i + 1]!, values[i + 2]!];
    colours.push({
      color: `#${hex(red)}${hex(green)}${hex(blue)}`,
      red: round(red)!,
      green: round(green)!,
      blue: round(blue)!,
    });
    brightness.push((red + green + blue) / 3);
  }
  return { shape: shape.slice(0, -1), values: brightness, colours };
}
