import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { beside, countAxis, hover } from './curves';
import { chooseKeys, historyCurves, type HistoryValues } from './historyCurves';
import { hues } from './theme';
import type { ValueTable } from './ValueTable';
import { last, mean, plainKey, prettyKey, round, say, smoothed, tell } from './values';

/** Options of `plotEachFold`. */
export interface PlotEachFoldOptions {
  /** The quantity to draw; default: the first metric, or the loss where there is none. */
  key?: string;
  /** Exponential moving average from 0 (none) to below 1; default 0.9. */
  smooth?: number;
  /** How many first epochs to leave out; default 10, or none where there are no more. */
  skip?: number;
  /** The fold that is shown at first, counted from 1; default 1. */
  fold?: number;
  /** Default: '<key>, fold by fold'. */
  title?: string;
}

/**
 * The trainings of a k-fold validation, one at a time: a picker chooses a fold, its training and validation curves stand out from the validation curves of
 * the others, and the bars compare where the folds end. A still picture shows `fold`.
 *
 * @param histories one for each fold, as `crossValidate` returns them, with `val_` values and all equally long.
 * @throws TypeError or RangeError for histories that differ in length or lack the key.
 * @example
 * const fold = { mae: [3, 1], val_mae: [3, 2] };
 * plotEachFold([fold, { mae: [4, 1], val_mae: [4, 3] }], { smooth: 0 }).title; // 'MAE, fold by fold'
 */
export function plotEachFold(histories: readonly HistoryValues[], options: PlotEachFoldOptions = {}): Chart {
  checkOptions('plotEachFold', options, ['key', 'smooth', 'skip', 'fold', 'title']);
  const list: unknown = histories;
  if (!Array.isArray(list) || list.length === 0) {
    throw new TypeError(
      `Expected histories to be an array with one for each fold, received ${describe(list)}.`,
    );
  }
  const records = histories.map((history, i) => historyCurves(`histories[${i}]`, history));
  const { epochs } = records[0]!;
  const other = records.find(record => record.epochs !== epochs);
  if (other) {
    throw new RangeError(
      `Expected the histories of all folds to be equally long, received lengths ${epochs} and ${other.epochs}.`,
    );
  }
  const present = [...records[0]!.curves.keys()];
  const keys = chooseKeys(options.key === undefined ? undefined : [options.key], present);
  const key = keys.length > 1 && options.key === undefined ? keys[1]! : keys[0]!;
  const smooth = checkNumber('smooth', options.smooth ?? 0.9, { min: 0, max: 0.9999 });
  const skip = checkCount('skip', options.skip ?? (epochs > 20 ? 10 : 0), { max: epochs - 1 });
  const start = checkCount('fold', options.fold ?? 1, { min: 1, max: records.length });
  const name = prettyKey(key);
  const title = options.title ?? `${name}, fold by fold`;

  const curveOf = (i: number, what: string): number[] => {
    const values = records[i]!.curves.get(what);
    if (!values) {
      throw new TypeError(
        `Expected histories[${i}] to have the key "${what}", received ${[...records[i]!.curves.keys()].join(', ')}.`,
      );
    }
    return smoothed(values.slice(skip), smooth);
  };
  const folds = records.map((_, i) => {
    const [training, validation] = [curveOf(i, key), curveOf(i, `val_${key}`)];
    const lowest = validation.reduce((a, b) => Math.min(a, b));
    return {
      fold: i + 1,
      training,
      validation,
      end: round(last(validation)),
      trainingEnd: round(last(training)),
      lowest: round(lowest),
      at: skip + 1 + validation.indexOf(lowest),
    };
  });
  const rows = folds.flatMap(({ fold, training, validation }) =>
    validation.map((value, i) => ({
      x: skip + 1 + i,
      fold,
      training: round(training[i]!),
      validation: round(value),
    })),
  );
  // Hovering tells of fifty epochs or so: a line for each of many would make the picker slow.
  const step = niceStep((epochs - skip) / 60);
  const here = [{ filter: 'datum.fold === fold' }];
  const middle = mean(folds.map(({ validation }) => last(validation)));

  const curves = (width: number, columns: number): Record<string, unknown> => {
    const x = countAxis('epoch', skip + 1, epochs);
    const y = (field: string): object => ({
      field,
      type: 'quantitative',
      title: `${name}${smooth > 0 ? ', smoothed' : ''}`,
      scale: { zero: false },
    });
    const sets = ['training', 'validation', 'validation of the others'];
    const color = (set: string): object => ({
      datum: set,
      type: 'nominal',
      title: null,
      scale: { domain: sets, range: [hues.training, hues.validation, hues.quiet] },
      legend: { symbolType: 'stroke', symbolOpacity: 1, columns },
    });
    return {
      width,
      height: 230,
      data: { values: rows },
      layer: [
        {
          mark: { type: 'line', strokeWidth: 1.5, opacity: 0.5 },
          encoding: { x, y: y('validation'), detail: { field: 'fold' }, color: color(sets[2]!) },
        },
        ...(['training', 'validation'] as const).map(set => ({
          transform: here,
          mark: { type: 'line', ...(set === 'training' ? { strokeDash: [3, 3] } : {}) },
          encoding: { x, y: y(set), color: color(set) },
        })),
        {
          data: {
            values: folds.map(({ fold, trainingEnd, end, lowest, at }) => ({
              fold,
              trainingEnd,
              end,
              lowest,
              at,
            })),
          },
          transform: [
            ...here,
            {
              calculate:
                `['fold ' + datum.fold + ': training ' + format(datum.trainingEnd, '.3f') + ', validation ' + format(datum.end, '.3f') + ' at the end', ` +
                `'validation lowest ' + format(datum.lowest, '.3f') + ' at epoch ' + datum.at]`,
              as: 'words',
            },
            { calculate: "join(datum.words, ', ')", as: 'said' },
          ],
          mark: { type: 'text', align: 'left', baseline: 'bottom', lineHeight: 15 },
          encoding: { x: { value: 0 }, y: { value: -24 }, text: { field: 'words' } },
        },
        {
          ...hover('epoch_there', undefined, 'epoch', [
            { field: 'fold', title: 'fold' },
            ...(['training', 'validation'] as const).map(set => ({
              field: set,
              title: `${set} ${plainKey(key)}`,
            })),
          ]),
          transform: step > 1 ? [{ filter: `datum.x % ${step} === 0` }, ...here] : here,
        },
      ],
    };
  };
  const ends = (width: number): Record<string, unknown> => {
    const x = { field: 'end', type: 'quantitative', title: `validation ${name} at the end` };
    const y = {
      field: 'fold',
      type: 'ordinal',
      title: 'fold',
      axis: { ticks: false, domain: false, labelAngle: 0 },
    };
    return {
      width,
      height: { step: 34 },
      layer: [
        {
          data: { values: folds.map(({ fold, end }) => ({ fold, end })) },
          mark: { type: 'bar' },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'fold', type: 'ordinal', title: 'fold' },
              { field: 'end', type: 'quantitative', title: x.title, format: '.4~g' },
            ],
            color: {
              condition: { test: 'datum.fold === fold', value: hues.validation },
              value: hues.quiet,
            },
          },
        },
        {
          data: { values: [{ end: round(middle), words: `mean ${say(middle)}` }] },
          layer: [
            {
              mark: { type: 'rule', color: 'currentColor', strokeDash: [4, 4], strokeWidth: 1.5 },
              encoding: { x },
            },
            {
              mark: { type: 'text', align: 'right', baseline: 'bottom', dx: 0 },
              encoding: { x, y: { value: -6 }, text: { field: 'words' } },
            },
          ],
        },
      ],
    };
  };
  const view = (layout: Record<string, unknown>): Record<string, unknown> => ({
    params: [
      {
        name: 'fold',
        value: start,
        bind: {
          input: 'radio',
          options: folds.map(({ fold }) => fold),
          name: 'fold ',
        },
      },
    ],
    ...layout,
  });
  const text = folds.map(
    ({ fold, trainingEnd, end, lowest, at }) =>
      `fold ${fold}: training ${say(trainingEnd!)}, validation ${say(end!)} at the end, lowest ${say(lowest!)} (epoch ${at})`,
  );
  return new Chart({
    title,
    description:
      `${name} of ${folds.length} folds over ${epochs} epochs${smooth > 0 ? `, smoothed by ${smooth}` : ''}, with a picker for the fold. ` +
      `${text.join('. ')}.`,
    text,
    view: view({ hconcat: [curves(370, 3), ends(200)], ...beside, spacing: 60 }),
    narrow: view({ vconcat: [curves(250, 1), ends(220)], spacing: 30 }),
    values: [
      endTable(`${plainKey(key)}${smooth > 0 ? ' (smoothed)' : ''}`, folds),
      curveTable(folds, skip + 1),
    ],
  });
}

