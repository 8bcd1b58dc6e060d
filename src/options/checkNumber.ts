import type { NumberRange } from './checkCount';
import { describe } from './describe';

/**
 * A finite number within inclusive bounds, returned as it came.
 *
 * @param what The argument as the reader knows it, e.g. `'validationSplit'`.
 * @param range Inclusive bounds; by default none.
 * @throws RangeError for a number that does not fit, TypeError for anything else.
 * @example
 * checkNumber('learningRate', 0.001, { min: 0 }); // 0.001
 */
export function checkNumber(what: string, value: unknown, range: NumberRange = {}): number {
  const { min = -Infinity, max = Infinity } = range;
  if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max) return value;
  let bounds = '';
  if (min !== -Infinity && max !== Infinity) bounds = ` from ${min} to ${max}`;
  else if (min !== -Infinity) bounds = ` of at least ${min}`;
  else if (max !== Infinity) bounds = ` of at most ${max}`;
  const message = `Expected ${what} to be a finite number${bounds}, received ${describe(value)}.`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
