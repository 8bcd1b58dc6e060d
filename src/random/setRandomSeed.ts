import { checkCount } from '../options/checkCount';
import { RandomState } from './RandomState';
import { runSeeds } from './runSeeds';

const seedMax = 2 ** 32 - 1;
const unseeded = Math.random;
let nextSeed: (() => number) | undefined;

/**
 * Make everything random in this process repeatable, as `keras.utils.set_random_seed`: initial weights, dropout, and the shuffles of every
 * `fit` without a `seed` of its own. An explicit seed (of an initializer, of `fit`) wins.
 *
 * TensorFlow.js draws initial weights from `Math.random`, so this replaces `Math.random` for the whole process, other libraries included;
 * `setRandomSeed(null)` puts the usual one back.
 *
 * @param seed a whole number from 0 to 2^32 − 1, or `null`.
 * @throws RangeError or TypeError for another seed.
 * @example
 * setRandomSeed(42);
 * Math.random(); // 0.3745401188473625, each time after setRandomSeed(42)
 * setRandomSeed(null);
 */
export function setRandomSeed(seed: number | null): void {
  if (seed === null) {
    nextSeed = undefined;
    Math.random = unseeded;
    return;
  }
  checkCount('seed', seed, { max: seedMax });
  const draws = new RandomState(seed);
  nextSeed = runSeeds(seed);
  Math.random = () => draws.randomSample();
}

/** A seed for a run that was given none: the next of the stream that `setRandomSeed` started, else one that nobody can foresee. */
export function drawSeed(): number {
  return nextSeed?.() ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
}
