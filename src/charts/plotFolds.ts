import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { countAxis, hover, markAt, zoom } from './curves';
import { hues } from './theme';
import { asArray, mean, type Numbers, round, say, smoothed, toNumbers, last } from './values';

/** Options of `plotFolds`. */
export interface PlotFoldsOptions {
  /** What the curves measure; default 'validation MAE'. */
  yTitle?: string;
  /** Exponential moving average of the second panel's mean, from 0 (none) to below 1; default 0.9. */
  smooth?: number;
  /** How many first epochs the second panel leaves out; default 10, or none where there are no more. */
  skip?: number;
  /** Default: '<yTitle> of <n> folds'. */
  title?: string;
}

/**
 * The curves of a k-fold validation in two panels: every fold and their mean by epoch, then the mean alone, smoothed and without the first epochs,
 * with its lowest point marked (lower is taken to be better).
 *
 * @param folds one curve for each fold, all equally long.
 * @throws TypeError or RangeError for curves of different lengths or with values that are not finite.
 * @example
 * plotFolds([[3, 2, 2.5], [4, 2.5, 2.6]], { skip: 1, smooth: 0 }).title; // 'Validation MAE of 2 folds'
 */
export function plotFolds(folds: readonly Numbers[], options: PlotFoldsOptions = {}): Chart {
  checkOptions('plotFolds', options, ['yTitle', 'smooth', 'skip', 'title']);
  const curves = toCurves(folds);
  const epochs = curves[0]!.length;
  const { yTitle = 'validation MAE' } = options;
  const smooth = checkNumber('smooth', options.smooth ?? 0.9, { min: 0, max: 0.9999 });
  const skip = checkCount('skip', options.skip ?? (epochs > 20 ? 10 : 0), { max: epochs - 1 });
  const title =
    options.title ?? `${yTitle.charAt(0).toUpperCase()}${yTitle.slice(1)} of ${curves.length} folds`;

  const means = Array.from({ length: epochs }, (_, i) => mean(curves.map(curve => curve[i]!)));
  // The average starts after the epochs left out, as their high values would linger in it.
  const late = smoothed(means.slice(skip), smooth);
  const lowest = skip + 1 + late.indexOf(late.reduce((a, b) => Math.min(a, b)));
  const line = (values: readonly number[], first: number, name: string): object[] =>
    values.map((value, i) => ({ x: first + i, y: round(value), curve: name }));
  const y = (what: string): object => ({
    field: 'y',
    type: 'quantitative',
    title: what,
    scale: { zero: false },
  });
  const color = {
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: ['each fold', 'mean of the folds'], range: [hues.quiet, hues.validation] },
    legend: { symbolType: 'stroke' },
  };

  const every = zoom('zoom_all');
  const all = (width: number): Record<string, unknown> => ({
    title: { text: 'every fold, and the mean', fontSize: 13, fontWeight: 'normal' },
    width,
    height: 240,
    layer: [
      {
        data: { values: curves.flatMap((curve, fold) => line(curve, 1, `fold ${fold + 1}`)) },
        transform: [{ calculate: "'each fold'", as: 'kind' }],
        params: [every.param],
        mark: { type: 'line', clip: every.clip, strokeWidth: 1, opacity: 0.6 },
        encoding: { x: countAxis('epoch', 1, epochs), y: y(yTitle), detail: { field: 'curve' }, color },
      },
      {
        data: { values: line(means, 1, 'mean') },
        transform: [{ calculate: "'mean of the folds'", as: 'kind' }],
        mark: { type: 'line', clip: every.clip },
        encoding: { x: { field: 'x', type: 'quantitative' }, y: y(yTitle), color },
      },
      hover(
        'epoch_all',
        means.map((value, i) => ({
          x: i + 1,
          mean: round(value),
          ...Object.fromEntries(curves.map((curve, fold) => [`fold${fold}`, round(curve[i]!)])),
        })),
        'epoch',
        [
          { field: 'mean', title: 'mean' },
          ...curves.map((_, fold) => ({ field: `fold${fold}`, title: `fold ${fold + 1}` })),
        ],
        every.clip,
      ),
    ],
  });
  const part = smooth > 0 ? 'the mean, smoothed' : 'the mean';
  const later = zoom('zoom_late');
  const close = (width: number): Record<string, unknown> => ({
    title: { text: skip > 0 ? `${part}, from epoch ${skip + 1}` : part, fontSize: 13, fontWeight: 'normal' },
    width,
    height: 240,
    layer: [
      {
        data: { values: line(late, skip + 1, 'mean') },
        params: [later.param],
        mark: { type: 'line', clip: later.clip, color: hues.validation },
        encoding: { x: countAxis('epoch', skip + 1, epochs), y: y(yTitle) },
      },
      markAt(
        lowest,
        `lowest: epoch ${lowest}`,
        lowest - skip > (epochs - skip) / 2 ? 'right' : 'left',
        later.clip,
      ),
      hover(
        'epoch_late',
        late.map((value, i) => ({ x: skip + i + 1, mean: round(value) })),
        'epoch',
        [{ field: 'mean', title: part }],
        later.clip,
      ),
    ],
  });
  const text = [
    `mean: ${say(means[0]!)} (epoch 1) → ${say(last(means))} (epoch ${epochs})`,
    `${part}: lowest ${say(late[lowest - skip - 1]!)} (epoch ${lowest}), last ${say(last(late))}`,
    `folds at epoch ${epochs}: ${curves.map(curve => say(last(curve))).join(', ')}`,
  ];
  return new Chart({
    title,
    description: `${yTitle} of ${curves.length} folds over ${epochs} epochs. ${text.join('. ')}.`,
    text,
    view: { hconcat: [all(310), close(310)], spacing: 30 },
    narrow: { vconcat: [all(250), close(250)], spacing: 24 },
  });
}

function toCurves(folds: unknown): number[][] {
  const list = asArray(folds);
  if (!list || list.length === 0 || list.some(curve => asArray(curve) === undefined)) {
    throw new TypeError(
      `Expected folds to be an array with one curve for each fold, received ${describe(folds)}.`,
    );
  }
  const curves = list.map((curve, i) => toNumbers(`folds[${i}]`, curve));
  const lengths = new Set(curves.map(curve => curve.length));
  if (lengths.size > 1) {
    throw new RangeError(
      `Expected the curves of all folds to be equally long, received lengths ${[...lengths].join(' and ')}.`,
    );
  }
  return curves;
}
