import { describe } from './describe';

/**
 * `true` or `false`, returned as it came.
 *
 * @throws TypeError for anything else: a truthy string such as `'false'` would mean its opposite.
 * @example
 * checkBoolean('shuffle', true); // true
 */
export function checkBoolean(what: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`Expected ${what} to be true or false, received ${describe(value)}.`);
}
