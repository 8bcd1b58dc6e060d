import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { checkLabels, oneHotRows } from './checkLabels';

/** Options of `toOneHot`. */
export interface OneHotOptions {
  /** Number of classes. Default 46, the topics of Reuters. */
  dimension?: number;
}

/**
 * Labels as rows with a 1 in the column of the label and 0 elsewhere: the chapter's own version of `toCategorical`.
 *
 * @returns Shape [labels, dimension].
 * @throws RangeError for a label outside 0 … dimension − 1.
 * @example
 * toOneHot([2, 0], { dimension: 3 }); // [[0, 0, 1], [1, 0, 0]]
 */
export function toOneHot(labels: ArrayLike<number>, options: OneHotOptions = {}): number[][] {
  checkOptions('toOneHot', options, ['dimension']);
  const dimension = checkCount('dimension', options.dimension ?? 46, { min: 1 });
  return oneHotRows(checkLabels(labels), dimension, 'Give a larger dimension.');
}
