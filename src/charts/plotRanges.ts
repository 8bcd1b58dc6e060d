import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { hues } from './theme';
import { asArray, type Numbers, round, say, toNumbers } from './values';

/** Options of `plotRanges`. */
export interface PlotRangesOptions {
  /** A name for each column; default 0, 1, 2, … */
  names?: readonly string[];
  /** What the values are; default 'value'. */
  valueTitle?: string;
  /** Default 'Ranges of <n> features'. */
  title?: string;
}

/**
 * The range of every feature on one axis: a thin line from the lowest to the highest value, a thick one from the first to the third quartile
 * (`numpy.percentile`, linear), a tick at the median. Shows at a glance which features need scaling.
 *
 * @param x rows of samples, shape (samples, features).
 * @throws TypeError or RangeError for rows of different lengths, values that are not finite, or names that do not match.
 * @example
 * plotRanges([[0.1, 300], [0.5, 700]], { names: ['crime', 'tax'] }).title; // 'Ranges of 2 features'
 */
export function plotRanges(x: readonly Numbers[], options: PlotRangesOptions = {}): Chart {
  checkOptions('plotRanges', options, ['names', 'valueTitle', 'title']);
  const { valueTitle = 'value' } = options;
  const columns = toColumns(x);
  const names = toNames(options.names, columns.length);
  const title = options.title ?? `Ranges of ${columns.length} features`;
  const rows = columns.map((column, i) => {
    const sorted = [...column].sort((a, b) => a - b);
    const [low, first, median, third, high] = [0, 0.25, 0.5, 0.75, 1].map(share => percentile(sorted, share));
    return { feature: names[i]!, low: low!, first: first!, median: median!, third: third!, high: high! };
  });
  const x1 = (field: string): object => ({
    field,
    type: 'quantitative',
    title: valueTitle,
    scale: { zero: false },
  });
  const view = (width: number): Record<string, unknown> => ({
    width,
    height: { step: 24 },
    data: {
      values: rows.map(({ feature, ...numbers }) => ({
        feature,
        ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, round(value)])),
      })),
    },
    encoding: {
      y: {
        field: 'feature',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { ticks: false, domain: false },
      },
      tooltip: [
        { field: 'feature', type: 'nominal', title: 'feature' },
        ...['low', 'first', 'median', 'third', 'high'].map(field => ({
          field,
          type: 'quantitative',
          title: {
            low: 'lowest',
            first: 'first quartile',
            median: 'median',
            third: 'third quartile',
            high: 'highest',
          }[field],
          format: '.4~g',
        })),
      ],
    },
    layer: [
      {
        mark: { type: 'rule', color: hues.training, strokeWidth: 2 },
        encoding: { x: x1('low'), x2: { field: 'high' } },
      },
      {
        mark: { type: 'bar', color: hues.training, height: 12 },
        encoding: { x: x1('first'), x2: { field: 'third' } },
      },
      {
        mark: { type: 'tick', color: hues.validation, thickness: 3, size: 18 },
        encoding: { x: x1('median') },
      },
    ],
  });
  const text = rows.map(
    ({ feature, low, median, high }) => `${feature}: ${say(low)} to ${say(high)}, median ${say(median)}`,
  );
  return new Chart({
    title,
    description: `${title}: lowest to highest value, quartiles and median. ${text.join('; ')}.`,
    text,
    view: view(600),
    narrow: view(210),
  });
}

function toColumns(x: unknown): number[][] {
  const rows = asArray(x);
  if (!rows || rows.length === 0 || rows.some(row => asArray(row) === undefined)) {
    throw new TypeError(
      `Expected x to be rows of numbers, received ${describe(x)}. Pass a DataFrame's .values.`,
    );
  }
  const matrix = rows.map((row, i) => toNumbers(`row ${i} of x`, row));
  const n = matrix[0]!.length;
  const odd = matrix.findIndex(row => row.length !== n);
  if (odd >= 0) {
    throw new RangeError(
      `Expected every row of x to have ${n} values as row 0 has, received ${matrix[odd]!.length} in row ${odd}.`,
    );
  }
  return Array.from({ length: n }, (_, j) => matrix.map(row => row[j]!));
}

function toNames(names: readonly string[] | undefined, n: number): string[] {
  if (names === undefined) return Array.from({ length: n }, (_, i) => String(i));
  if (Array.isArray(names) && names.length === n && new Set(names).size === n) return names.map(String);
  throw new RangeError(
    `Expected names to be ${n} different names, one for each column, received ${describe(names)}.`,
  );
}

function percentile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}
