import type { Labels } from '../labels/Labels';
import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { checkTargets, toLabelsOption, toSampleWeight } from './targets';
import { warn } from './warn';

/** Options of `confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /** Which labels to count, in which order: others are left out. Default: all that are present, in order. */
  labels?: readonly number[] | readonly string[];
  /** Divide by the sum of the row (`'true'`), of the column (`'pred'`) or of all (`'all'`); 0 where that sum is 0. Default: counts. */
  normalize?: 'true' | 'pred' | 'all' | null;
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
}

/**
 * How often each true label (row) was predicted as each label (column): shape (labels, labels).
 * Equals `sklearn.metrics.confusion_matrix`.
 *
 * @throws TypeError for probabilities or one-hot rows instead of labels; RangeError for lists of different lengths or none, or `labels`
 * of which none is a true label.
 * @example
 * confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]); // [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
 */
export function confusionMatrix(
  yTrue: Labels,
  yPred: Labels,
  options: ConfusionMatrixOptions = {},
): number[][] {
  checkOptions('confusionMatrix', options, ['labels', 'normalize', 'sampleWeight']);
  const normalize = options.normalize ?? undefined;
  if (normalize !== undefined) checkChoice('normalize', normalize, ['true', 'pred', 'all']);
  const targets = checkTargets(yTrue, yPred);
  const weights = toSampleWeight(options.sampleWeight, targets.yTrue.length);
  const labels = toLabelsOption(options.labels, targets) ?? targets.present;
  const position = new Map(labels.map((label, i) => [label, i]));
  if (!targets.yTrue.some(label => position.has(label))) {
    throw new RangeError(
      `Expected at least one of labels to occur in yTrue, received ${JSON.stringify(labels)}, of which none does.`,
    );
  }
  const matrix = labels.map(() => new Array<number>(labels.length).fill(0));
  targets.yTrue.forEach((label, i) => {
    const row = position.get(label);
    const column = position.get(targets.yPred[i]!);
    if (row !== undefined && column !== undefined) matrix[row]![column]! += weights ? weights[i]! : 1;
  });
  if (labels.length === 1) {
    warn(
      'a single label was found in yTrue and yPred. Name all known labels in the option labels to get a matrix of the right shape.',
    );
  }
  return normalize === undefined ? matrix : divide(matrix, normalize);
}

function divide(matrix: number[][], by: 'true' | 'pred' | 'all'): number[][] {
  // NumPy adds down the columns row by row, and pairwise along rows and over all.
  const columns = matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
  const all = pairwiseSum(matrix.flat());
  return matrix.map(row => {
    const sum = pairwiseSum(row);
    return row.map((value, j) => {
      const share = value / (by === 'true' ? sum : by === 'pred' ? columns[j]! : all);
      if (Number.isNaN(share)) return 0;
      return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, share));
    });
  });
}
