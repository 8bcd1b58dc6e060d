import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { beside } from './curves';
import { toNames, toSquare } from './squareMatrix';
import { hues } from './theme';
import type { ValueTable } from './ValueTable';
import { say } from './values';

/** Options of `plotConfusions`. */
export interface PlotConfusionsOptions {
  /** A name for each class, in the order of the rows; default 0, 1, 2, … */
  labels?: readonly (string | number)[];
  /** The class that is shown at first, by its name; default: the one with the most mistakes. */
  picked?: string;
  /** What a class is called beside the picker; default 'class'. */
  what?: string;
  /** Default: 'Most confused'. */
  title?: string;
}

// Bars of each panel.
const most = 8;
// Mistakes of each class in the table of values.
const told = 5;

/**
 * The mistakes around one class, which a list picks: on the left what its samples were taken for, on the right what was taken for it, each with its recall
 * and precision. The list begins with the class that has the most mistakes. A still picture shows `picked`.
 *
 * @param matrix counts, a row for each true class, as `confusionMatrix` returns.
 * @throws TypeError or RangeError for a matrix that is not square, without a mistake, or labels that do not match it.
 * @example
 * plotConfusions([[50, 3], [4, 43]], { labels: ['acq', 'earn'] }).title; // 'Most confused'
 */
export function plotConfusions(
  matrix: readonly (readonly number[])[],
  options: PlotConfusionsOptions = {},
): Chart {
  checkOptions('plotConfusions', options, ['labels', 'picked', 'what', 'title']);
  const { title = 'Most confused', what = 'class' } = options;
  const counts = toSquare(matrix);
  const names = toNames(options.labels, counts.length);
  const mistakes = toMistakes(counts, names);
  const classes = names
    .map((name, i) => {
      const have = counts[i]!.reduce((sum, n) => sum + n, 0);
      const called = counts.reduce((sum, row) => sum + row[i]!, 0);
      return { name, have, called, right: counts[i]![i]!, wrong: have + called - 2 * counts[i]![i]! };
    })
    .sort((a, b) => b.wrong - a.wrong);
  if (mistakes.length === 0) throw new RangeError('Expected a matrix with mistakes, received none.');
  const list = classes.map(({ name }) => name);
  const start = checkChoice('picked', options.picked ?? list[0]!, list);

  // With the most frequent mistakes in words, for a screen reader.
  const sayable = classes.map(row => ({
    ...row,
    truth: worstOf(mistakes, 'truth', row.name, 3) || 'nothing',
    predicted: worstOf(mistakes, 'predicted', row.name, 3) || 'nothing',
  }));

  const panel = (side: 'truth' | 'predicted', width: number): Record<string, unknown> => {
    const other = side === 'truth' ? 'predicted' : 'truth';
    const ranked = [{ filter: `datum.${side} === picked && datum.${side}Rank <= ${most}` }];
    // Places instead of names: the chart keeps its size whatever is picked.
    const y = {
      field: `${side}Rank`,
      type: 'ordinal',
      axis: null,
      scale: { domain: Array.from({ length: most }, (_, i) => i + 1) },
    };
    const x = {
      field: 'n',
      type: 'quantitative',
      title: 'how many',
      axis: { tickMinStep: 1, format: '~s', grid: false },
      // One scale for all, so that the bars of one pick compare with those of another.
      scale: { domain: [0, mistakes[0]!.n] },
    };
    const words =
      side === 'truth'
        ? `['is ' + datum.name + ': ' + datum.have + ', found ' + datum.right + ${rate('datum.have')}, 'the others were taken for']`
        : `['called ' + datum.name + ': ' + datum.called + ', rightly ' + datum.right + ${rate('datum.called')}, 'the others really were']`;
    return {
      width,
      height: { step: 24 },
      layer: [
        {
          transform: ranked,
          mark: { type: 'bar', color: side === 'truth' ? hues.training : hues.validation, tooltip: true },
          encoding: {
            y,
            x: { ...x, stack: null },
            tooltip: ['truth', 'predicted', 'n'].map(field => ({
              field,
              type: field === 'n' ? 'quantitative' : 'nominal',
              title: field === 'n' ? 'how many' : field,
            })),
          },
        },
        {
          transform: ranked,
          mark: { type: 'text', align: 'right', baseline: 'middle', limit: 110 },
          encoding: { y, x: { value: -6 }, text: { field: other } },
        },
        {
          transform: ranked,
          mark: { type: 'text', align: 'left', baseline: 'middle', dx: 4 },
          encoding: { y, x, text: { field: 'n', type: 'quantitative' } },
        },
        {
          data: { values: sayable },
          transform: [
            { filter: 'datum.name === picked' },
            { calculate: words, as: 'words' },
            { calculate: `join(datum.words, '; ') + ': ' + datum.${side}`, as: 'said' },
          ],
          mark: { type: 'text', align: 'left', baseline: 'bottom', lineHeight: 16 },
          encoding: { x: { value: -100 }, y: { value: -24 }, text: { field: 'words' } },
        },
      ],
    };
  };
  const panels = (width: number): Record<string, unknown>[] => [
    panel('truth', width),
    panel('predicted', width),
  ];
  const view = (layout: Record<string, unknown>): Record<string, unknown> => ({
    data: { values: mistakes },
    params: [{ name: 'picked', value: start, bind: { input: 'select', options: list, name: `${what} ` } }],
    ...layout,
  });
  const { have, called, right, truth, predicted } = sayable.find(({ name }) => name === start)!;
  const text = [
    `${say(have)} are ${start}, ${say(right)} found; the others were taken for: ${truth}`,
    `${say(called)} were called ${start}, ${say(right)} rightly; the others really were: ${predicted}`,
  ];
  return new Chart({
    title,
    description: `The mistakes around one ${what} of ${list.length}, which a list picks. ${text.join('. ')}.`,
    text,
    view: view({ hconcat: panels(200), ...beside, spacing: 150 }),
    narrow: view({ vconcat: panels(140), spacing: 24 }),
    values: [toTable(what, classes, mistakes)],
  });
}

