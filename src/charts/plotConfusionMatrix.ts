import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { Chart } from './Chart';
import { toNames, toSquare } from './squareMatrix';
import { amounts } from './theme';
import { round, say } from './values';

/** Options of `plotConfusionMatrix`. */
export interface PlotConfusionMatrixOptions {
  /** A name for each class, in the order of the rows; default 0, 1, 2, … */
  labels?: readonly (string | number)[];
  /** Colours by the logarithm of the count, so that rare confusions show beside frequent hits; default false. */
  log?: boolean;
  /** Default 'Confusion matrix'. */
  title?: string;
}

/**
 * A confusion matrix as a heat map: a row for each true class, a column for each predicted one. Cells without a sample stay empty. Up to 12 classes
 * show their numbers; with more, hover over a cell. Takes what `confusionMatrix` returns (scikit-learn's orientation), counts or shares.
 *
 * @throws TypeError or RangeError for a matrix that is not square, negative numbers, or labels that do not match it.
 * @example
 * plotConfusionMatrix([[50, 3], [4, 43]], { labels: ['negative', 'positive'] }).title; // 'Confusion matrix'
 */
export function plotConfusionMatrix(
  matrix: readonly (readonly number[])[],
  options: PlotConfusionMatrixOptions = {},
): Chart {
  checkOptions('plotConfusionMatrix', options, ['labels', 'log', 'title']);
  const { title = 'Confusion matrix' } = options;
  const log = checkBoolean('log', options.log ?? false);
  const counts = toSquare(matrix);
  const names = toNames(options.labels, counts.length);
  const cells = counts.flatMap((row, i) =>
    row.flatMap((n, j) =>
      n > 0
        ? [{ truth: names[i]!, predicted: names[j]!, n: round(n)!, kind: i === j ? 'right' : 'confused' }]
        : [],
    ),
  );
  const whole = cells.every(({ n }) => Number.isInteger(n));
  const total = counts.flat().reduce((sum, n) => sum + n, 0);
  if (total === 0) throw new RangeError('Expected a matrix that counts something, received only zeros.');
  const top = cells.reduce((most, { n }) => Math.max(most, n), 0);
  const shares = !whole && top <= 1;
  const low = cells.reduce((least, { n }) => Math.min(least, n), Infinity);
  // Colours by logarithm need two ends that differ: a count of 1 is the lowest, shares have a lower one.
  const from = Math.min(low, 1);
  const to = top > from ? top : 2 * from;
  const few = names.length <= 12;
  const size = few ? Math.min(70, Math.max(34, 420 / names.length)) : 13;

  const axis = {
    labelFontSize: few ? 12 : 11,
    labelOverlap: false,
    ticks: false,
    domain: false,
    labelLimit: 140,
  };
  const x = { field: 'predicted', type: 'nominal', sort: null, scale: { domain: names } };
  const y = { field: 'truth', type: 'nominal', sort: null, scale: { domain: names } };
  const heat = {
    mark: { type: 'rect', tooltip: true, stroke: 'currentColor', strokeWidth: 0.5, strokeOpacity: 0.4 },
    encoding: {
      color: {
        field: 'n',
        type: 'quantitative',
        title: log ? 'how many (log)' : 'how many',
        scale: {
          type: log ? 'log' : 'linear',
          // Neither end of the scheme, which would sink into a dark or a light page.
          scheme: { name: amounts, extent: [0.12, 0.95] },
          domain: log ? [from, to] : [0, top],
          nice: false,
        },
        legend: {
          orient: 'right',
          direction: 'vertical',
          gradientLength: 160,
          ...(log ? { values: logTicks(from, to) } : {}),
          // The top of the scale is the highest share, whatever its digits.
          ...(shares ? { format: '.3~g' } : {}),
        },
      },
      tooltip: [
        { field: 'truth', type: 'nominal', title: 'truth' },
        { field: 'predicted', type: 'nominal', title: 'predicted' },
        { field: 'n', type: 'quantitative', title: 'how many' },
        { field: 'kind', type: 'nominal', title: 'which is' },
      ],
    },
  };
  // Cividis goes from dark to light: white digits on its dark half, black ones on its light half.
  const middle = log ? Math.sqrt(from * to) : top / 2;
  const format = whole ? ',d' : shares ? (size < 44 ? '.2f' : '.3f') : ',.1f';
  const digits = {
    mark: { type: 'text', fontSize: 12 },
    encoding: {
      text: { field: 'n', type: 'quantitative', format },
      color: { condition: { test: `datum.n > ${middle}`, value: '#000000' }, value: '#ffffff' },
    },
  };
  const view: Record<string, unknown> = {
    width: { step: size },
    height: { step: size },
    data: { values: cells },
    encoding: {
      x: {
        ...x,
        title: 'predicted',
        axis: {
          ...axis,
          orient: 'bottom',
          labelAngle: few && names.every(name => name.length < 9) ? 0 : -90,
        },
      },
      y: { ...y, title: 'truth', axis },
    },
    layer: few ? [heat, digits] : [heat],
  };
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const confused = cells
    .filter(({ kind }) => kind === 'confused')
    .sort((a, b) => b.n - a.n)
    .slice(0, 5)
    .map(({ truth, predicted, n }) => `${truth} taken for ${predicted}: ${say(n)}`);
  const text = [`on the diagonal (right): ${say(right)} of ${say(total)}`, ...confused];
  return new Chart({
    title,
    description:
      `Heat map of ${names.length} × ${names.length} classes, truth by prediction. ${text[0]}.` +
      (confused.length > 0 ? ` Most confused: ${confused.join('; ')}.` : ''),
    text,
    view,
  });
}

/** Both ends and the powers of ten between them, as far as their labels do not touch. */
function logTicks(from: number, to: number): number[] {
  const apart = (to / from) ** 0.1;
  const ticks = [from];
  for (let power = Math.ceil(Math.log10(from)); 10 ** power * apart < to; power++) {
    if (10 ** power > ticks[ticks.length - 1]! * apart) ticks.push(Number(`1e${power}`));
  }
  return [...ticks, to];
}
