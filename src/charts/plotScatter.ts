import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { zoom } from './curves';
import { hues } from './theme';
import { mean, type Numbers, round, say, toNumbers } from './values';

/** Options of `plotScatter`. */
export interface PlotScatterOptions {
  /** What x is; default 'x'. */
  xTitle?: string;
  /** What y is; default 'y'. */
  yTitle?: string;
  /** A dashed line to compare with: 'identity' (y = x, where predictions equal the truth) or 'zero' (y = 0, for residuals); default 'none'. */
  line?: 'identity' | 'zero' | 'none';
  /** Default: '<yTitle> by <xTitle>'. */
  title?: string;
}

/**
 * A dot for each pair (x, y): predictions against the truth, or residuals against predictions. Two columns of one number to a row, as `predict` returns
 * for one unit, are taken as they are.
 *
 * @throws TypeError or RangeError for values that are not finite numbers or lists of different lengths.
 * @example
 * plotScatter([7.2, 18.8], [8.1, 18.3], { xTitle: 'true price', yTitle: 'predicted price', line: 'identity' }).title; // 'Predicted price by true price'
 */
export function plotScatter(
  x: Numbers | readonly Numbers[],
  y: Numbers | readonly Numbers[],
  options: PlotScatterOptions = {},
): Chart {
  checkOptions('plotScatter', options, ['xTitle', 'yTitle', 'line', 'title']);
  const { xTitle = 'x', yTitle = 'y' } = options;
  const line = checkChoice('line', options.line ?? 'none', ['identity', 'zero', 'none']);
  const [xs, ys] = [toNumbers('x', x), toNumbers('y', y)];
  if (xs.length !== ys.length) {
    throw new RangeError(
      `Expected x and y to be equally long, received ${xs.length} and ${ys.length} values.`,
    );
  }
  const title = options.title ?? `${yTitle.charAt(0).toUpperCase()}${yTitle.slice(1)} by ${xTitle}`;
  const least = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b));
  const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b));
  const [low, high] = [Math.min(least(xs), least(ys)), Math.max(most(xs), most(ys))];
  const ends = {
    identity: [
      [low, low],
      [high, high],
    ],
    zero: [
      [least(xs), 0],
      [most(xs), 0],
    ],
    none: [],
  }[line];
  const axis = (field: string, what: string): object => ({
    field,
    type: 'quantitative',
    title: what,
    scale: { zero: false },
    axis: { tickCount: 6 },
  });
  const { param, clip } = zoom('zoom', ['x', 'y']);
  const view = (width: number, height: number): Record<string, unknown> => ({
    width,
    height,
    layer: [
      ...(ends.length === 0
        ? []
        : [
            {
              data: { values: ends.map(([a, b]) => ({ x: round(a!), y: round(b!) })) },
              mark: {
                type: 'line',
                clip,
                color: 'currentColor',
                strokeDash: [5, 4],
                strokeWidth: 1.5,
                opacity: 0.7,
              },
              encoding: { x: axis('x', xTitle), y: axis('y', yTitle) },
            },
          ]),
      {
        data: { values: xs.map((value, i) => ({ x: round(value), y: round(ys[i]!), sample: i })) },
        params: [param],
        mark: {
          type: 'point',
          filled: true,
          clip,
          color: hues.training,
          opacity: 0.8,
          size: 34,
          tooltip: true,
        },
        encoding: {
          x: axis('x', xTitle),
          y: axis('y', yTitle),
          tooltip: [
            { field: 'x', type: 'quantitative', title: xTitle, format: '.4~g' },
            { field: 'y', type: 'quantitative', title: yTitle, format: '.4~g' },
            { field: 'sample', type: 'quantitative', title: 'sample' },
          ],
        },
      },
    ],
  });
  const square = line === 'identity';
  const text = [
    `${xs.length} samples`,
    `${xTitle}: ${say(least(xs))} to ${say(most(xs))}, mean ${say(mean(xs))}`,
    `${yTitle}: ${say(least(ys))} to ${say(most(ys))}, mean ${say(mean(ys))}`,
    ...(square
      ? [`mean distance from the line: ${say(mean(xs.map((value, i) => Math.abs(ys[i]! - value))))}`]
      : []),
  ];
  return new Chart({
    title,
    description: `Scatter plot of ${text.join('; ')}.`,
    text,
    view: view(square ? 420 : 640, square ? 420 : 280),
    narrow: view(260, 260),
  });
}
