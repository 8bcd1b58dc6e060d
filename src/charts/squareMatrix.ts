import { describe } from '../options/describe';
import { asArray, toNumbers } from './values';

/** Rows of a square matrix of counts or shares, checked. */
export function toSquare(matrix: unknown): number[][] {
  const rows = asArray(matrix);
  if (!rows || rows.length === 0 || rows.some(row => asArray(row) === undefined)) {
    throw new TypeError(`Expected matrix to be rows of numbers, received ${describe(matrix)}.`);
  }
  return rows.map((row, i) => {
    const numbers = toNumbers(`row ${i} of matrix`, row);
    if (numbers.length !== rows.length) {
      throw new RangeError(
        `Expected a square matrix, received ${rows.length} rows and ${numbers.length} columns in row ${i}.`,
      );
    }
    const negative = numbers.find(n => n < 0);
    if (negative !== undefined) {
      throw new RangeError(`Expected counts or shares from 0, received ${negative} in row ${i} of matrix.`);
    }
    return numbers;
  });
}

/** A name for each of `n` classes. */
export function toNames(labels: readonly (string | number)[] | undefined, n: number): string[] {
  const list: unknown = labels ?? Array.from({ length: n }, (_, i) => i);
  if (!Array.isArray(list) || list.length !== n) {
    throw new RangeError(`Expected labels to be ${n} names, one for each row, received ${describe(labels)}.`);
  }
  const names = list.map(String);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(
      `Expected labels to differ, received ${describe(twice)} twice. Add the class number.`,
    );
  }
  return names;
}
