import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import {
  type Cell,
  cellLayers,
  digits,
  digitsWidth,
  type Label,
  labelLayers,
  pixelX,
  pixelY,
  rangeOf,
} from './cells';
import { Chart } from './Chart';
import { plural, shapeText, type TensorValues, toTensorData } from './tensorData';
import { textWidth } from './textWidth';
import { hues } from './theme';
import { wrap } from './wrap';

/** Options of `plotMatMul`. */
export interface PlotMatMulOptions {
  /** Row and column of the value of the result whose making is shown; default `[0, 0]`. */
  highlight?: readonly [number, number];
  /** What the two factors are called; default `['a', 'b']`. */
  names?: readonly [string, string];
  /** Default: '<shape> · <shape>'. */
  title?: string;
}

/** Only a shape, for factors too large to draw. */
export interface ShapeOnly {
  readonly shape: readonly number[];
}

/**
 * The dot product as a picture: the second factor stands above the result and the first to its left, so that each value of the result lies where its row and its
 * column cross. One such row, column and value are framed, and their sum is written out. A vector is drawn as a row on the left and as a column above. Factors of
 * more than 12 rows or columns, or given as `{ shape }`, are drawn as boxes with their sizes. Where the shapes do not fit, the picture says so.
 *
 * @throws TypeError or RangeError for anything but vectors and matrices, and for options that do not fit.
 * @example
 * plotMatMul([[1, 2], [3, 4]], [[1, 0], [0, 1]]).title; // '(2, 2) · (2, 2)'
 * plotMatMul({ shape: [512, 784] }, { shape: [784, 32] }).title; // '(512, 784) · (784, 32)'
 */
export function plotMatMul(
  a: TensorValues | ShapeOnly,
  b: TensorValues | ShapeOnly,
  options: PlotMatMulOptions = {},
): Chart {
  checkOptions('plotMatMul', options, ['highlight', 'names', 'title']);
  const names = options.names ?? ['a', 'b'];
  if (!Array.isArray(names) || names.length !== 2) {
    throw new TypeError(`Expected names to be two names such as ["a", "b"], received ${describe(names)}.`);
  }
  const [first = '', second = ''] = names.map(String);
  const left = toFactor('a', a, first, 'row');
  const above = toFactor('b', b, second, 'column');
  const title = options.title ?? `${shapeText(left.shape)} · ${shapeText(above.shape)}`;
  const fits = left.columns === above.rows;
  const [row, column] = toHighlight(options.highlight, fits, left.rows, above.columns);
  const result = fits ? multiply(left, above) : undefined;
  const shape = [...left.shape.slice(0, -1), ...above.shape.slice(1)];
  const rule = fits
    ? `${plural(left.columns, 'column')} of ${left.name} = ${plural(above.rows, 'row')} of ${above.name}: the result has shape ${shapeText(shape)}`
    : `${plural(left.columns, 'column')} of ${left.name} ≠ ${plural(above.rows, 'row')} of ${above.name}: no dot product`;
  const sum = result && left.values && above.values ? writeSum(left, above, result, row, column) : '';
  const text = [rule, ...(sum === '' ? [] : [sum])];
  const drawing = { left, above, result, row, column, notes: text, shape };
  return new Chart({
    title,
    description: `The dot product of two tensors as a picture. ${text.join('. ')}.`,
    text,
    view: draw(drawing, 640),
    narrow: draw(drawing, 270),
  });
}

interface Factor {
  name: string;
  /** As given, with one or two axes. */
  shape: number[];
  rows: number;
  columns: number;
  values: number[] | undefined;
}

type Product = Omit<Factor, 'name'>;

interface Drawing {
  left: Factor;
  above: Factor;
  result: Product | undefined;
  row: number;
  column: number;
  notes: string[];
  shape: number[];
}

const mostDrawn = 12;

function toFactor(what: string, given: unknown, name: string, as: 'row' | 'column'): Factor {
  const only = isShapeOnly(given);
  const { shape, values } = only ? { shape: [...given.shape], values: undefined } : toTensorData(what, given);
  if (shape.length < 1 || shape.length > 2) {
    throw new RangeError(
      `Expected ${what} to be a vector or a matrix (1 or 2 axes), received shape ${shapeText(shape)}.`,
    );
  }
  const bad = shape.find(size => !Number.isInteger(size) || size < 1);
  if (bad !== undefined) {
    throw new RangeError(
      `Expected the sizes of ${what} to be whole numbers of at least 1, received ${describe(bad)}.`,
    );
  }
  const [rows, columns] =
    shape.length === 2 ? [shape[0]!, shape[1]!] : as === 'row' ? [1, shape[0]!] : [shape[0]!, 1];
  const drawn = Math.max(rows, columns) <= mostDrawn;
  return { name, shape, rows, columns, values: drawn ? values : undefined };
}

function isShapeOnly(given: unknown): given is ShapeOnly {
  return (
    typeof given === 'object' &&
    given !== null &&
    'shape' in given &&
    Array.isArray(given.shape) &&
    !('dataSync' in given) &&
    !('toArray' in given)
  );
}

function toHighlight(given: unknown, fits: boolean, rows: number, columns: number): [number, number] {
  const [row, column]: unknown[] = Array.isArray(given) ? given : [0, 0];
  const within = (at: unknown, n: number): at is number =>
    Number.isInteger(at) && Number(at) >= 0 && Number(at) < n;
  if (given !== undefined && !Array.isArray(given)) {
    throw new TypeError(`Expected highlight to be [row, column], received ${describe(given)}.`);
  }
  if (within(row, rows) && within(column, columns)) return [row, column];
  throw new RangeError(
    `Expected highlight to be a row from 0 to ${rows - 1} and a column from 0 to ${columns - 1}, received ` +
      `[${describe(row)}, ${describe(column)}].${fits ? '' : ' The shapes do not fit either.'}`,
  );
}

