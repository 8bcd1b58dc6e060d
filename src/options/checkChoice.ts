import { describe } from './describe';
import { nearest } from './nearest';

/**
 * One of a few names, returned as it came.
 *
 * @throws TypeError that lists the choices and suggests the nearest one.
 * @example
 * checkChoice('padding', 'pre', ['pre', 'post']); // 'pre'
 */
export function checkChoice<T extends string>(what: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find(choice => choice === value);
  if (found !== undefined) return found;
  const near = typeof value === 'string' ? nearest(value, choices) : undefined;
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const list = choices.map(choice => `"${choice}"`).join(' or ');
  throw new TypeError(`Expected ${what} to be ${list}, received ${describe(value)}.${hint}`);
}
