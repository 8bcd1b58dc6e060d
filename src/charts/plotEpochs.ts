import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { beside, countAxis } from './curves';
import { better, chooseKeys, historyCurves, type HistoryValues } from './historyCurves';
import { hues } from './theme';
import type { ValueTable } from './ValueTable';
import { plainKey, prettyKey, round, say, sentence, tell } from './values';

/** Options of `plotEpochs`. */
export interface PlotEpochsOptions {
  /** Which quantities to draw, each in a panel of its own; default: the first two, the loss first. */
  keys?: string[];
  /** Where the slider stands at first, counted from 1, or on from `initialEpoch`; default: the last epoch. */
  epoch?: number;
  /** Default: 'Epoch by epoch: <the drawn quantities>'. */
  title?: string;
}

/**
 * A training to walk through: a slider chooses an epoch, and each panel tells training and validation there and the gap between the two. What comes after the
 * epoch is pale, as it is not known yet. A still picture stands at `epoch`.
 *
 * @param history what `fit` returns, or its record of key → numbers.
 * @throws TypeError for an unknown option or a key that the history lacks; RangeError for an epoch that it does not have.
 * @example
 * const chart = plotEpochs({ loss: [0.5, 0.3], val_loss: [0.4, 0.35] }, { epoch: 1 });
 * chart.title; // 'Epoch by epoch: loss'
 */
export function plotEpochs(history: HistoryValues, options: PlotEpochsOptions = {}): Chart {
  checkOptions('plotEpochs', options, ['keys', 'epoch', 'title']);
  const { curves, epochs, first } = historyCurves('history', history);
  const end = first + epochs - 1;
  const all = chooseKeys(options.keys, [...curves.keys()]);
  const keys = options.keys ? all : all.slice(0, 2);
  const start = checkCount('epoch', options.epoch ?? end, { min: first, max: end });
  const names = keys.map(plainKey);
  const title = options.title ?? `Epoch by epoch: ${names.join(', ')}`;

  const panel = (key: string, width: number): Record<string, unknown> => {
    const [training, validation] = [curves.get(key)!, curves.get(`val_${key}`)];
    const rows = training.map((value, i) => ({
      x: i + first,
      training: round(value),
      ...(validation ? { validation: round(validation[i]!) } : {}),
    }));
    const sets = validation ? (['training', 'validation'] as const) : (['training'] as const);
    const x = countAxis('epoch', first, end);
    const y = (field: string): object => ({
      field,
      type: 'quantitative',
      title: prettyKey(key).toLowerCase(),
      scale: { zero: false },
      axis: { tickCount: 6 },
    });
    const scale = (range: string[]): object => ({ domain: sets, range: range.slice(0, sets.length) });
    const color = (set: string): object => ({
      color: { datum: set, type: 'nominal', title: null, scale: scale([hues.training, hues.validation]) },
      ...(set === 'training'
        ? { shape: { datum: set, type: 'nominal', title: null, scale: scale(['circle', 'stroke']) } }
        : {}),
    });
    const mark = (set: string): object =>
      set === 'training' ? { type: 'point', filled: true } : { type: 'line' };
    const until = [{ filter: 'datum.x <= epoch' }];
    const here = [{ filter: 'datum.x === epoch' }];
    return {
      width,
      height: 230,
      data: { values: rows },
      layer: [
        ...sets.map(set => ({
          mark: { ...mark(set), color: hues[set], opacity: 0.25 },
          encoding: { x, y: y(set) },
        })),
        {
          transform: here,
          mark: { type: 'rule', color: 'currentColor', strokeDash: [4, 4], opacity: 0.7 },
          encoding: { x },
        },
        ...(validation
          ? [
              {
                transform: here,
                mark: { type: 'rule', color: 'currentColor', strokeWidth: 3 },
                encoding: { x, y: y('training'), y2: { field: 'validation' } },
              },
            ]
          : []),
        ...sets.map(set => ({
          transform: until,
          mark: { ...mark(set), tooltip: true },
          encoding: {
            x,
            y: y(set),
            ...color(set),
            tooltip: [
              { field: 'x', type: 'quantitative', title: 'epoch' },
              ...sets.map(field => ({
                field,
                type: 'quantitative',
                title: `${field} ${prettyKey(key).toLowerCase()}`,
                format: '.4~g',
              })),
            ],
          },
        })),
        ...sets.map(set => ({
          transform: here,
          mark: { type: 'point', filled: true, size: 110, color: hues[set] },
          encoding: { x, y: y(set) },
        })),
        {
          transform: [
            ...here,
            { calculate: sayThere(key, validation !== undefined), as: 'words' },
            // What a screen reader says, which sees no axis.
            {
              calculate: `${JSON.stringify(`${prettyKey(key).toLowerCase()}, `)} + join(datum.words, ', ')`,
              as: 'said',
            },
          ],
          mark: { type: 'text', align: 'left', baseline: 'bottom', lineHeight: 15 },
          encoding: { x: { value: 0 }, y: { value: -41 }, text: { field: 'words' } },
        },
      ],
    };
  };

  const resolve = { scale: { color: 'shared', shape: 'shared' } };
  const view = (
    width: number,
    columns: number,
    layout: Record<string, unknown>,
  ): Record<string, unknown> => ({
    params: [
      {
        name: 'epoch',
        value: start,
        bind: { input: 'range', min: first, max: end, step: 1, name: 'epoch ' },
      },
    ],
    concat: keys.map(key => panel(key, width)),
    columns,
    ...layout,
    resolve,
  });
  const text = keys.map(key => {
    const [there, val] = [curves.get(key)![start - first]!, curves.get(`val_${key}`)?.[start - first]];
    return val === undefined
      ? `${key} after epoch ${start}: ${say(there)}`
      : `${key} after epoch ${start}: training ${say(there)}, validation ${say(val)}, gap ${say(Math.abs(val - there))}`;
  });
  return new Chart({
    title,
    description: `${sentence(names)} of ${epochs} epochs, and a slider that chooses one of them. ${text.join('. ')}.`,
    text,
    view: view(keys.length === 1 ? 600 : 300, 2, { ...beside, spacing: { column: 70, row: 120 } }),
    narrow: view(250, 1, { spacing: 30 }),
    values: [toTable(keys, curves, first)],
  });
}