interface Ends {
  fold: number;
  training: number[];
  validation: number[];
  lowest: number | null;
  at: number;
}

/** Where each fold ends, and their mean. */
function endTable(name: string, folds: readonly Ends[]): ValueTable {
  const ends = (set: 'training' | 'validation'): number[] => folds.map(fold => last(fold[set]));
  return {
    columns: [
      'fold',
      `training ${name} at the end`,
      `validation ${name} at the end`,
      'lowest validation',
      'at epoch',
    ],
    rows: [
      ...folds.map(({ fold, training, validation, lowest, at }) => [
        fold,
        tell(last(training)),
        tell(last(validation)),
        tell(lowest ?? NaN),
        at,
      ]),
      ['mean', tell(mean(ends('training'))), tell(mean(ends('validation'))), null, null],
    ],
  };
}

/** The curves of all folds at about ten epochs. */
function curveTable(folds: readonly Ends[], first: number): ValueTable {
  const { length } = folds[0]!.training;
  const step = niceStep(length / 10);
  const at = Array.from({ length }, (_, i) => i).filter(
    i => i === 0 || i === length - 1 || (first + i) % step === 0,
  );
  return {
    columns: ['epoch', ...folds.flatMap(({ fold }) => [`fold ${fold} training`, `fold ${fold} validation`])],
    rows: at.map(i => [
      first + i,
      ...folds.flatMap(({ training, validation }) => [tell(training[i]!), tell(validation[i]!)]),
    ]),
  };
}

/** The next of 1, 2, 5, 10, 20, … */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return [1, 2, 5, 10].map(n => n * power).find(step => step >= least)!;
}
