import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { checkLabels, oneHotRows } from './checkLabels';

/** Options of `toCategorical`. */
export interface CategoricalOptions {
  /** Number of classes. Default null: the highest label + 1. */
  numClasses?: number | null;
}

/**
 * Labels (or a column of labels) as rows with a 1 in the column of the label and 0 elsewhere, as `keras.utils.to_categorical`; but
 * negative and fractional labels, which Keras wraps and cuts, are refused.
 *
 * @returns Shape [labels, numClasses].
 * @throws RangeError for a label outside 0 … numClasses − 1, or for no labels without `numClasses`.
 * @example
 * toCategorical([0, 2]); // [[1, 0, 0], [0, 0, 1]]
 */
export function toCategorical(
  labels: ArrayLike<number> | readonly (readonly number[])[],
  options: CategoricalOptions = {},
): number[][] {
  checkOptions('toCategorical', options, ['numClasses']);
  const numClasses = options.numClasses ?? null;
  const checked = checkLabels(labels);
  if (numClasses !== null) {
    return oneHotRows(checked, checkCount('numClasses', numClasses, { min: 1 }), 'Give a larger numClasses.');
  }
  if (checked.length === 0) {
    throw new RangeError('Expected labels to find the number of classes, received none. Give numClasses.');
  }
  return oneHotRows(checked, checked.reduce((most, label) => Math.max(most, label), 0) + 1, '');
}
