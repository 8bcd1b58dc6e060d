import type { Label, Labels } from '../labels/Labels';
import { toLabels } from '../labels/toLabels';
import { uniqueLabels } from '../labels/uniqueLabels';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { checkSameLength, toNumbers, toSampleWeight } from './targets';
import type { Values } from './regression';
import { warn } from './warn';

/** Options of `rocCurve`. */
export interface RocCurveOptions {
  /** The label that counts as positive. Default 1, if the labels are 0 and 1 or −1 and 1. */
  posLabel?: Label;
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
  /** Leave out thresholds whose points lie on a straight line between their neighbours. Default `true`. */
  dropIntermediate?: boolean;
}

/**
 * How the false positive rate and the true positive rate change with the threshold above which a score counts as positive.
 * Equals `sklearn.metrics.roc_curve`.
 *
 * @param yScore A score for each sample, higher for the positive class: probabilities of shape (n) or (n, 1).
 * @returns `[fpr, tpr, thresholds]`, three arrays of one length; rates rise, thresholds fall from `Infinity` (nothing is positive).
 * @throws RangeError for lists of different lengths or none, or for labels among which the positive one is not known.
 * @example
 * const [fpr, tpr, thresholds] = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * fpr; // [0, 0, 0.5, 0.5, 1]
 * tpr; // [0, 0.5, 0.5, 1, 1]
 * thresholds; // [Infinity, 0.8, 0.4, 0.35, 0.1]
 */
export function rocCurve(
  yTrue: Labels,
  yScore: Values,
  options: RocCurveOptions = {},
): [fpr: number[], tpr: number[], thresholds: number[]] {
  checkOptions('rocCurve', options, ['posLabel', 'sampleWeight', 'dropIntermediate']);
  const { dropIntermediate = true } = options;
  checkBoolean('dropIntermediate', dropIntermediate);
  const truth = toLabels(yTrue, 'yTrue');
  const scores = toNumbers(yScore, 'yScore');
  checkSameLength(truth.length, scores.length, ['yTrue', 'yScore']);
  const weights = toSampleWeight(options.sampleWeight, truth.length);
  const positive = positiveLabel(truth, options.posLabel);

  const order = scores.map((_, i) => i).filter(i => !weights || weights[i] !== 0);
  order.sort((a, b) => scores[b]! - scores[a]!);
  let points: [falsePositives: number, truePositives: number, threshold: number][] = [];
  let falsePositives = 0;
  let truePositives = 0;
  order.forEach((at, i) => {
    if (truth[at] === positive) truePositives += weights ? weights[at]! : 1;
    else falsePositives += weights ? weights[at]! : 1;
    const next = order[i + 1];
    if (next === undefined || scores[next] !== scores[at])
      points.push([falsePositives, truePositives, scores[at]!]);
  });
  if (dropIntermediate && points.length > 2) {
    const bends = (i: number, axis: 0 | 1): boolean => {
      const [before, here, after] = [points[i - 1]![axis], points[i]![axis], points[i + 1]![axis]];
      return after - here - (here - before) !== 0;
    };
    points = points.filter((_, i) => i === 0 || i === points.length - 1 || bends(i, 0) || bends(i, 1));
  }
  points.unshift([0, 0, Infinity]);
  return [
    rates(
      points.map(point => point[0]),
      'negative',
    ),
    rates(
      points.map(point => point[1]),
      'positive',
    ),
    points.map(point => point[2]),
  ];
}

function rates(counts: number[], what: string): number[] {
  const total = counts[counts.length - 1]!;
  if (total > 0) return counts.map(sum => sum / total);
  warn(`no ${what} samples in yTrue: the ${what === 'negative' ? 'false' : 'true'} positive rate is NaN.`);
  return counts.map(() => NaN);
}

function positiveLabel(truth: readonly Label[], posLabel: Label | undefined): Label {
  const present = uniqueLabels(truth);
  const list = `[${present.map(label => JSON.stringify(label)).join(', ')}]`;
  if (posLabel !== undefined) {
    if (typeof posLabel === typeof present[0]) return posLabel;
    throw new TypeError(
      `Expected posLabel to be of the kind found in yTrue ${list}, received ${JSON.stringify(posLabel)}.`,
    );
  }
  const known = ['[0,1]', '[-1,1]', '[0]', '[-1]', '[1]'];
  if (known.includes(JSON.stringify(present))) return 1;
  throw new RangeError(
    `Expected the labels of yTrue to be 0 and 1 or -1 and 1, received ${list}. Name the positive one in posLabel.`,
  );
}
