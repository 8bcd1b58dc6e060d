import { describe } from '../options/describe';
import { isList } from './isList';

/** Refuse an index that is no list of numbers, such as a single number or a tensor. */
export function checkIndex(index: unknown): void {
  if (isList(index)) return;
  throw new TypeError(`Expected index to be a list of sample numbers, received ${describe(index)}.`);
}
