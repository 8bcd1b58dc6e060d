import type { Label, Labels } from '../labels/Labels';
import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import {
  addUp,
  averageScores,
  count,
  score,
  toZeroDivision,
  undefinedMessage,
  type ZeroDivision,
} from './scores';
import { checkTargets, toLabelsOption, toSampleWeight, type Targets } from './targets';
import { warn } from './warn';

/** How the scores of the labels become one: see `precisionRecallFscoreSupport`. */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted';

/** Options of `precisionRecallFscoreSupport`. */
export interface PrecisionRecallFscoreSupportOptions {
  /** How much recall counts against precision in the F-score. Default 1. */
  beta?: number;
  /** Which labels to score, in which order. Default: all that are present, in order. */
  labels?: readonly number[] | readonly string[];
  /** The label that counts as positive with `average: 'binary'`. Default 1. */
  posLabel?: Label;
  /**
   * `null` (default) gives the scores of each label; `'binary'` those of `posLabel`; `'macro'` their mean; `'weighted'` their mean weighted
   * by support; `'micro'` those of all counts added up.
   */
  average?: Average | null;
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
  /** What a score is where its divisor is 0: 0, 1, NaN (left out of averages), or `'warn'` (default): 0 with a warning. */
  zeroDivision?: ZeroDivision;
}

/**
 * Precision (which share of what was predicted as a label has it), recall (which share of what has a label was predicted as it), their
 * harmonic mean, the F-score, and the number of samples of each label.
 * Equals `sklearn.metrics.precision_recall_fscore_support` to the last bit.
 *
 * @returns `[precision, recall, fscore, support]`: arrays of shape (labels), or numbers and `null` with an `average`.
 * @throws TypeError for probabilities or one-hot rows instead of labels, RangeError for lists of different lengths or none.
 * @example
 * precisionRecallFscoreSupport([0, 1, 1, 1], [0, 0, 1, 1], { average: 'macro' }); // [0.75, 0.8333333333333333, 0.7333333333333334, null]
 */
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options: PrecisionRecallFscoreSupportOptions & { average: Average },
): [precision: number, recall: number, fscore: number, support: null];
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options?: PrecisionRecallFscoreSupportOptions & { average?: null },
): [precision: number[], recall: number[], fscore: number[], support: number[]];
export function precisionRecallFscoreSupport(
  yTrue: Labels,
  yPred: Labels,
  options: PrecisionRecallFscoreSupportOptions = {},
): [number, number, number, null] | [number[], number[], number[], number[]] {
  checkOptions('precisionRecallFscoreSupport', options, [
    'beta',
    'labels',
    'posLabel',
    'average',
    'sampleWeight',
    'zeroDivision',
  ]);
  const { beta = 1, average = null } = options;
  if (!(typeof beta === 'number' && beta >= 0)) {
    throw new RangeError(`Expected beta to be a number of at least 0, received ${String(beta)}.`);
  }
  if (average !== null) checkChoice('average', average, ['binary', 'micro', 'macro', 'weighted']);
  const zeroDivision = toZeroDivision(options.zeroDivision);
  const targets = checkTargets(yTrue, yPred);
  const weights = toSampleWeight(options.sampleWeight, targets.yTrue.length);
  const given = toLabelsOption(options.labels, targets);
  const labels = average === 'binary' ? [positiveLabel(targets, options, given)] : (given ?? targets.present);
  if (average !== 'binary' && options.posLabel !== undefined) {
    throw new TypeError(
      "Expected posLabel only together with average: 'binary'. Leave it out, or choose the label with labels.",
    );
  }
  const counts = count(targets, labels, weights);
  const scores = score(average === 'micro' ? addUp(counts) : counts, beta, zeroDivision);
  const message = zeroDivision === 'warn' ? undefinedMessage(scores.undefinedScores) : undefined;
  if (message) warn(message);
  if (average === null) return [scores.precision, scores.recall, scores.fscore, counts.truth];
  return [...averageScores(scores, average === 'weighted' ? counts.truth : undefined), null];
}

function positiveLabel(
  { present }: Targets,
  { posLabel = 1 }: PrecisionRecallFscoreSupportOptions,
  labels: unknown,
): Label {
  const list = `[${present.map(label => JSON.stringify(label)).join(', ')}]`;
  if (labels !== undefined) {
    throw new TypeError(
      "Expected no labels together with average: 'binary'. Choose the label with posLabel.",
    );
  }
  if (present.length > 2) {
    throw new RangeError(
      `Expected two classes with average: 'binary', received ${present.length}. Choose 'micro', 'macro', 'weighted' or null.`,
    );
  }
  if (!present.includes(posLabel) && (present.length === 2 || typeof posLabel !== typeof present[0])) {
    throw new RangeError(`Expected posLabel to be one of ${list}, received ${JSON.stringify(posLabel)}.`);
  }
  return posLabel;
}