interface Class {
  name: string;
  /** How many there are, how many were called so, and how many of both are right. */
  have: number;
  called: number;
  right: number;
}

/** A row for each class, with its most frequent mistakes. */
function toTable(what: string, classes: readonly Class[], mistakes: readonly Mistake[]): ValueTable {
  return {
    columns: [what, 'how many', 'found', 'the others taken for', 'called so', 'rightly', 'the others really'],
    rows: classes.map(({ name, have, called, right }) => [
      name,
      have,
      right,
      worstOf(mistakes, 'truth', name, told) || null,
      called,
      right,
      worstOf(mistakes, 'predicted', name, told) || null,
    ]),
  };
}

function worstOf(mistakes: readonly Mistake[], side: 'truth' | 'predicted', name: string, n: number): string {
  const other = side === 'truth' ? 'predicted' : 'truth';
  return mistakes
    .filter(mistake => mistake[side] === name && mistake[`${side}Rank`] <= n)
    .map(mistake => `${mistake[other]} ${say(mistake.n)}`)
    .join(', ');
}

interface Mistake {
  truth: string;
  predicted: string;
  n: number;
  /** Its place among the mistakes with the same truth, and with the same prediction; 1 is the most frequent. */
  truthRank: number;
  predictedRank: number;
}

function toMistakes(counts: number[][], names: string[]): Mistake[] {
  const mistakes = counts
    .flatMap((row, t) =>
      row.flatMap((n, p) => (n > 0 && t !== p ? [{ truth: names[t]!, predicted: names[p]!, n }] : [])),
    )
    .sort((a, b) => b.n - a.n);
  const seen = { truth: new Map<string, number>(), predicted: new Map<string, number>() };
  const rank = (side: 'truth' | 'predicted', name: string): number => {
    const next = (seen[side].get(name) ?? 0) + 1;
    seen[side].set(name, next);
    return next;
  };
  return mistakes.map(mistake => ({
    ...mistake,
    truthRank: rank('truth', mistake.truth),
    predictedRank: rank('predicted', mistake.predicted),
  }));
}

/** A Vega expression: the share of the right ones, where there is something to share. */
function rate(of: string): string {
  return `(${of} > 0 ? ' (' + format(datum.right / ${of}, '.1%') + ')' : '')`;
}