/** All epochs, also those after the one where the slider stands. */
function toTable(keys: string[], curves: ReadonlyMap<string, number[]>, first: number): ValueTable {
  const columns = keys.flatMap(key =>
    (['training', 'validation'] as const).flatMap(set => {
      const values = curves.get(set === 'training' ? key : `val_${key}`);
      return values ? [{ title: `${set} ${prettyKey(key).toLowerCase()}`, values }] : [];
    }),
  );
  return {
    columns: ['epoch', ...columns.map(({ title }) => title)],
    rows: curves.get(keys[0]!)!.map((_, i) => [first + i, ...columns.map(({ values }) => tell(values[i]!))]),
  };
}

/** A Vega expression for lines of text about a row. */
function sayThere(key: string, validated: boolean): string {
  if (!validated) return `['epoch ' + datum.x, 'training ' + format(datum.training, '.4~f')]`;
  const differs = `format(abs(datum.validation - datum.training), '.4~f')`;
  const is = better(key);
  const worse =
    is === undefined ? undefined : `datum.validation ${is === 'lower' ? '>' : '<'} datum.training`;
  return (
    `['epoch ' + datum.x, 'training ' + format(datum.training, '.4~f') + ', validation ' + format(datum.validation, '.4~f'), ` +
    (worse === undefined
      ? `'gap ' + ${differs}]`
      : `'gap: validation ' + (${worse} ? 'worse' : 'better') + ' by ' + ${differs}]`)
  );
}
