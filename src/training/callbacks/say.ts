import { describe } from '../../options/describe';
import { getProgressPort } from '../../progress/progressPort';

/** Show a callback's message as a line of its own, where `fit` shows its progress. */
export function say(message: string): void {
  getProgressPort().line().finish(message);
}

/** The option `verbose` of a callback. */
export type CallbackVerbose = 0 | 1;

/** @throws TypeError for anything but 0 and 1. */
export function checkCallbackVerbose(callback: string, verbose: unknown): boolean {
  if (verbose === 0 || verbose === 1) return verbose === 1;
  throw new TypeError(`Expected verbose of ${callback} to be 0 or 1, received ${describe(verbose)}.`);
}
