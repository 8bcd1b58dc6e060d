import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { legendChoice } from './curves';
import { dashes } from './dashes';
import { isolines } from './isolines';
import { polylines } from './polylines';
import { plural } from './tensorData';
import { palette } from './theme';
import { asArray, last, round, say, toNumbers } from './values';

/** Options of `plotDescent`. */
export interface PlotDescentOptions {
  /** From where to where each axis goes. Default: as far as the paths go, and a little more. */
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** How many lines of equal loss; default 12. */
  levels?: number;
  /** What the axes are; default 'weight 1' and 'weight 2'. */
  xTitle?: string;
  yTitle?: string;
  /** Default: 'Paths of <n> optimizers'. */
  title?: string;
}

/**
 * The walks of several optimizers on one loss surface, seen from above: thin lines join places of equal loss, and each optimizer's path leads from the common
 * start (a ring) to where it has come (a dot). In JupyterLab a slider below the chart chooses the step; a still picture shows the whole paths.
 *
 * @param loss the height at (x, y).
 * @param paths name → `[x, y]` before the first step and after each.
 * @throws TypeError or RangeError for paths that are not pairs of finite numbers, a loss that is not a finite number, and more than 8 paths.
 * @example
 * const walk = [[2, 2], [1, 1.6], [0.5, 1.28]];
 * plotDescent((x, y) => x * x + 0.2 * y * y, { 'sgd': walk }).title; // 'Path of 1 optimizer'
 */
export function plotDescent(
  loss: (x: number, y: number) => number,
  paths: { readonly [name: string]: readonly (readonly number[])[] },
  options: PlotDescentOptions = {},
): Chart {
  checkOptions('plotDescent', options, ['xRange', 'yRange', 'levels', 'xTitle', 'yTitle', 'title']);
  if (typeof loss !== 'function')
    throw new TypeError(`Expected loss to be a function of x and y, received ${describe(loss)}.`);
  const { xTitle = 'weight 1', yTitle = 'weight 2' } = options;
  const walks = toWalks(paths);
  const names = walks.map(([name]) => name);
  const title =
    options.title ?? `Path${names.length === 1 ? '' : 's'} of ${plural(names.length, 'optimizer')}`;
  const count = checkCount('levels', options.levels ?? 12, { min: 1, max: 40 });
  const places = walks.flatMap(([, walk]) => walk);
  const xRange = toRange(
    'xRange',
    options.xRange,
    places.map(([x]) => x),
  );
  const yRange = toRange(
    'yRange',
    options.yRange,
    places.map(([, y]) => y),
  );
  const steps = walks.reduce((most, [, walk]) => Math.max(most, walk.length - 1), 0);
  const height = (x: number, y: number): number => {
    const value: unknown = loss(x, y);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new RangeError(
      `Expected the loss to be a finite number, received ${describe(value)} at (${say(x)}, ${say(y)}).`,
    );
  };
  const lines = contour(height, xRange, yRange, count);
  const rows = walks.flatMap(([name, walk]) =>
    walk.map(([x, y], step) => ({
      x: round(x),
      y: round(y),
      step,
      optimizer: name,
      loss: round(height(x, y)),
    })),
  );
  const axis = (field: string, what: string, domain: readonly number[]): object => ({
    field,
    type: 'quantitative',
    title: what,
    scale: { domain, nice: false, zero: false },
    axis: { grid: false, tickCount: 6 },
  });
  const x = axis('x', xTitle, xRange);
  const y = axis('y', yTitle, yRange);
  const key = { field: 'optimizer', type: 'nominal', title: null, sort: null };
  const chosen = legendChoice('optimizer');
  const view = (width: number, tall: number, columns: number): Record<string, unknown> => ({
    width,
    height: tall,
    // The slider; a still picture stands at its last step.
    params: [
      { name: 'step', value: steps, bind: { input: 'range', min: 0, max: steps, step: 1, name: 'step ' } },
    ],
    layer: [
      {
        // One path for all lines, broken where a place is missing.
        data: { values: lines },
        mark: {
          type: 'line',
          color: 'currentColor',
          strokeWidth: 1,
          strokeOpacity: 0.35,
          clip: true,
          tooltip: false,
        },
        encoding: { x, y, order: { value: null } },
      },
      {
        data: { values: rows },
        transform: [{ filter: 'datum.step <= step' }],
        ...(names.length > 1 ? { params: chosen.params } : {}),
        mark: { type: 'line', clip: true, strokeWidth: 2, point: { size: 14, filled: true }, tooltip: true },
        encoding: {
          x,
          y,
          order: { field: 'step', type: 'quantitative' },
          ...(names.length > 1 ? { opacity: chosen.opacity } : {}),
          color: {
            ...key,
            scale: { domain: names, range: palette.slice(0, names.length) },
            legend: { columns, symbolType: 'stroke', symbolSize: 400 },
          },
          strokeDash: { ...key, scale: { domain: names, range: dashes.slice(0, names.length) } },
          tooltip: ['optimizer', 'step', 'x', 'y', 'loss'].map(field => ({
            field,
            type: field === 'optimizer' ? 'nominal' : 'quantitative',
            title: { x: xTitle, y: yTitle }[field] ?? field,
          })),
        },
      },
      {
        data: { values: rows },
        transform: [
          { filter: 'datum.step <= step' },
          { joinaggregate: [{ op: 'max', field: 'step', as: 'newest' }], groupby: ['optimizer'] },
          { filter: 'datum.step === datum.newest' },
          // For a screen reader.
          {
            calculate:
              "datum.optimizer + ' after step ' + datum.step + ': loss ' + format(datum.loss, '.4~g')",
            as: 'said',
          },
        ],
        mark: { type: 'point', filled: true, size: 130, clip: true, tooltip: false },
        encoding: {
          x,
          y,
          ...(names.length > 1 ? { opacity: chosen.opacity } : {}),
          color: { ...key, scale: { domain: names, range: palette.slice(0, names.length) } },
        },
      },
      {
        data: { values: walks.map(([, walk]) => ({ x: walk[0]![0], y: walk[0]![1] })) },
        mark: {
          type: 'point',
          filled: false,
          size: 160,
          strokeWidth: 2,
          color: 'currentColor',
          tooltip: false,
        },
        encoding: { x, y },
      },
    ],
  });
  const text = walks.map(([name, walk]) => {
    const [from, to] = [walk[0]!, last(walk)];
    return `${name}: loss ${say(height(...from))} → ${say(height(...to))} in ${plural(walk.length - 1, 'step')}, at (${say(to[0])}, ${say(to[1])})`;
  });
  return new Chart({
    title,
    description: `A loss surface from above with lines of equal loss, and the paths of ${plural(names.length, 'optimizer')}. ${text.join('. ')}.`,
    text,
    view: view(600, 340, 4),
    narrow: view(250, 220, 2),
  });
}

