import { RandomState } from './RandomState';

/** The seeds that `setRandomSeed(seed)` gives to runs without one of their own, one after the other. */
export function runSeeds(seed: number): () => number {
  // A stream of their own, so that the shuffles do not depend on how many weights were drawn before.
  const stream = new RandomState([seed, 1]);
  return () => stream.randint(0, 2 ** 32);
}
