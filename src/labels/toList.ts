import { isTensor } from '../matrix/isTensor';
import { describe } from '../options/describe';
import { isList } from '../matrix/isList';

/** One value for each sample from an array, a typed array, a column of rows of one value, or a tensor; values are not checked. */
export function toList(value: unknown, name: string): unknown[] {
  if (isTensor(value)) return toList(value.arraySync(), name);
  if (!isList(value)) {
    throw new TypeError(
      `Expected ${name} to be a list, one value for each sample, received ${describe(value)}.`,
    );
  }
  const list: unknown[] = [];
  for (let i = 0; i < value.length; i++) {
    const row = value[i];
    if (isList(row) && row.length !== 1) {
      throw new TypeError(
        `Expected ${name} to have one value for each sample, received a row of ${row.length} values at position ${i}. ` +
          'Of one-hot rows or probabilities take the position of the largest in each row.',
      );
    }
    list.push(isList(row) ? row[0] : row);
  }
  return list;
}
