import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { type Label, labelLayers, pixelX, pixelY } from './cells';
import { Chart } from './Chart';
import { shapeText } from './tensorData';
import { textWidth } from './textWidth';
import { hues } from './theme';

/** Options of `plotBroadcast`. */
export interface PlotBroadcastOptions {
  /** What the two tensors are called; default `['a', 'b']`. */
  names?: readonly [string, string];
  /** Default: '<shape> and <shape>'. */
  title?: string;
}

/** A shape, or anything that has one, such as a tf tensor. */
export type ShapeLike = readonly number[] | { readonly shape: readonly number[] };

/**
 * How two shapes are broadcast (NumPy's rules, which TensorFlow.js and Keras share), line by line: the shapes, the axes of size 1 that the shorter one gets in
 * front, the repetitions along axes of size 1, and the shape of the result, or the axis where they do not fit.
 *
 * @param a a shape such as `[3, 4]`, or a tensor.
 * @throws TypeError or RangeError for anything else.
 * @example
 * plotBroadcast([64, 3, 32, 10], [32, 10]).title; // '(64, 3, 32, 10) and (32, 10)'
 */
export function plotBroadcast(a: ShapeLike, b: ShapeLike, options: PlotBroadcastOptions = {}): Chart {
  checkOptions('plotBroadcast', options, ['names', 'title']);
  const names = options.names ?? ['a', 'b'];
  if (!Array.isArray(names) || names.length !== 2) {
    throw new TypeError(`Expected names to be two names such as ["a", "b"], received ${describe(names)}.`);
  }
  const shapes = [toShape('a', a), toShape('b', b)];
  const title = options.title ?? `${shapeText(shapes[0]!)} and ${shapeText(shapes[1]!)}`;
  const lines = toLines(shapes, names.map(String));
  const text = lines.map(
    ({ name, sizes, note }) =>
      `${name}: ${shapeText(sizes.filter(size => size !== null))}${note === '' ? '' : `, ${note}`}`,
  );
  return new Chart({
    title,
    description: `Broadcasting of two shapes, line by line. ${text.join('; ')}.`,
    text,
    view: draw(lines, false),
    narrow: draw(lines, true),
  });
}

type Kind = 'given' | 'added' | 'repeated' | 'does not fit';

interface Line {
  name: string;
  /** Right-aligned; `null` where the tensor has no such axis. */
  sizes: (number | null)[];
  kinds: Kind[];
  note: string;
}

function toLines(shapes: number[][], names: string[]): Line[] {
  const rank = Math.max(...shapes.map(shape => shape.length));
  const padded = shapes.map(shape => [...new Array<null>(rank - shape.length).fill(null), ...shape]);
  const ones = padded.map(sizes => sizes.map(size => size ?? 1));
  const bad = ones[0]!.findIndex(
    (size, axis) => size !== ones[1]![axis] && size !== 1 && ones[1]![axis] !== 1,
  );
  const given = (sizes: (number | null)[]): Kind[] =>
    sizes.map((_, axis) => (axis === bad ? 'does not fit' : 'given'));
  const lines: Line[] = padded.map((sizes, i) => ({ name: names[i]!, sizes, kinds: given(sizes), note: '' }));
  if (bad >= 0) {
    const [left, right] = ones.map(sizes => sizes[bad]!);
    lines[1]!.note = `axis ${bad}: ${left!} and ${right!} differ, and neither is 1`;
    return lines;
  }
  const result = ones[0]!.map((size, axis) => (size === 1 ? ones[1]![axis]! : size));
  padded.forEach((sizes, i) => {
    const added = sizes.filter(size => size === null).length;
    if (added === 0) return;
    lines.push({
      name: `${names[i]!} with axes added`,
      sizes: ones[i]!,
      kinds: sizes.map(size => (size === null ? 'added' : 'given')),
      note: `${added === 1 ? 'one axis' : `${added} axes`} of size 1 in front`,
    });
  });
  ones.forEach((sizes, i) => {
    const axes = sizes.flatMap((size, axis) => (size === result[axis] ? [] : [axis]));
    if (axes.length === 0) return;
    lines.push({
      name: `${names[i]!} repeated`,
      sizes: result,
      kinds: sizes.map((_, axis) => (axes.includes(axis) ? 'repeated' : 'given')),
      note: axes.map(axis => `${result[axis]!} times along axis ${axis}`).join(', '),
    });
  });
  lines.push({
    name: 'result',
    sizes: result,
    kinds: result.map(() => 'given'),
    note: rank === 0 ? 'two scalars' : 'all sizes agree',
  });
  return lines;
}

