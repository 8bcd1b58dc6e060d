/**
 * The sum in NumPy's order of additions (pairwise, eight accumulators in blocks of 128), so that float64 results equal `numpy.sum` to
 * the last bit. Its rounding error grows with log n, not n.
 */
export function pairwiseSum(values: ArrayLike<number>, begin = 0, end = values.length): number {
  const n = end - begin;
  if (n < 8) {
    let sum = 0;
    for (let i = begin; i < end; i++) sum += values[i]!;
    return sum;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const middle = begin + half - (half % 8);
    return pairwiseSum(values, begin, middle) + pairwiseSum(values, middle, end);
  }
  const r = Array.from({ length: 8 }, (_, j) => values[begin + j]!);
  const whole = end - (n % 8);
  for (let i = begin + 8; i < whole; i += 8) {
    for (let j = 0; j < 8; j++) r[j]! += values[i + j]!;
  }
  let sum = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (let i = whole; i < end; i++) sum += values[i]!;
  return sum;
}

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
