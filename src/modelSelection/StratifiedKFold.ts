import type { Labels } from '../labels/Labels';
import { toLabels } from '../labels/toLabels';
import { checkOptions } from '../options/checkOptions';
import { checkFoldOptions, trainAndTest, type Fold, type KFoldOptions } from './folds';
import { countSamples, type Samples } from './samples';
import { toRandomState } from './toRandomState';

/**
 * `KFold` that gives each fold the same shares of the classes (as nearly as whole samples allow).
 * Equals `sklearn.model_selection.StratifiedKFold` index by index.
 *
 * @throws RangeError or TypeError for `nSplits` below 2 and for `randomState` without `shuffle: true`, where it would have no effect.
 * @example
 * new StratifiedKFold({ nSplits: 2 }).split(['a', 'b', 'c', 'd'], [0, 0, 1, 1]); // [[[1, 3], [0, 2]], [[0, 2], [1, 3]]]
 */
export class StratifiedKFold {
  /** The number of folds. */
  readonly nSplits: number;
  readonly #options: KFoldOptions;

  constructor(options: KFoldOptions = {}) {
    checkOptions('StratifiedKFold', options, ['nSplits', 'shuffle', 'randomState']);
    this.nSplits = checkFoldOptions(options);
    this.#options = { ...options };
  }

  /**
   * The sample numbers of each fold. Warns if a class has fewer samples than there are folds.
   *
   * @param x The samples, of which only the number matters.
   * @param y The class of each sample.
   * @returns `[trainIndex, testIndex]` for each fold; within both the numbers rise.
   * @throws RangeError if every class has fewer samples than there are folds, TypeError if `y` holds no class labels.
   */
  split(x: Samples, y: Labels): Fold[] {
    const n = countSamples(x, 'x');
    const labels = toLabels(y, 'y');
    if (labels.length !== n) {
      throw new RangeError(`Expected x and y to have as many samples, received ${n} and ${labels.length}.`);
    }
    if (this.nSplits > n) {
      throw new RangeError(
        `Expected at least as many samples as folds (nSplits = ${this.nSplits}), received ${n} samples.`,
      );
    }
    // Classes count in the order of their first appearance, so that renaming them changes nothing.
    const classes = [...new Set(labels)];
    const number = new Map(classes.map((label, k) => [label, k]));
    const codes = labels.map(label => number.get(label)!);
    const sizes = new Array<number>(classes.length).fill(0);
    for (const code of codes) sizes[code]!++;
    this.#checkSizes(sizes);

    const rng = this.#options.shuffle ? toRandomState(this.#options.randomState) : undefined;
    const foldOf = new Array<number>(n);
    let before = 0;
    sizes.forEach((size, k) => {
      // Deal the samples, sorted by class, to the folds in turn: how many of class k does each fold get?
      const shares = new Array<number>(this.nSplits).fill(0);
      for (let at = before; at < before + size; at++) shares[at % this.nSplits]!++;
      before += size;
      const folds = shares.flatMap((share, fold) => new Array<number>(share).fill(fold));
      rng?.shuffle(folds);
      let next = 0;
      codes.forEach((code, sample) => {
        if (code === k) foldOf[sample] = folds[next++]!;
      });
    });
    return trainAndTest(foldOf, this.nSplits);
  }

  #checkSizes(sizes: readonly number[]): void {
    const largest = Math.max(...sizes);
    if (this.nSplits > largest) {
      throw new RangeError(
        `Expected a class with at least as many samples as folds (nSplits = ${this.nSplits}), received ${largest} samples in the largest class.`,
      );
    }
    const smallest = Math.min(...sizes);
    if (this.nSplits > smallest) {
      console.warn(
        `Warning: the smallest class in y has ${smallest} ${smallest === 1 ? 'sample' : 'samples'}, fewer than nSplits = ${this.nSplits}: some folds test none of it.`,
      );
    }
  }
}
