import { describeData } from './describeData';
import { hasValues } from './hasValues';
import { isList } from './isList';
import { isTensor, isTensor2D } from './isTensor';
import type { Matrix } from './Matrix';
import { SparseMatrix } from './SparseMatrix';

/**
 * The one place that says what a matrix is. Returns rows of numbers, sparse matrices and 2-D tensors as they are (not copied), and
 * typed rows (`Float32Array[]`) as plain rows. NaN and infinite values pass; ragged rows, missing values and text do not.
 *
 * @param name what error messages call the value.
 * @throws TypeError naming what came and where.
 * @example
 * toMatrix([[1, 2], [3, 4]]); // [[1, 2], [3, 4]]
 */
export function toMatrix(value: unknown, name = 'x'): Matrix {
  if (value instanceof SparseMatrix) return value;
  if (isTensor(value)) {
    if (isTensor2D(value)) return value;
    throw new TypeError(
      `Expected ${name} to be a matrix (2 axes), received ${describeData(value)} (${value.shape.length} axes). Reshape it first.`,
    );
  }
  if (!Array.isArray(value)) {
    if (hasValues(value)) {
      throw new TypeError(
        `Expected ${name} to be a matrix, received ${describeData(value)}. Pass its .values.`,
      );
    }
    throw new TypeError(
      `Expected ${name} to be a matrix (number[][], SparseMatrix or 2-D tensor), received ${describeData(value)}.`,
    );
  }
  const given: unknown[] = value;
  if (given.length > 0 && !isList(given[0])) {
    const advice =
      typeof given[0] === 'number'
        ? ` Make it a column with ${name}.map((v) => [v]), or one row with [${name}].`
        : ' Give rows of numbers.';
    throw new TypeError(
      `Expected ${name} to be a matrix (rows of numbers), received ${describeData(value)}.${advice}`,
    );
  }
  let columns = -1;
  let typed = false;
  // Not map, which passes over holes.
  const rows = Array.from(given, (row, i) => {
    if (!isList(row)) {
      throw new TypeError(
        `Expected row ${i} of ${name} to be an array of numbers, received ${describeData(row)}.`,
      );
    }
    if (i === 0) columns = row.length;
    if (row.length !== columns) {
      throw new TypeError(
        `Expected every row of ${name} to have ${columns} values as row 0 has, received ${row.length} in row ${i}. ` +
          'Make the rows equally long.',
      );
    }
    if (!Array.isArray(row)) {
      typed = true;
      return Array.from(row, Number);
    }
    const values: number[] = row;
    for (let j = 0; j < columns; j++) {
      if (typeof values[j] !== 'number') {
        throw new TypeError(
          `Expected ${name} to hold numbers, received ${describeData(values[j])} in row ${i}, column ${j}.`,
        );
      }
    }
    return values;
  });
  return typed ? rows : value;
}

/** `[rows, columns]` of a matrix. */
export function matrixShape(x: Matrix): [number, number] {
  return Array.isArray(x) ? [x.length, x[0]?.length ?? 0] : [x.shape[0], x.shape[1]];
}
