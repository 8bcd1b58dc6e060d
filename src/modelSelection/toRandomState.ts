import { describe } from '../options/describe';
import { RandomState } from '../random/RandomState';
import { drawSeed } from '../random/setRandomSeed';

/** Read the option `randomState`. Without one, the seed is the next of the stream that `setRandomSeed` started. */
export function toRandomState(value: number | RandomState | null | undefined): RandomState {
  if (value instanceof RandomState) return value;
  return new RandomState(value ?? drawSeed());
}

/** Refuse what cannot be a `randomState`. */
export function checkRandomState(value: unknown): void {
  if (value === undefined || value === null || value instanceof RandomState) return;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32) return;
  throw new RangeError(
    `Expected randomState to be a whole number from 0 to 4294967295 or a RandomState, received ${describe(value)}.`,
  );
}
