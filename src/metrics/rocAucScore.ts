import type { Labels } from '../labels/Labels';
import { toLabels } from '../labels/toLabels';
import { uniqueLabels } from '../labels/uniqueLabels';
import { checkOptions } from '../options/checkOptions';
import type { Values } from './regression';
import { rocCurve } from './rocCurve';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { warn } from './warn';

/** Options of `rocAucScore`. */
export interface RocAucScoreOptions {
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
}

/**
 * The area under the ROC curve of two classes: the chance that a positive sample has a higher score than a negative one (a tie counts
 * one half). Of two labels, the greater is positive.
 * Equals `sklearn.metrics.roc_auc_score` for two classes; more are refused. NaN, with a warning, if there is only one class.
 *
 * @param yScore A score for each sample, higher for the positive class: probabilities of shape (n) or (n, 1).
 * @throws RangeError for more than two classes, or lists of different lengths or none.
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAucScore(yTrue: Labels, yScore: Values, options: RocAucScoreOptions = {}): number {
  checkOptions('rocAucScore', options, ['sampleWeight']);
  const truth = toLabels(yTrue, 'yTrue');
  const present = uniqueLabels(truth);
  if (present.length > 2) {
    throw new RangeError(
      `Expected two classes in yTrue, received ${present.length}. Score each class against the rest: ` +
        'yTrue.map((label) => label === k ? 1 : 0) with column k of the probabilities.',
    );
  }
  if (present.length < 2) {
    warn('only one class is present in yTrue: the area under the ROC curve is undefined.');
    return NaN;
  }
  const binary = truth.map(label => (label === present[1] ? 1 : 0));
  const [fpr, tpr] = rocCurve(binary, yScore, options);
  const areas = fpr.slice(1).map((x, i) => ((x - fpr[i]!) * (tpr[i + 1]! + tpr[i]!)) / 2);
  return pairwiseSum(areas);
}
