import { amounts } from './theme';
import { round, say } from './values';

/** One cell of a grid, in pixels from the top left corner. */
export interface Cell {
  x: number;
  y: number;
  value: number;
  /** What the tooltip calls it, e.g. `[0, 2]`. */
  at: string;
  /** Its colour, where it is not one of the scheme, and what that is made of. */
  paint?: Paint;
}

export interface Paint {
  color: string;
  red: number;
  green: number;
  blue: number;
}

/** Text in the picture, in pixels. */
export interface Label {
  x: number;
  y: number;
  text: string;
  angle?: number;
  align?: 'left' | 'center' | 'right';
  bold?: boolean;
}

/** Pixels as positions: no scale and no axis. */
export const pixelX = { field: 'x', type: 'quantitative', scale: null, axis: null, title: null };
export const pixelY = { field: 'y', type: 'quantitative', scale: null, axis: null, title: null };

/** The widest number of a list, in pixels; infinite if one is too long to be read in a cell. */
export function digitsWidth(values: readonly number[]): number {
  const longest = values.reduce((most, value) => Math.max(most, digits(value).length), 0);
  return longest > 6 ? Infinity : longest * 7.2 + 8;
}

/** A number as it stands in a cell. */
export function digits(value: number): string {
  if (Math.abs(value) === Infinity) return value > 0 ? '∞' : '-∞';
  return Number.isInteger(value) || !Number.isFinite(value)
    ? String(value)
    : String(Number(value.toPrecision(3)));
}

/** Cells as a heat map, with their numbers where there is room. */
export function cellLayers(
  cells: readonly Cell[],
  size: readonly [number, number],
  { written, range }: { written: boolean; range: readonly [number, number] },
): object[] {
  const [width, height] = size;
  const [low, high] = range;
  const painted = cells.some(({ paint }) => paint !== undefined);
  const place = {
    x: pixelX,
    x2: { field: 'x2' },
    y: pixelY,
    y2: { field: 'y2' },
  };
  const rows = cells.map(({ x, y, value, at, paint }) => ({ x, y, ...(paint ?? { v: round(value) }), at }));
  const heat = {
    field: 'v',
    type: 'quantitative',
    // Neither end of the scheme, which would sink into a dark or a light page.
    scale: {
      scheme: { name: amounts, extent: [0.12, 0.95] },
      domain: [round(low), round(high > low ? high : low + 1)],
    },
    legend: null,
  };
  const layers: object[] = [
    {
      data: { values: rows },
      transform: [
        { calculate: `datum.x + ${width - 1}`, as: 'x2' },
        { calculate: `datum.y + ${height - 1}`, as: 'y2' },
      ],
      mark: { type: 'rect', stroke: 'currentColor', strokeWidth: written ? 0.5 : 0, strokeOpacity: 0.4 },
      encoding: {
        ...place,
        color: painted
          ? { field: 'color', type: 'nominal', scale: null }
          : { condition: { test: 'isValid(datum.v)', ...heat }, value: 'transparent' },
        tooltip: [
          { field: 'at', type: 'nominal', title: 'index' },
          ...(painted ? ['red', 'green', 'blue'] : ['v']).map(field => ({
            field,
            type: 'quantitative',
            title: field === 'v' ? 'value' : field,
            format: '.4~g',
          })),
        ],
      },
    },
  ];
  if (written) {
    // Cividis goes from dark to light: white digits on its dark half, black ones on its light half.
    const middle = (low + (high > low ? high : low + 1)) / 2;
    layers.push({
      data: {
        values: cells.map(({ x, y, value }) => ({
          x: x + width / 2,
          y: y + height / 2,
          text: digits(value),
          v: round(value),
        })),
      },
      mark: { type: 'text', fontSize: 12, tooltip: false },
      encoding: {
        x: pixelX,
        y: pixelY,
        text: { field: 'text' },
        color: {
          condition: [
            { test: '!isValid(datum.v)', value: 'currentColor' },
            { test: `datum.v > ${middle}`, value: '#000000' },
          ],
          value: '#ffffff',
        },
      },
    });
  }
  return layers;
}

/** Texts, each kind of direction a layer of its own. */
export function labelLayers(labels: readonly Label[]): object[] {
  const kinds = new Map<string, Label[]>();
  for (const label of labels) {
    const kind = JSON.stringify([label.angle ?? 0, label.align ?? 'left', label.bold ?? false]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), label]);
  }
  return [...kinds.values()].map(list => {
    const { angle = 0, align = 'left', bold = false } = list[0]!;
    return {
      data: { values: list.map(({ x, y, text }) => ({ x, y, text })) },
      mark: {
        type: 'text',
        angle,
        align,
        baseline: 'middle',
        tooltip: false,
        ...(bold ? { fontWeight: 600 } : {}),
      },
      encoding: { x: pixelX, y: pixelY, text: { field: 'text' } },
    };
  });
}

/** The lowest and the highest finite number of a list. */
export function rangeOf(values: readonly number[]): [number, number] {
  const finite = values.filter(value => Number.isFinite(value));
  if (finite.length === 0) return [0, 1];
  return [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
}

/** `3 values from 1 to 7`. */
export function sayRange(values: readonly number[]): string {
  const [low, high] = rangeOf(values);
  return values.length === 1 ? `the value ${say(values[0]!)}` : `from ${say(low)} to ${say(high)}`;
}
