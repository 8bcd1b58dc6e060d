import { describe } from './describe';

/** What a number must satisfy; bounds are inclusive. */
export interface NumberRange {
  min?: number;
  max?: number;
}

/**
 * A whole number within bounds, returned as it came.
 *
 * @param what The argument as the reader knows it, e.g. `'batchSize'` or `'numWords of imdb.loadData'`.
 * @param range Inclusive bounds; by default 0 and 2^53 − 1.
 * @throws RangeError for a number that does not fit, TypeError for anything else.
 * @example
 * checkCount('batchSize', 512, { min: 1 }); // 512
 */
export function checkCount(what: string, value: unknown, range: NumberRange = {}): number {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const message = `Expected ${what} to be a whole number ${bounds}, received ${describe(value)}.`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
