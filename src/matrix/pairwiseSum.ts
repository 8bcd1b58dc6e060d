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
  const r = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let j = 0; j < 8; j++) r[j] = values[begin + j]!;
  const whole = end - (n % 8);
  for (let i = begin + 8; i < whole; i += 8) {
    for (let j = 0; j < 8; j++) r[j]! += values[i + j]!;
  }
  let sum = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (let i = whole; i < end; i++) sum += values[i]!;
  return sum;
}
