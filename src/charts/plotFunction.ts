import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { hover, legendChoice } from './curves';
import { dashes } from './dashes';
import { palette } from './theme';
import { round, say } from './values';

/** Options of `plotFunction`. */
export interface PlotFunctionOptions {
  /** From where to where x runs; default `[-3, 3]`. */
  range?: readonly [number, number];
  /** At how many places the functions are computed; default 121. */
  points?: number;
  /** Default 'x'. */
  xTitle?: string;
  /** Default 'f(x)'. */
  yTitle?: string;
  /** Default: '<yTitle> by <xTitle>'. */
  title?: string;
}

/**
 * Functions of one number as curves: activations, losses. Where a value is not finite the curve has a gap.
 *
 * @param functions name → function.
 * @throws TypeError or RangeError for anything but functions that give numbers, and for more than 8 of them.
 * @example
 * plotFunction({ relu: x => Math.max(0, x) }, { yTitle: 'activation' }).title; // 'Activation by x'
 */
export function plotFunction(
  functions: { readonly [name: string]: (x: number) => number },
  options: PlotFunctionOptions = {},
): Chart {
  checkOptions('plotFunction', options, ['range', 'points', 'xTitle', 'yTitle', 'title']);
  const { xTitle = 'x', yTitle = 'f(x)' } = options;
  const named = toFunctions(functions);
  const [low, high] = toRange(options.range ?? [-3, 3]);
  const points = checkCount('points', options.points ?? 121, { min: 2, max: 2000 });
  const title = options.title ?? `${yTitle.charAt(0).toUpperCase()}${yTitle.slice(1)} by ${xTitle}`;
  const xs = Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
  const curves = named.map(([name, f]) => ({
    name,
    values: xs.map(x => {
      const y: unknown = f(x);
      if (typeof y === 'number') return y;
      throw new TypeError(`Expected ${name} to give a number, received ${describe(y)} at x = ${say(x)}.`);
    }),
  }));
  const names = curves.map(({ name }) => name);
  const rows = curves.flatMap(({ name, values }) =>
    values.map((y, i) => ({ x: round(xs[i]!), y: round(y), curve: name })),
  );
  const across = xs.map((x, i) => ({
    x: round(x),
    ...Object.fromEntries(curves.map(({ values }, curve) => [`y${curve}`, round(values[i]!)])),
  }));
  const key = { field: 'curve', type: 'nominal', title: null, sort: null };
  const { params, opacity } = legendChoice('curve');
  const view = (width: number, columns: number): Record<string, unknown> => ({
    width,
    height: 260,
    layer: [
      {
        data: { values: rows },
        ...(names.length > 1 ? { params } : {}),
        mark: { type: 'line' },
        encoding: {
          ...(names.length > 1 ? { opacity } : {}),
          x: {
            field: 'x',
            type: 'quantitative',
            title: xTitle,
            scale: { domain: [low, high], nice: false },
            axis: { tickCount: 7 },
          },
          y: { field: 'y', type: 'quantitative', title: yTitle },
          color: {
            ...key,
            scale: { domain: names, range: palette.slice(0, names.length) },
            legend: names.length > 1 ? { columns, symbolType: 'stroke', symbolSize: 400 } : null,
          },
          strokeDash: {
            ...key,
            scale: { domain: names, range: dashes.slice(0, names.length) },
            ...(names.length > 1 ? {} : { legend: null }),
          },
        },
      },
      hover(
        'at',
        across,
        xTitle,
        names.map((name, curve) => ({ field: `y${curve}`, title: name })),
      ),
    ],
  });
  const text = curves.map(
    ({ name, values }) =>
      `${name}: ${say(values[0]!)} at ${say(low)}, ${say(values[Math.floor(points / 2)]!)} in the middle, ${say(values[points - 1]!)} at ${say(high)}`,
  );
  return new Chart({
    title,
    description: `${names.length} curves: ${yTitle} by ${xTitle}. ${text.join('. ')}.`,
    text,
    view: view(620, 4),
    narrow: view(250, 2),
  });
}

function toFunctions(functions: unknown): [string, (x: number) => unknown][] {
  if (typeof functions !== 'object' || functions === null || Array.isArray(functions)) {
    throw new TypeError(`Expected an object of name: function, received ${describe(functions)}.`);
  }
  const named = Object.entries(functions).map(
    ([name, f]: [string, unknown]): [string, (x: number) => unknown] => {
      if (!isFunction(f))
        throw new TypeError(`Expected ${name} to be a function of x, received ${describe(f)}.`);
      return [name, f];
    },
  );
  if (named.length > 0 && named.length <= palette.length) return named;
  throw new RangeError(`Expected 1 to ${palette.length} functions to tell apart, received ${named.length}.`);
}

function isFunction(value: unknown): value is (x: number) => unknown {
  return typeof value === 'function';
}

function toRange(range: unknown): [number, number] {
  const [low, high]: unknown[] = Array.isArray(range) ? range : [];
  if (typeof low === 'number' && typeof high === 'number' && Number.isFinite(high - low) && low < high)
    return [low, high];
  throw new RangeError(
    `Expected range to be two finite numbers, the lower one first, received ${describe(range)}.`,
  );
}
