import { isTensor } from '../matrix/isTensor';
import { describe } from '../options/describe';

/** One value for each sample from an array, a typed array, a column of rows of one value, or a tensor; values are not checked. */
export function toList(value: unknown, name: string): unknown[] {
  if (isTensor(value)) return toList(value.arraySync(), name);
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    throw new TypeError(
      `Expected ${name} to be a list, one value for each sample, received ${describe(value)}.`,
    );
  }
  return Array.from(value as unknown as ArrayLike<unknown>, (row, i) => {
    if (!Array.isArray(row) && !ArrayBuffer.isView(row)) return row;
    const columns = (row as unknown as ArrayLike<unknown>).length;
    if (columns === 1) return (row as unknown as ArrayLike<unknown>)[0];
    throw new TypeError(
      `Expected ${name} to have one value for each sample, received a row of ${columns} values at position ${i}. ` +
        'Of one-hot rows or probabilities take the position of the largest in each row.',
    );
  });
}