type Place = [x: number, y: number];

function toWalks(paths: unknown): [string, Place[]][] {
  if (typeof paths !== 'object' || paths === null || Array.isArray(paths)) {
    throw new TypeError(`Expected paths to be an object of name: places, received ${describe(paths)}.`);
  }
  const walks = Object.entries(paths).map(([name, walk]: [string, unknown]): [string, Place[]] => {
    const places = asArray(walk);
    if (!places || places.length === 0) {
      throw new TypeError(`Expected paths.${name} to be a list of [x, y], received ${describe(walk)}.`);
    }
    return [
      name,
      places.map((place, i) => {
        const [x, y, ...rest] = toNumbers(`place ${i} of paths.${name}`, place);
        if (x !== undefined && y !== undefined && rest.length === 0) return [x, y];
        throw new RangeError(
          `Expected place ${i} of paths.${name} to be [x, y], received ${describe(place)}.`,
        );
      }),
    ];
  });
  if (walks.length > 0 && walks.length <= palette.length) return walks;
  throw new RangeError(`Expected 1 to ${palette.length} paths to tell apart, received ${walks.length}.`);
}

function toRange(what: string, given: unknown, values: number[]): [number, number] {
  if (given === undefined) {
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    const more = (high - low) * 0.15 || 1;
    return [round(low - more)!, round(high + more)!];
  }
  const [low, high]: unknown[] = Array.isArray(given) ? given : [];
  if (typeof low === 'number' && typeof high === 'number' && Number.isFinite(high - low) && low < high)
    return [low, high];
  throw new RangeError(
    `Expected ${what} to be two finite numbers, the lower one first, received ${describe(given)}.`,
  );
}

function contour(
  height: (x: number, y: number) => number,
  xRange: number[],
  yRange: number[],
  count: number,
): object[] {
  const places = ([low, high]: number[], n: number): number[] =>
    Array.from({ length: n }, (_, i) => low! + ((high! - low!) * i) / (n - 1));
  const [xs, ys] = [places(xRange, 49), places(yRange, 33)];
  const grid = ys.map(y => xs.map(x => height(x, y)));
  const all = grid.flat().sort((a, b) => a - b);
  const [low, high] = [all[0]!, last(all)];
  // Narrower near the bottom, where the paths end: heights grow with the square.
  const levels = Array.from({ length: count }, (_, i) => low + (high - low) * ((i + 0.5) / count) ** 2);
  return polylines(isolines(xs, ys, grid, levels)).flatMap(line => [
    ...line.map(({ x, y }) => ({ x: round(x), y: round(y) })),
    { x: null, y: null },
  ]);
}
