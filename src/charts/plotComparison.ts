import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { hues } from './theme';
import { mean, type Numbers, round, say, toSeries } from './values';

/** Options of `plotComparison`. */
export interface PlotComparisonOptions {
  /** What was measured; default 'accuracy'. */
  valueTitle?: string;
  /** Somebody else's figure for some of the names, drawn as a diamond. */
  reference?: { readonly [name: string]: number };
  /** What the diamonds are; default 'reference'. */
  referenceTitle?: string;
  /** Default: '<valueTitle> of <n> models'. */
  title?: string;
}

/**
 * Several models side by side, each with all its runs: a dot for each run, a bar from mean − sd to mean + sd (sample standard deviation), and a line
 * at the mean. Where two bars overlap widely, the runs do not say which model is better.
 *
 * @param runs name → one number for each run (each seed, each fold).
 * @throws TypeError or RangeError for values that are not finite numbers, and for references whose name is not among the runs.
 * @example
 * plotComparison({ '64-4': [0.70, 0.71], '64-128': [0.79, 0.78] }, { valueTitle: 'test accuracy' }).title; // 'Test accuracy of 2 models'
 */
export function plotComparison(
  runs: { readonly [name: string]: Numbers },
  options: PlotComparisonOptions = {},
): Chart {
  checkOptions('plotComparison', options, ['valueTitle', 'reference', 'referenceTitle', 'title']);
  const { valueTitle = 'accuracy', referenceTitle = 'reference' } = options;
  const series = toSeries('runs', runs);
  const names = series.map(([name]) => name);
  const references = toReferences(options.reference, names);
  const title =
    options.title ??
    `${valueTitle.charAt(0).toUpperCase()}${valueTitle.slice(1)} of ${names.length} ${names.length === 1 ? 'model' : 'models'}`;
  const summary = series.map(([name, values]) => {
    const m = mean(values);
    const sd =
      values.length > 1
        ? Math.sqrt(values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1))
        : 0;
    return { name, mean: m, sd, runs: values.length };
  });
  // In the legend: a flat bar, as the marks of mean and deviation are.
  const bar = 'M-1.2,-0.4H1.2V0.4H-1.2Z';
  const kinds = ['one run', 'mean ± standard deviation', ...(references.length > 0 ? [referenceTitle] : [])];
  const color = (columns: number): object => ({
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: kinds, range: [hues.training, hues.quiet, hues.validation].slice(0, kinds.length) },
    legend: { columns },
  });
  const shape = {
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: kinds, range: ['circle', bar, 'diamond'].slice(0, kinds.length) },
  };
  const value = (field: string): object => ({
    field,
    type: 'quantitative',
    title: valueTitle,
    scale: { zero: false },
    axis: { tickCount: 6 },
  });
  const row = (kind: string, list: Item[]): object => ({
    values: list.map(item => ({ name: item.name, value: round(item.value), kind })),
  });
  const point = (kind: string, list: Item[], filled: boolean, columns: number): object => ({
    data: row(kind, list),
    mark: {
      type: 'point',
      filled,
      size: filled ? 40 : 90,
      opacity: filled ? 0.75 : 1,
      strokeWidth: 2,
      tooltip: true,
    },
    encoding: {
      x: value('value'),
      color: color(columns),
      shape,
      tooltip: [
        { field: 'name', type: 'nominal', title: 'model' },
        { field: 'kind', type: 'nominal', title: 'what' },
        { field: 'value', type: 'quantitative', title: valueTitle },
      ],
    },
  });
  const view = (width: number, columns: number): Record<string, unknown> => ({
    width,
    height: { step: 34 },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: null,
        scale: { domain: names },
        title: null,
        axis: { ticks: false, domain: false, grid: false },
      },
    },
    layer: [
      {
        data: {
          values: summary.map(item => ({
            name: item.name,
            from: round(item.mean - item.sd),
            to: round(item.mean + item.sd),
            mean: round(item.mean),
            sd: round(item.sd),
            runs: item.runs,
          })),
        },
        layer: [
          {
            mark: { type: 'bar', height: 16, color: hues.quiet, opacity: 0.35, tooltip: true },
            encoding: {
              x: value('from'),
              x2: { field: 'to' },
              tooltip: [
                { field: 'name', type: 'nominal', title: 'model' },
                { field: 'mean', type: 'quantitative', title: 'mean' },
                { field: 'sd', type: 'quantitative', title: 'standard deviation' },
                { field: 'runs', type: 'quantitative', title: 'runs' },
              ],
            },
          },
          {
            mark: { type: 'tick', color: 'currentColor', thickness: 2, size: 22 },
            encoding: { x: value('mean') },
          },
        ],
      },
      point(
        'one run',
        series.flatMap(([name, values]) => values.map(item => ({ name, value: item }))),
        true,
        columns,
      ),
      ...(references.length > 0
        ? [
            point(
              referenceTitle,
              references.map(([name, item]) => ({ name, value: item })),
              false,
              columns,
            ),
          ]
        : []),
    ],
  });
  const text = summary.map(item => {
    const reference = references.find(([name]) => name === item.name);
    return (
      `${item.name}: ${say(item.mean)} ± ${say(item.sd)} (${item.runs} ${item.runs === 1 ? 'run' : 'runs'})` +
      (reference ? `, ${referenceTitle} ${say(reference[1])}` : '')
    );
  });
  return new Chart({
    title,
    description: `${valueTitle} of ${names.length} models, a dot for each run, mean ± standard deviation as a bar. ${text.join('. ')}.`,
    text,
    view: view(520, 3),
    narrow: view(200, 1),
  });
}

interface Item {
  name: string;
  value: number;
}

function toReferences(reference: unknown, names: string[]): [string, number][] {
  if (reference === undefined) return [];
  return toSeries('reference', wrapped(reference)).map(([name, [value]]) => {
    if (names.includes(name)) return [name, value!];
    throw new RangeError(
      `Expected the names of reference among those of the runs (${names.join(', ')}), received ${describe(name)}.`,
    );
  });
}

function wrapped(reference: unknown): unknown {
  if (typeof reference !== 'object' || reference === null) return reference;
  return Object.fromEntries(Object.entries(reference).map(([name, value]) => [name, [value]]));
}