function multiply(a: Factor, b: Factor): Product {
  const [rows, columns] = [a.rows, b.columns];
  const { values: left } = a;
  const { values: right } = b;
  if (!left || !right) return { shape: [], rows, columns, values: undefined };
  const values = Array.from({ length: rows * columns }, (_, place) => {
    const [i, j] = [Math.floor(place / columns), place % columns];
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += left[i * a.columns + k]! * right[k * columns + j]!;
    return sum;
  });
  return { shape: [], rows, columns, values };
}

function writeSum(a: Factor, b: Factor, result: Product, row: number, column: number): string {
  const terms = Array.from({ length: a.columns }, (_, k) => {
    const [x, y] = [a.values![row * a.columns + k]!, b.values![k * b.columns + column]!];
    return `${digits(x)} × ${y < 0 ? `(${digits(y)})` : digits(y)}`;
  });
  const shown = terms.length > 6 ? [...terms.slice(0, 5), '…'] : terms;
  return `row ${row} by column ${column}: ${shown.join(' + ')} = ${digits(result.values![row * result.columns + column]!)}`;
}

function draw(
  { left, above, result, row, column, notes, shape }: Drawing,
  room: number,
): Record<string, unknown> {
  const all = [...(left.values ?? []), ...(above.values ?? []), ...(result?.values ?? [])];
  const small = left.values !== undefined && above.values !== undefined;
  const [gapX, gapY, top] = [34, 34, 22];
  const cells = left.columns + above.columns;
  const width = Math.ceil(digitsWidth(all));
  const roomy = Math.floor((room - gapX) / cells);
  const written = small && width <= roomy && roomy >= 22;
  const unit = written ? Math.min(roomy, Math.max(34, width)) : Math.min(roomy, 26);
  const tall = written ? 28 : unit;
  // Without values the boxes grow with the logarithm of their sizes.
  const w = (n: number): number =>
    small ? n * unit : Math.round(Math.min(room / 3, 40 + 22 * Math.log2(n)));
  const h = (n: number): number => (small ? n * tall : Math.round(30 + 14 * Math.log2(n)));
  const aX = 0;
  const bX = w(left.columns) + gapX;
  const bY = top;
  const aY = bY + h(above.rows) + gapY;

  const labels: Label[] = [
    { x: bX, y: 8, text: `${above.name} ${shapeText(above.shape)}`, bold: true },
    { x: aX, y: aY - 13, text: `${left.name} ${shapeText(left.shape)}`, bold: true },
  ];
  if (result) labels.push({ x: bX, y: aY - 13, text: `result ${shapeText(shape)}`, bold: true });
  const bottom = aY + h(left.rows) + 20;
  const lines = notes.flatMap(note => wrap(note, Math.floor(room / 6.7)));
  lines.forEach((text, i) => labels.push({ x: 0, y: bottom + i * 18, text }));

  const places = [
    { part: left, x: aX, y: aY, name: left.name },
    { part: above, x: bX, y: bY, name: above.name },
    ...(result ? [{ part: result, x: bX, y: aY, name: 'result' }] : []),
  ];
  const layers: object[] = [];
  if (small) {
    const list: Cell[] = places.flatMap(({ part, x, y, name }) =>
      part.values!.map((value, place) => {
        const [i, j] = [Math.floor(place / part.columns), place % part.columns];
        return { x: x + j * unit, y: y + i * tall, value, at: `${name}[${i}, ${j}]` };
      }),
    );
    layers.push(...cellLayers(list, [unit, tall], { written, range: rangeOf(all) }));
    if (result) {
      layers.push(
        frame([
          [aX, aY + row * tall, w(left.columns), tall],
          [bX + column * unit, bY, unit, h(above.rows)],
          [bX + column * unit, aY + row * tall, unit, tall],
        ]),
      );
    }
  } else {
    layers.push(boxes(places.map(({ part, x, y }) => [x, y, w(part.columns), h(part.rows)])));
    for (const { part, x, y } of places) {
      labels.push({
        x: x + w(part.columns) / 2,
        y: y + h(part.rows) / 2,
        text: `${part.rows.toLocaleString('en')} × ${part.columns.toLocaleString('en')}`,
        align: 'center',
      });
    }
  }
  return {
    width: Math.max(
      bX + Math.max(w(above.columns), textWidth(labels[0]!.text, { bold: true }) + 10),
      ...lines.map(line => textWidth(line)),
    ),
    height: bottom + lines.length * 18,
    layer: [...layers, ...labelLayers(labels)],
  };
}

type Box = [x: number, y: number, width: number, height: number];

function frame(list: Box[]): object {
  return rects(list, { filled: false, stroke: hues.down, strokeWidth: 3 });
}

function boxes(list: Box[]): object {
  return rects(list, { fill: hues.up, fillOpacity: 0.2, stroke: hues.up, strokeWidth: 1.5 });
}

function rects(list: Box[], mark: object): object {
  return {
    data: { values: list.map(([x, y, width, height]) => ({ x, y, x2: x + width - 1, y2: y + height - 1 })) },
    mark: { type: 'rect', tooltip: false, ...mark },
    encoding: { x: pixelX, x2: { field: 'x2' }, y: pixelY, y2: { field: 'y2' } },
  };
}
