import { checkCount } from '../options/checkCount';
import { RandomState } from '../random/RandomState';

/**
 * The seed of one of several independent runs: depends on the seed of the whole and the number of the run, on nothing else. Runs of
 * neighbouring seeds share nothing, as they would if the number were added.
 *
 * `crossValidate` uses it for fold `run`, so that a loop by hand gives the same: `setRandomSeed(runSeed(seed, run))` before the model
 * is built, and `fit(…, { seed: runSeed(seed, run) })`.
 *
 * @param seed 0 to 2^32 − 1.
 * @param run The number of the run, from 0.
 * @throws RangeError or TypeError for other numbers.
 * @example
 * [runSeed(7, 0), runSeed(7, 1)]; // [3557104399, 2649172929]
 */
export function runSeed(seed: number, run: number): number {
  checkCount('seed', seed, { max: 2 ** 32 - 1 });
  checkCount('run', run, { max: 2 ** 32 - 1 });
  return new RandomState([seed, run, 2]).randint(2 ** 32);
}
