import type { Labels } from '../labels/Labels';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { average } from './sum';
import { checkTargets, toSampleWeight } from './targets';

/** Options of `accuracyScore`. */
export interface AccuracyScoreOptions {
  /** `false` returns how many (or what weight of) samples are right instead of their share. Default `true`. */
  normalize?: boolean;
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
}

/**
 * The share of samples whose predicted label is the true one, from 0 to 1.
 * Equals `sklearn.metrics.accuracy_score`; with `normalize: false` and weights, to rounding (its sum is left to BLAS).
 *
 * @throws TypeError for probabilities or one-hot rows instead of labels, RangeError for lists of different lengths or none.
 * @example
 * accuracyScore([0, 1, 2, 3], [0, 2, 1, 3]); // 0.5
 */
export function accuracyScore(yTrue: Labels, yPred: Labels, options: AccuracyScoreOptions = {}): number {
  checkOptions('accuracyScore', options, ['normalize', 'sampleWeight']);
  const { normalize = true } = options;
  checkBoolean('normalize', normalize);
  const targets = checkTargets(yTrue, yPred);
  const weights = toSampleWeight(options.sampleWeight, targets.yTrue.length);
  const right = targets.yTrue.map((label, i) => (label === targets.yPred[i] ? 1 : 0));
  if (!normalize) return pairwiseSum(weights ? right.map((value, i) => value * weights[i]!) : right);
  const score = average(right, weights);
  if (Number.isNaN(score)) {
    throw new RangeError(
      'Expected the values of sampleWeight not to sum to 0, received weights whose sum is 0.',
    );
  }
  return score;
}
