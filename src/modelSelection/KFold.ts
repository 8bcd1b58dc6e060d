import { checkOptions } from '../options/checkOptions';
import { checkFoldOptions, trainAndTest, type Fold, type KFoldOptions } from './folds';
import { countSamples, type Samples } from './samples';
import { toRandomState } from './toRandomState';

/**
 * Cuts the samples into `nSplits` parts of (almost) one size; each part is the test set once while the others are for training.
 * Equals `sklearn.model_selection.KFold` index by index.
 *
 * @throws RangeError or TypeError for `nSplits` below 2 and for `randomState` without `shuffle: true`, where it would have no effect.
 * @example
 * new KFold({ nSplits: 3 }).split(['a', 'b', 'c', 'd']); // [[[2, 3], [0, 1]], [[0, 1, 3], [2]], [[0, 1, 2], [3]]]
 */
export class KFold {
  /** The number of folds. */
  readonly nSplits: number;
  readonly #options: Required<Pick<KFoldOptions, 'shuffle'>> & KFoldOptions;

  constructor(options: KFoldOptions = {}) {
    checkOptions('KFold', options, ['nSplits', 'shuffle', 'randomState']);
    this.nSplits = checkFoldOptions(options);
    this.#options = { ...options, shuffle: options.shuffle ?? false };
  }

  /**
   * The sample numbers of each fold.
   *
   * @param x The samples, of which only the number matters.
   * @returns `[trainIndex, testIndex]` for each fold; within both the numbers rise. Take the samples with `take(x, trainIndex)`.
   * @throws RangeError if there are fewer samples than folds.
   */
  split(x: Samples): Fold[] {
    const n = countSamples(x, 'x');
    if (this.nSplits > n) {
      throw new RangeError(
        `Expected at least as many samples as folds (nSplits = ${this.nSplits}), received ${n} samples.`,
      );
    }
    const { shuffle, randomState } = this.#options;
    const order = shuffle
      ? toRandomState(randomState).permutation(n)
      : Array.from({ length: n }, (_, i) => i);
    const foldOf = new Array<number>(n);
    const smaller = Math.floor(n / this.nSplits);
    const larger = n % this.nSplits;
    order.forEach((sample, at) => {
      // The first n % nSplits folds have one sample more.
      const inLarger = at < larger * (smaller + 1);
      foldOf[sample] = inLarger ? Math.floor(at / (smaller + 1)) : Math.floor((at - larger) / smaller);
    });
    return trainAndTest(foldOf, this.nSplits);
  }
}
