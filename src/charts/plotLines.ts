import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { countAxis, hover, legendChoice, markAt, zoom } from './curves';
import { dashes } from './dashes';
import { palette } from './theme';
import { type Numbers, round, say, smoothed, toSeries, last } from './values';

/** Options of `plotLines`. */
export interface PlotLinesOptions {
  /** What is counted along the axis; default 'epoch'. */
  xTitle?: string;
  /** What the lines measure; default 'value'. */
  yTitle?: string;
  /** Exponential moving average from 0 (none, the default) to below 1. */
  smooth?: number;
  /** How many first values to leave out; default 0. */
  skip?: number;
  /** A position, counted from 1, to mark with a dashed line. */
  mark?: number;
  /** Default: '<yTitle> by <xTitle>'. */
  title?: string;
}

/**
 * Named curves in one panel, counted from 1: the validation loss of several models, the error of several folds. They may differ in length; a value
 * that is not finite leaves a gap. Each line has a hue and a dash of its own.
 *
 * @throws TypeError or RangeError for series that are not numbers, for options that do not fit, and for more lines than can be told apart (8).
 * @example
 * plotLines({ '16 units': [0.4, 0.3], '64 units': [0.35, 0.36] }, { yTitle: 'validation loss' }).title; // 'Validation loss by epoch'
 */
export function plotLines(
  series: { readonly [name: string]: Numbers },
  options: PlotLinesOptions = {},
): Chart {
  checkOptions('plotLines', options, ['xTitle', 'yTitle', 'smooth', 'skip', 'mark', 'title']);
  const { xTitle = 'epoch', yTitle = 'value' } = options;
  const lines = toSeries('series', series, { gaps: true });
  if (lines.length > palette.length) {
    throw new RangeError(`Expected at most ${palette.length} lines to tell apart, received ${lines.length}.`);
  }
  const longest = lines.reduce((most, [, list]) => Math.max(most, list.length), 0);
  const smooth = checkNumber('smooth', options.smooth ?? 0, { min: 0, max: 0.9999 });
  const skip = checkCount('skip', options.skip ?? 0, { max: longest - 1 });
  const mark =
    options.mark === undefined
      ? undefined
      : checkCount('mark', options.mark, { min: skip + 1, max: longest });
  const title = options.title ?? `${yTitle.charAt(0).toUpperCase()}${yTitle.slice(1)} by ${xTitle}`;
  const names = lines.map(([name]) => name);
  const drawn = lines.map(([, list]) => (smooth > 0 ? smoothed(list, smooth) : list));
  const rows = drawn.flatMap((list, line) =>
    list.slice(skip).map((value, i) => ({ x: skip + i + 1, y: round(value), series: names[line] })),
  );
  const across = Array.from({ length: longest - skip }, (_, i) => ({
    x: skip + i + 1,
    ...Object.fromEntries(drawn.map((list, line) => [`y${line}`, round(list[skip + i] ?? NaN)])),
  }));
  const key = { field: 'series', type: 'nominal', title: null, sort: null };
  const { params, opacity } = legendChoice('series');
  const { param, clip } = zoom('zoom');
  const view = (width: number, columns: number): Record<string, unknown> => ({
    width,
    height: 260,
    layer: [
      {
        data: { values: rows },
        params: names.length > 1 ? [...params, param] : [param],
        mark: { type: 'line', clip, point: { filled: true, clip, size: 24 } },
        encoding: {
          ...(names.length > 1 ? { opacity } : {}),
          x: countAxis(xTitle, skip + 1, longest),
          y: { field: 'y', type: 'quantitative', title: yTitle, scale: { zero: false } },
          color: {
            ...key,
            scale: { domain: names, range: palette.slice(0, names.length) },
            legend: { columns, symbolType: 'stroke', symbolSize: 400 },
          },
          strokeDash: { ...key, scale: { domain: names, range: dashes.slice(0, names.length) } },
        },
      },
      ...(mark === undefined
        ? []
        : [markAt(mark, `${xTitle} ${mark}`, mark - skip > (longest - skip) * 0.8 ? 'right' : 'left', clip)]),
      hover(
        'at',
        across,
        xTitle,
        names.map((name, line) => ({ field: `y${line}`, title: name })),
        clip,
      ),
    ],
  });
  const text = lines.map(
    ([name, list]) =>
      `${name}: ${say(list[0]!)} (${xTitle} 1) → ${say(last(list))} (${xTitle} ${list.length})`,
  );
  return new Chart({
    title,
    description: `${lines.length} lines: ${yTitle} by ${xTitle}${smooth > 0 ? `, smoothed by ${smooth}` : ''}. ${text.join('. ')}.`,
    text,
    view: view(660, 4),
    narrow: view(250, 1),
  });
}
