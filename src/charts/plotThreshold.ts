import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { beside } from './curves';
import { amounts, hues, palette } from './theme';
import type { ValueTable } from './ValueTable';
import { type Numbers, round, say, toNumbers } from './values';

/** Options of `plotThreshold`. */
export interface PlotThresholdOptions {
  /** Where the slider stands at first, from 0 to 1; default 0.5. */
  threshold?: number;
  /** The names of class 0 and class 1; default 'negative' and 'positive'. */
  labels?: readonly [string, string];
  /** Default: 'What the threshold decides'. */
  title?: string;
}

// The slider's steps. The chart holds the counts at each, not the scores: 100 rows instead of tens of thousands.
const steps = 100;
// Of these, the table of values holds each fifth.
const tableStep = 5;

/**
 * What a threshold on a probability does: a score above it counts as class 1. A slider moves it, and with it the confusion matrix, precision, recall and
 * accuracy, and the point on the ROC curve. A still picture stands at `threshold`.
 *
 * @param yTrue the classes, 0 or 1, both present.
 * @param yScore the probability of class 1 for each sample; rows of one number, as `predict` returns for one unit, will do.
 * @throws TypeError or RangeError for values that are not such, or lists of different lengths.
 * @example
 * plotThreshold([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9]).title; // 'What the threshold decides'
 */
