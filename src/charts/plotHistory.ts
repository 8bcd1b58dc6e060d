import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { countAxis, hover, markAt } from './curves';
import { bestOf, chooseKeys, historyCurves, type HistoryValues } from './historyCurves';
import { hues } from './theme';
import { last, plainKey, prettyKey, round, say, sentence, smoothed } from './values';

/** Options of `plotHistory`. */
export interface PlotHistoryOptions {
  /** Which quantities to draw, each in a panel of its own; default: all, the loss first. */
  keys?: string[];
  /** Exponential moving average from 0 (none, the default) to below 1: each point is this share of the one before. */
  smooth?: number;
  /** How many first epochs to leave out; default 0. */
  skip?: number;
  /** An epoch, as the axis counts it, to mark with a dashed line. */
  mark?: number;
  /** Default: the drawn quantities by name. */
  title?: string;
}

/**
 * The curves of a training, one panel for each quantity: training as points, validation (`val_…`) as a line. Epochs count from 1, or on from `initialEpoch`.
 * A value that is not finite leaves a gap.
 *
 * @param history what `fit` returns, or its record of key → numbers.
 * @throws TypeError for an unknown option or a key that the history lacks; RangeError for numbers that do not fit.
 * @example
 * const chart = plotHistory({ loss: [0.5, 0.3], val_loss: [0.4, 0.35], accuracy: [0.8, 0.9], val_accuracy: [0.85, 0.86] });
 * chart.title; // 'Loss and accuracy by epoch'
 */
export function plotHistory(history: HistoryValues, options: PlotHistoryOptions = {}): Chart {
  checkOptions('plotHistory', options, ['keys', 'smooth', 'skip', 'mark', 'title']);
  const { curves, epochs, first } = historyCurves('history', history);
  const end = first + epochs - 1;
  const keys = chooseKeys(options.keys, [...curves.keys()]);
  const smooth = checkNumber('smooth', options.smooth ?? 0, { min: 0, max: 0.9999 });
  const skip = checkCount('skip', options.skip ?? 0, { max: epochs - 1 });
  const from = first + skip;
  const mark =
    options.mark === undefined ? undefined : checkCount('mark', options.mark, { min: from, max: end });
  const title = options.title ?? `${sentence(keys.map(plainKey))} by epoch`;

  const both = keys.some(key => curves.has(`val_${key}`));
  const panel = (key: string, index: number, width: number): Record<string, unknown> => {
    const sets = { training: curves.get(key)!, validation: curves.get(`val_${key}`) };
    const shown = Object.entries(sets).flatMap(([set, values]) =>
      values ? [{ set, values: smooth > 0 ? smoothed(values, smooth) : values }] : [],
    );
    const at = Array.from({ length: epochs - skip }, (_, i) => i + skip);
    const rows = at.map(i => ({
      x: i + first,
      ...Object.fromEntries(shown.map(({ set, values }) => [set, round(values[i]!)])),
    }));
    const encoding = {
      x: countAxis('epoch', from, end),
      y: {
        field: 'y',
        type: 'quantitative',
        title: prettyKey(key).toLowerCase(),
        scale: { zero: false },
        axis: { tickCount: 6 },
      },
      color: {
        field: 'set',
        type: 'nominal',
        title: null,
        scale: both
          ? { domain: ['training', 'validation'], range: [hues.training, hues.validation] }
          : { domain: ['training'], range: [hues.training] },
      },
    };
    const shape = {
      field: 'set',
      type: 'nominal',
      title: null,
      scale: both
        ? { domain: ['training', 'validation'], range: ['circle', 'stroke'] }
        : { domain: ['training'], range: ['circle'] },
    };
    const layer: Record<string, unknown>[] = shown.map(({ set }) => ({
      data: { values: rows.map(row => ({ x: row.x, y: (row as Record<string, unknown>)[set], set })) },
      mark: set === 'training' ? { type: 'point', filled: true } : { type: 'line' },
      encoding: set === 'training' ? { ...encoding, shape } : encoding,
    }));
    if (mark !== undefined)
      layer.push(markAt(mark, `epoch ${mark}`, mark + 1 - from > (epochs - skip) * 0.8 ? 'right' : 'left'));
    layer.push(
      hover(
        `epoch_${index}`,
        rows,
        'epoch',
        shown.map(({ set }) => ({ field: set, title: `${set} ${prettyKey(key).toLowerCase()}` })),
      ),
    );
    return { width, height: 230, layer };
  };

  const resolve = { scale: { color: 'shared', shape: 'shared' } };
  const wide = keys.length === 1 ? 600 : 310;
  const columns = 2;
  const text = keys.flatMap(key =>
    [key, `val_${key}`].flatMap(name => {
      const values = curves.get(name);
      if (!values) return [];
      const best = bestOf(name, values);
      return [
        `${name === key ? key : validationOf(key)}: ${say(values[0]!)} (epoch ${first}) → ${say(last(values))} (epoch ${end})` +
          (best === undefined ? '' : `, best ${say(values[best]!)} (epoch ${first + best})`),
      ];
    }),
  );
  return new Chart({
    title,
    description:
      `Epochs ${from} to ${end}${both ? ', training as points and validation as a line' : ''}` +
      `${smooth > 0 ? `, smoothed by ${smooth}` : ''}. ${text.join('. ')}.`,
    text,
    view:
      keys.length === 1
        ? panel(keys[0]!, 0, wide)
        : { concat: keys.map((key, i) => panel(key, i, wide)), columns, spacing: 30, resolve },
    narrow: { concat: keys.map((key, i) => panel(key, i, 250)), columns: 1, spacing: 24, resolve },
  });
}

/** A name in code stays that name; a key of several words is a title. */
function validationOf(key: string): string {
  return key.includes(' ') ? `validation ${key}` : `val_${key}`;
}
