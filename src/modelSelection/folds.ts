import { checkBoolean } from '../options/checkBoolean';
import { checkCount } from '../options/checkCount';
import type { RandomState } from '../random/RandomState';
import { checkRandomState } from './toRandomState';

/** Sample numbers to train on and to test on. */
export type Fold = [trainIndex: number[], testIndex: number[]];

/** What cuts samples into folds: `KFold`, `StratifiedKFold`, or anything else with such a `split`. */
export interface Splitter {
  /** The folds of these samples and targets. */
  split(x: never, y: never): Iterable<Fold>;
}

/** Options of `KFold` and `StratifiedKFold`. */
export interface KFoldOptions {
  /** How many folds, at least 2. Default 5. */
  nSplits?: number;
  /** Mix the samples before cutting. Default `false`. */
  shuffle?: boolean;
  /** A seed (the same folds at each `split`), or a `RandomState` (which goes on). Only with `shuffle: true`. */
  randomState?: number | RandomState | null;
}

/** Check the options and return the number of folds. */
export function checkFoldOptions({ nSplits = 5, shuffle = false, randomState }: KFoldOptions): number {
  checkCount('nSplits', nSplits, { min: 2 });
  checkBoolean('shuffle', shuffle);
  checkRandomState(randomState);
  if (!shuffle && randomState !== undefined && randomState !== null) {
    throw new TypeError(
      'Expected randomState only together with shuffle: true, since it has no effect otherwise. Leave it out or set shuffle: true.',
    );
  }
  return nSplits;
}

/** The folds from the number of the fold in which each sample is tested. */
export function trainAndTest(foldOf: readonly number[], nSplits: number): Fold[] {
  const folds = Array.from({ length: nSplits }, (): Fold => [[], []]);
  foldOf.forEach((tested, sample) => {
    folds.forEach(([train, test], fold) => (fold === tested ? test : train).push(sample));
  });
  return folds;
}