export function plotThreshold(
  yTrue: Numbers,
  yScore: Numbers | readonly (readonly number[])[],
  options: PlotThresholdOptions = {},
): Chart {
  checkOptions('plotThreshold', options, ['threshold', 'labels', 'title']);
  const { title = 'What the threshold decides' } = options;
  const start =
    Math.round(checkNumber('threshold', options.threshold ?? 0.5, { min: 0, max: 1 }) * steps) / steps;
  const labels = toLabels(options.labels);
  const { rows, total } = count(yTrue, yScore);

  const here = [{ filter: `abs(datum.t - threshold) < ${0.1 / steps}` }];
  const share = (field: string, what: string): object => ({
    field,
    type: 'quantitative',
    title: what,
    scale: { domain: [0, 1] },
    axis: { format: '.1f', tickCount: 5 },
  });
  const at = (field: string, what: string, format: string): object => ({
    field,
    type: 'quantitative',
    title: what,
    format,
  });
  const rates = ['precision', 'recall', 'accuracy'] as const;
  const curves = (width: number, height: number): Record<string, unknown> => {
    const x = share('t', 'threshold');
    const color = {
      field: 'rate',
      type: 'nominal',
      title: null,
      scale: { domain: rates, range: palette.slice(0, rates.length) },
      legend: { symbolType: 'stroke' },
    };
    const fold = { fold: rates, as: ['rate', 'value'] };
    const say3 = rates.map(
      rate => `'${rate} ' + (isValid(datum.${rate}) ? format(datum.${rate}, '.3f') : '–')`,
    );
    return {
      width,
      height,
      layer: [
        {
          transform: [fold],
          mark: { type: 'line' },
          encoding: {
            x,
            y: share('value', 'share'),
            color,
            strokeDash: { ...color, scale: { domain: rates, range: [[1, 0], [8, 3], [3, 3]] } }, // prettier-ignore
          },
        },
        {
          transform: here,
          mark: { type: 'rule', color: 'currentColor', strokeDash: [4, 4], opacity: 0.7 },
          encoding: { x },
        },
        {
          transform: [...here, fold],
          mark: { type: 'point', filled: true, size: 90 },
          encoding: {
            x,
            y: share('value', 'share'),
            color,
            tooltip: [
              at('t', 'threshold', '.2f'),
              { field: 'rate', type: 'nominal', title: 'rate' },
              at('value', 'share', '.3f'),
            ],
          },
        },
        heading(here, `[${say3.slice(0, 2).join(" + ', ' + ")}, ${say3[2]}]`),
      ],
    };
  };
  const matrix = (side: number): Record<string, unknown> => {
    const transform = [
      ...here,
      { fold: ['tn', 'fp', 'fn', 'tp'], as: ['cell', 'n'] },
      { calculate: `${quote(labels)}[datum.cell === 'tp' || datum.cell === 'fn' ? 1 : 0]`, as: 'truth' },
      {
        calculate: `${quote(labels)}[datum.cell === 'tp' || datum.cell === 'fp' ? 1 : 0]`,
        as: 'predicted',
      },
    ];
    const axis = { ticks: false, domain: false, labelAngle: 0, labelOverlap: false };
    const x = {
      field: 'predicted',
      type: 'nominal',
      title: 'predicted',
      sort: null,
      scale: { domain: labels },
      axis,
    };
    const y = {
      field: 'truth',
      type: 'nominal',
      title: 'truth',
      sort: null,
      scale: { domain: labels },
      axis: { ...axis, labelAngle: -90, labelAlign: 'center', labelBaseline: 'bottom' },
    };
    return {
      width: side,
      height: side,
      layer: [
        {
          transform,
          mark: { type: 'rect', stroke: 'currentColor', strokeWidth: 0.5, strokeOpacity: 0.4 },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'truth', type: 'nominal', title: 'truth' },
              { field: 'predicted', type: 'nominal', title: 'predicted' },
              at('n', 'how many', ',d'),
            ],
            color: {
              field: 'n',
              type: 'quantitative',
              scale: { scheme: { name: amounts, extent: [0.12, 0.95] }, domain: [0, total / 2], clamp: true },
              legend: null,
            },
          },
        },
        {
          transform,
          mark: { type: 'text', fontSize: 14 },
          encoding: {
            x,
            y,
            text: { field: 'n', type: 'quantitative', format: ',d' },
            color: { condition: { test: `datum.n > ${total / 4}`, value: '#000000' }, value: '#ffffff' },
          },
        },
        heading(
          [...here, { calculate: sayAll(labels[1]), as: 'said' }],
          `['threshold ' + format(datum.t, '.2f'), format(datum.tp + datum.fp, ',') + ' called ' + ${quote(labels[1])}]`,
        ),
      ],
    };
  };
  const roc = (side: number): Record<string, unknown> => {
    const x = share('fpr', 'false alarms: share of class 0');
    const y = share('recall', 'found: share of class 1 (recall)');
    return {
      width: side,
      height: side,
      layer: [
        {
          data: { values: [{ fpr: 0, recall: 0 }, { fpr: 1, recall: 1 }] }, // prettier-ignore
          mark: { type: 'line', color: 'currentColor', strokeDash: [4, 4], strokeWidth: 1, opacity: 0.6 },
          encoding: { x, y },
        },
        {
          mark: { type: 'line', color: hues.training, interpolate: 'linear' },
          encoding: { x, y, order: { field: 't', type: 'quantitative' } },
        },
        {
          transform: here,
          mark: { type: 'point', filled: true, size: 130, color: hues.validation },
          encoding: {
            x,
            y,
            tooltip: [
              at('t', 'threshold', '.2f'),
              at('fpr', 'false alarms', '.3f'),
              at('recall', 'found (recall)', '.3f'),
            ],
          },
        },
        heading(
          here,
          "['ROC curve', 'false alarms ' + format(datum.fpr, '.3f') + ', found ' + format(datum.recall, '.3f')]",
        ),
      ],
    };
  };
  const view = (layout: Record<string, unknown>): Record<string, unknown> => ({
    data: { values: rows },
    params: [
      {
        name: 'threshold',
        value: start,
        bind: { input: 'range', min: 0, max: 1, step: 1 / steps, name: 'threshold ' },
      },
    ],
    ...layout,
    resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
  });
  const there = rows[Math.round(start * steps)]!;
  const text = [
    `threshold ${start}: ${there.tp} right and ${there.fp} wrong of those called ${labels[1]}, ${there.tn} right and ${there.fn} wrong of the others`,
    ...rates.map(rate => `${rate}: ${sayRate(there[rate])}`),
  ];
  return new Chart({
    title,
    description:
      `Confusion matrix of ${total} answers, precision, recall and accuracy by threshold, and the ROC curve, with a slider for the threshold. ` +
      `${text.join('. ')}.`,
    text,
    view: view({ hconcat: [matrix(150), curves(200, 170), roc(170)], ...beside, spacing: 70 }),
    narrow: view({ vconcat: [matrix(190), curves(230, 190), roc(210)], spacing: 30 }),
    values: [toTable(rows.filter((row, i) => i % tableStep === 0 || row === there))],
  });
}

