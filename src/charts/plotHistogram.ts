import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { legendChoice } from './curves';
import { palette } from './theme';
import { asArray, mean, type Numbers, say, toNumbers, toSeries, last } from './values';

/** Options of `plotHistogram`. */
export interface PlotHistogramOptions {
  /** How many bins of equal width, or their edges (rising); default 20. */
  bins?: number | Numbers;
  /** From where to where equal bins reach; values outside are not counted. Default: the lowest to the highest value. */
  range?: [number, number];
  /** What is counted; default 'value'. */
  xTitle?: string;
  /** Default: 'Distribution of <xTitle>'. */
  title?: string;
}

/**
 * How often values fall where: a histogram, counted as `numpy.histogram` counts (each bin without its right edge, the last with it).
 * Several named groups are drawn over each other in one picture with the same bins.
 *
 * @param values numbers, a column such as `predict` returns for one unit, or an object of name → numbers.
 * @throws TypeError or RangeError for values that are not finite numbers, bins that do not rise, and a range without a value.
 * @example
 * plotHistogram([0.1, 0.2, 0.8], { bins: 4, range: [0, 1], xTitle: 'score' }).title; // 'Distribution of score'
 */
export function plotHistogram(
  values: Numbers | readonly Numbers[] | { readonly [name: string]: Numbers | readonly Numbers[] },
  options: PlotHistogramOptions = {},
): Chart {
  checkOptions('plotHistogram', options, ['bins', 'range', 'xTitle', 'title']);
  const named = asArray(values) === undefined;
  const groups: [string, number[]][] = named
    ? toSeries('values', values)
    : [['count', toNumbers('values', values)]];
  if (groups.length > palette.length) {
    throw new RangeError(
      `Expected at most ${palette.length} groups to tell apart, received ${groups.length}.`,
    );
  }
  const edges = toEdges(options.bins ?? 20, options.range, groups);
  const [low, high] = [edges[0]!, last(edges)];
  if (!groups.some(([, list]) => list.some(value => value >= low && value <= high))) {
    const [from, to] = extent(groups);
    throw new RangeError(
      `Expected some values from ${say(low)} to ${say(high)}, received values from ${say(from)} to ${say(to)}. ` +
        'Choose a range that they lie in, or leave it out.',
    );
  }
  const { xTitle = 'value' } = options;
  const title = options.title ?? `Distribution of ${xTitle}`;
  const counted = groups.map(([name, list]) => ({ name, list, counts: count(list, edges) }));
  const rows = counted.flatMap(({ name, counts }) =>
    counts.map((n, i) => ({ from: digits(edges[i]!), to: digits(edges[i + 1]!), n, group: name })),
  );
  const { params, opacity } = legendChoice('group');
  const view = (width: number, columns: number): Record<string, unknown> => ({
    width,
    height: 240,
    data: { values: rows },
    ...(named ? { params } : {}),
    mark: { type: 'bar', binSpacing: 1, fillOpacity: named ? 0.75 : 1, tooltip: true },
    encoding: {
      ...(named ? { opacity } : {}),
      x: {
        field: 'from',
        bin: { binned: true },
        type: 'quantitative',
        title: xTitle,
        scale: { domain: [digits(low), digits(high)], nice: false, zero: false },
        // A number stands under its edge, also the first and the last.
        axis: { grid: false, tickCount: 10, labelFlush: false },
      },
      x2: { field: 'to' },
      y: { field: 'n', type: 'quantitative', title: 'how many', stack: null },
      ...(named
        ? {
            color: {
              field: 'group',
              type: 'nominal',
              title: null,
              scale: { domain: groups.map(([name]) => name), range: palette.slice(0, groups.length) },
              legend: { columns },
            },
          }
        : { color: { value: palette[0] } }),
      tooltip: [
        ...(named ? [{ field: 'group', type: 'nominal', title: 'group' }] : []),
        { field: 'from', type: 'quantitative', title: 'from' },
        { field: 'to', type: 'quantitative', title: 'to' },
        { field: 'n', type: 'quantitative', title: 'how many' },
      ],
    },
  });
  const text = counted.map(({ name, list, counts }) => {
    const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
    const outside = list.length - counts.reduce((sum, n) => sum + n, 0);
    return [
      `${named ? `${name}: ` : ''}${list.length} values, mean ${say(mean(list))}`,
      ...(counts[most]! > 0
        ? [`most (${counts[most]}) from ${say(edges[most]!)} to ${say(edges[most + 1]!)}`]
        : []),
      ...(outside > 0 ? [`${outside} outside the range`] : []),
    ].join('; ');
  });
  return new Chart({
    title,
    description: `Histogram of ${xTitle} in ${edges.length - 1} bins. ${text.join('. ')}.`,
    text,
    view: view(660, 4),
    narrow: view(260, 1),
  });
}

function toEdges(bins: unknown, range: unknown, groups: readonly [string, number[]][]): number[] {
  if (typeof bins !== 'number') {
    if (range !== undefined) {
      throw new TypeError(
        'Expected either range or edges in bins, received both. The edges already say the range.',
      );
    }
    const edges = toNumbers('bins', bins);
    if (edges.length < 2 || edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) {
      throw new RangeError(`Expected bins to be at least two rising edges, received [${edges.join(', ')}].`);
    }
    return edges;
  }
  const n = checkCount('bins', bins, { min: 1, max: 1000 });
  let [low, high] = range === undefined ? extent(groups) : toRange(range);
  // As NumPy: a single value gets a bin of width 1 around it.
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return Array.from({ length: n + 1 }, (_, i) => (i === n ? high : low + ((high - low) * i) / n));
}

function extent(groups: readonly [string, number[]][]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const [, list] of groups) {
    for (const value of list) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function toRange(range: unknown): [number, number] {
  const list = asArray(range);
  const [low, high] = list ?? [];
  const fits =
    typeof low === 'number' && typeof high === 'number' && low < high && Number.isFinite(high - low);
  if (list?.length === 2 && fits) return [low, high];
  throw new RangeError(
    `Expected range to be [low, high] with low below high, received ${list ? `[${list.join(', ')}]` : describe(range)}.`,
  );
}

function count(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const top = last(edges);
  for (const value of values) {
    if (value < edges[0]! || value > top) continue;
    let [low, high] = [0, edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]!) low = middle;
      else high = middle;
    }
    counts[low]!++;
  }
  return counts;
}

/** Ten digits: enough for any edge, and 0.1 + 0.2 reads as 0.3. */
function digits(value: number): number {
  return Number(value.toPrecision(10));
}
