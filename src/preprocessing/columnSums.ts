import { pairwiseSum } from '../matrix/pairwiseSum';

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
