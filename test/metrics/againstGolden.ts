import { deepStrictEqual, throws } from 'node:assert';
import { isError } from '../reference/sklearn/source';
import { warningsOf } from '../warningsOf';

/** Equal to the golden value to the last bit, or refused as scikit-learn refuses it. Returns whether it was a value. */
export function againstGolden(run: () => unknown, expected: unknown, given: unknown): boolean {
  if (isError(expected)) {
    throws(() => warningsOf(run), /^(RangeError|TypeError): Expected /, JSON.stringify(given));
    return false;
  }
  deepStrictEqual(warningsOf(run).value, expected, JSON.stringify(given));
  return true;
}