const kinds: Kind[] = ['given', 'added', 'repeated', 'does not fit'];
const colours = [hues.quiet, hues.up, '#009e73', hues.down];

function draw(lines: Line[], narrow: boolean): Record<string, unknown> {
  const rank = lines[0]!.sizes.length;
  const nameWidth = Math.max(...lines.map(({ name }) => textWidth(name, { bold: true }))) + 14;
  const longest = Math.max(
    ...lines.flatMap(({ sizes }) => sizes.map(size => textWidth(String(size ?? '')))),
    34,
  );
  const box = Math.max(narrow ? 30 : 44, longest + 8);
  const [height, rowHeight, top] = [26, narrow ? 50 : 34, 24];
  const left = narrow ? 0 : nameWidth;
  const labels: Label[] = [];
  for (let axis = 0; axis < rank; axis++) {
    labels.push({
      x: left + (axis + 0.5) * box,
      y: 8,
      text: narrow ? `${axis}` : `axis ${axis}`,
      align: 'center',
    });
  }
  const boxes: object[] = [];
  lines.forEach(({ name, sizes, kinds: list, note }, row) => {
    const y = top + row * rowHeight + (narrow ? 18 : 0);
    const noteX = left + rank * box + 14;
    labels.push({ x: 0, y: narrow ? y - 10 : y + height / 2, text: name, bold: true });
    if (note !== '') {
      labels.push(
        narrow
          ? { x: textWidth(name, { bold: true }) + 12, y: y - 10, text: note }
          : { x: noteX, y: y + height / 2, text: note },
      );
    }
    sizes.forEach((size, axis) => {
      if (size === null) return;
      boxes.push({ x: left + axis * box, y, kind: list[axis], size });
      labels.push({
        x: left + (axis + 0.5) * box,
        y: y + height / 2,
        text: size.toLocaleString('en'),
        align: 'center',
      });
    });
  });
  const noteWidth = Math.max(
    ...lines.map(({ name, note }) => textWidth(note) + (narrow ? textWidth(name, { bold: true }) : 0)),
  );
  const used = kinds.filter(kind =>
    lines.some(line => line.sizes.some((size, axis) => size !== null && line.kinds[axis] === kind)),
  );
  const color = {
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: used, range: used.map(kind => colours[kinds.indexOf(kind)]) },
    legend: used.length > 1 ? { columns: narrow ? 2 : 4, symbolType: 'square' } : null,
  };
  return {
    width: narrow ? Math.max(rank * box, noteWidth + 20) : left + rank * box + 14 + noteWidth,
    height: top + lines.length * rowHeight,
    layer: [
      {
        data: { values: boxes },
        transform: [
          { calculate: `datum.x + ${box - 4}`, as: 'x2' },
          { calculate: `datum.y + ${height}`, as: 'y2' },
        ],
        mark: { type: 'rect', fillOpacity: 0.22, strokeWidth: 1.5, cornerRadius: 3 },
        encoding: {
          x: pixelX,
          x2: { field: 'x2' },
          y: pixelY,
          y2: { field: 'y2' },
          fill: color,
          stroke: color,
        },
      },
      ...labelLayers(labels),
    ],
  };
}

function toShape(what: string, given: unknown): number[] {
  const shape: unknown =
    typeof given === 'object' && given !== null && 'shape' in given ? given.shape : given;
  if (!Array.isArray(shape) || shape.some(size => typeof size !== 'number')) {
    throw new TypeError(
      `Expected ${what} to be a shape such as [3, 4] or a tensor, received ${describe(given)}.`,
    );
  }
  const bad: unknown = shape.find(size => !Number.isInteger(size) || Number(size) < 1);
  if (bad !== undefined) {
    throw new RangeError(
      `Expected the sizes of ${what} to be whole numbers of at least 1, received ${describe(bad)}.`,
    );
  }
  if (shape.length > 8) {
    throw new RangeError(`Expected at most 8 axes to draw, received ${shape.length} of ${what}.`);
  }
  return shape.map(Number);
}
