import { describe } from '../options/describe';
import { isList } from '../matrix/isList';

/** Labels as plain whole numbers from 0; typed arrays and columns `[[3], [5]]` are taken too. */
export function checkLabels(labels: unknown): number[] {
  if (!isList(labels)) {
    throw new TypeError(`Expected labels to be an array of whole numbers, received ${describe(labels)}.`);
  }
  return Array.from(labels, (entry, i) => {
    const label: unknown = Array.isArray(entry) && entry.length === 1 ? entry[0] : entry;
    if (typeof label !== 'number' || !Number.isSafeInteger(label) || label < 0) {
      throw new RangeError(
        `Expected labels to be whole numbers from 0, received ${describe(label)} at ${i}.`,
      );
    }
    return label;
  });
}

/** A row for each label: 1 in its column, 0 elsewhere. */
export function oneHotRows(labels: readonly number[], columns: number, advice: string): number[][] {
  return labels.map((label, i) => {
    if (label >= columns) {
      throw new RangeError(`Expected labels from 0 to ${columns - 1}, received ${label} at ${i}. ${advice}`);
    }
    const row = new Array<number>(columns).fill(0);
    row[label] = 1;
    return row;
  });
}
