import { describe } from '../options/describe';
import { RandomState } from '../random/RandomState';

/** Read the option `randomState`. Without one, the seed comes from `Math.random`, which `setRandomSeed` governs. */
export function toRandomState(value: unknown): RandomState {
  if (value instanceof RandomState) return value;
  if (value === undefined || value === null) return new RandomState(Math.floor(Math.random() * 2 ** 32));
  checkRandomState(value);
  return new RandomState(value as number);
}

/** Refuse what cannot be a `randomState`. */
export function checkRandomState(value: unknown): void {
  if (value === undefined || value === null || value instanceof RandomState) return;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32) return;
  throw new RangeError(
    `Expected randomState to be a whole number from 0 to 4294967295 or a RandomState, received ${describe(value)}.`,
  );
}
