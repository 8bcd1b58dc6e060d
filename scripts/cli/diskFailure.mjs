import { Failure } from './Failure.mjs';

/**
 * The sentence for a full disk, or null when it is something else.
 * @param {string} output what a program printed, or the message of an error
 * @returns {Failure | null}
 */
export function diskFailure(output) {
  if (!/ENOSPC|No space left on device|not enough space/i.test(output)) return null;
  return new Failure('The disk is full. Free about 1.5 GB and run the command again.');
}
