/** Sums of f(value, column) by column, added in the order in which `numpy.sum(x, axis=0)` adds. */
export function columnSums(
  rows: readonly (readonly number[])[],
  f: (value: number, column: number) => number,
): number[] {
  const columns = rows[0]!.length;
  if (columns === 1) return [pairwiseSum(rows.map(row => f(row[0]!, 0)))];
  const sums = new Array<number>(columns).fill(0);
  for (const row of rows) for (let j = 0; j < columns; j++) sums[j]! += f(row[j]!, j);
  return sums;
}

/** NumPy's pairwise summation, which it uses along adjacent values: blocks of up to 128 in eight interleaved sums. */
function pairwiseSum(values: readonly number[], from = 0, to: number = values.length): number {
  const n = to - from;
  if (n < 8) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const middle = from + half - (half % 8);
    return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
  }
  const r = values.slice(from, from + 8);
  let i = from + 8;
  for (; i + 8 <= to; i += 8) for (let k = 0; k < 8; k++) r[k]! += values[i + k]!;
  let sum = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (; i < to; i++) sum += values[i]!;
  return sum;
}
