import { pairwiseSum } from '../matrix/pairwiseSum';

/** `numpy.average` of one list; `undefined` weights count every value once. NaN if the weights sum to zero. */
export function average(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  if (weights === undefined) return pairwiseSum(values) / values.length;
  const products = Array.from(values, (value, i) => value * weights[i]!);
  const scale = pairwiseSum(weights);
  return scale === 0 ? NaN : pairwiseSum(products) / scale;
}

/** The average of what is not NaN; weights that sum to zero are left out of account, as in scikit-learn's averages of scores. */
export function nanAverage(values: readonly number[], weights?: readonly number[]): number {
  const defined = values.map(value => !Number.isNaN(value));
  const count = defined.filter(Boolean).length;
  if (count === 0) return NaN;
  // numpy.nanmean adds zeros in the place of NaN, which matters for the order of additions.
  if (weights === undefined)
    return pairwiseSum(values.map(value => (Number.isNaN(value) ? 0 : value))) / count;
  const kept = values.filter((_, i) => defined[i]);
  const weighted = average(
    kept,
    weights.filter((_, i) => defined[i]),
  );
  return Number.isNaN(weighted) ? average(kept) : weighted;
}