interface Row {
  t: number;
  tp: number;
  fp: number;
  tn: number;
  fn: number;
  precision: number | null;
  recall: number | null;
  accuracy: number | null;
  fpr: number | null;
}

function count(yTrue: unknown, yScore: unknown): { rows: Row[]; total: number } {
  const classes = toNumbers('yTrue', yTrue);
  const scores = toNumbers('yScore', yScore);
  if (classes.length !== scores.length) {
    throw new RangeError(
      `Expected a score for each class, received ${classes.length} classes and ${scores.length} scores.`,
    );
  }
  // above[c][i]: samples of class c whose score lies above i / steps.
  const above = [0, 1].map(() => new Array<number>(steps + 1).fill(0));
  scores.forEach((score, i) => {
    const own = above[classes[i]!];
    if (own === undefined) {
      throw new RangeError(`Expected yTrue to hold 0 and 1, received ${classes[i]} at position ${i}.`);
    }
    if (score < 0 || score > 1) {
      throw new RangeError(
        `Expected yScore to hold probabilities from 0 to 1, received ${score} at position ${i}.`,
      );
    }
    for (let step = 0; step <= steps && score > step / steps; step++) own[step]!++;
  });
  const ones = classes.reduce((sum, label) => sum + label, 0);
  const zeros = classes.length - ones;
  if (ones === 0 || zeros === 0) {
    throw new RangeError(`Expected yTrue to hold both 0 and 1, received only ${ones === 0 ? 0 : 1}.`);
  }
  const rows = above[0]!.map((fp, i): Row => {
    const tp = above[1]![i]!;
    return {
      t: i / steps,
      tp,
      fp,
      tn: zeros - fp,
      fn: ones - tp,
      precision: tp + fp === 0 ? null : round(tp / (tp + fp)),
      recall: round(tp / ones),
      accuracy: round((tp + zeros - fp) / classes.length),
      fpr: round(fp / zeros),
    };
  });
  return { rows, total: classes.length };
}

function toTable(rows: Row[]): ValueTable {
  const rate = (value: number | null): string | null => (value === null ? null : value.toFixed(3));
  return {
    columns: [
      ...['threshold', 'precision', 'recall', 'accuracy', 'false alarms'],
      ...['true positives', 'false positives', 'true negatives', 'false negatives'],
    ],
    rows: rows.map(row => [
      row.t.toFixed(2),
      ...[row.precision, row.recall, row.accuracy, row.fpr].map(rate),
      ...[row.tp, row.fp, row.tn, row.fn],
    ]),
  };
}

/** A Vega expression: what a screen reader says of a row. */
function sayAll(label: string): string {
  const rate = (field: string): string =>
    `', ${field} ' + (isValid(datum.${field}) ? format(datum.${field}, '.3f') : 'undefined')`;
  return (
    `'threshold ' + format(datum.t, '.2f') + ': ' + datum.tp + ' right and ' + datum.fp + ' wrong of those called ' + ${quote(label)}` +
    ` + ', ' + datum.tn + ' right and ' + datum.fn + ' wrong of the others' + ${['precision', 'recall', 'accuracy'].map(rate).join(' + ')}`
  );
}

/** Two lines of text above a panel. */
function heading(transform: object[], words: string): object {
  return {
    transform: [...transform, { calculate: words, as: 'words' }],
    mark: { type: 'text', align: 'left', baseline: 'bottom', lineHeight: 15 },
    encoding: { x: { value: 0 }, y: { value: -22 }, text: { field: 'words' } },
  };
}

function toLabels(labels: unknown = ['negative', 'positive']): [string, string] {
  const [first, second, ...rest]: unknown[] = Array.isArray(labels) ? labels : [];
  if (typeof first === 'string' && typeof second === 'string' && rest.length === 0 && first !== second)
    return [first, second];
  throw new TypeError(`Expected labels to be two different names, received ${describe(labels)}.`);
}

function sayRate(rate: number | null): string {
  return rate === null ? 'undefined' : say(rate);
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
