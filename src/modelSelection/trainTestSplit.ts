import type * as tf from '@tensorflow/tfjs';
import type { Label, Labels } from '../labels/Labels';
import { toList } from '../labels/toList';
import { isTensor } from '../matrix/isTensor';
import { SparseMatrix } from '../matrix/SparseMatrix';
import { take } from '../matrix/take';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import type { RandomState } from '../random/RandomState';
import { countSamples, type Samples } from './samples';
import { splitSizes } from './splitSizes';
import { stratifiedSplit } from './stratifiedSplit';
import { checkRandomState, toRandomState } from './toRandomState';

/** Options of `trainTestSplit`. */
export interface TrainTestSplitOptions {
  /** Samples for the test: a count (whole number) or a share (between 0 and 1, rounded up). Default: the rest, or 0.25. */
  testSize?: number;
  /** Samples for training: a count (whole number) or a share (between 0 and 1, rounded down). Default: the rest. */
  trainSize?: number;
  /** A seed, or a `RandomState` that goes on. Default: another split each time, unless `setRandomSeed` was called. */
  randomState?: number | RandomState | null;
  /** Mix the samples before cutting. Default `true`. */
  shuffle?: boolean;
  /** The class of each sample: train and test get equal shares of each class. One-hot rows will do. */
  stratify?: Labels | null;
}

/** Train and test part of each array, one after the other. */
export type TrainTestSplit<T extends readonly unknown[]> = T extends readonly [infer First, ...infer Rest]
  ? [train: Part<First>, test: Part<First>, ...others: TrainTestSplit<Rest>]
  : [];

type Part<X> = X extends SparseMatrix
  ? SparseMatrix
  : X extends tf.Tensor
    ? X
    : X extends readonly (infer Item)[]
      ? Item[]
      : X;

/**
 * Cut arrays of samples into a part for training and a part for testing, all at the same places.
 * Equals `sklearn.model_selection.train_test_split` index by index, stratified or not.
 *
 * Mind the order of what comes back: train before test for each array, as in
 * `const [xTrain, xTest, yTrain, yTest] = trainTestSplit(x, y)`.
 *
 * @param arrays Arrays, rows, typed arrays, sparse matrices or tensors with one number of samples; last, the options.
 * @returns The parts, each of the kind that was given. Rows of arrays are shared, not copied.
 * @throws RangeError for sizes that do not fit the number of samples, arrays of different lengths or classes too small to stratify;
 * TypeError for options without effect.
 * @example
 * trainTestSplit([10, 11, 12, 13, 14], ['a', 'b', 'c', 'd', 'e'], { testSize: 2, randomState: 42 }); // → [[12, 10, 13], [11, 14], ['c', 'a', 'd'], ['b', 'e']]
 */
export function trainTestSplit<T extends readonly Samples[]>(
  ...arraysAndOptions: [...arrays: T, options: TrainTestSplitOptions]
): TrainTestSplit<T>;
export function trainTestSplit<T extends readonly Samples[]>(...arrays: T): TrainTestSplit<T>;
export function trainTestSplit(...args: unknown[]): unknown {
  const hasOptions = args.length > 0 && !isSamples(args[args.length - 1]);
  const options = (hasOptions ? args[args.length - 1] : {}) as TrainTestSplitOptions;
  // Which kind each is, take finds out; the overloads say it to the caller.
  const arrays = (hasOptions ? args.slice(0, -1) : args) as (readonly unknown[])[];
  checkOptions('trainTestSplit', options, ['testSize', 'trainSize', 'randomState', 'shuffle', 'stratify']);
  if (arrays.length === 0) {
    throw new TypeError('Expected at least one array to split, received none.');
  }
  const samples = arrays.map((array, i) => countSamples(array, `argument ${i + 1} of trainTestSplit`));
  if (samples.some(count => count !== samples[0])) {
    throw new RangeError(`Expected arrays with one number of samples, received ${samples.join(', ')}.`);
  }
  const { shuffle = true, randomState, stratify } = options;
  checkBoolean('shuffle', shuffle);
  checkRandomState(randomState);
  if (!shuffle && randomState !== undefined && randomState !== null) {
    throw new TypeError(
      'Expected no randomState together with shuffle: false, since it has no effect. Leave it out.',
    );
  }
  const [trainCount, testCount] = splitSizes(samples[0]!, options.testSize, options.trainSize);
  const [train, test] = indices(trainCount, testCount);
  return arrays.flatMap(array => [take(array, train), take(array, test)]);

  function indices(forTrain: number, forTest: number): [number[], number[]] {
    if (shuffle) {
      const classes =
        stratify === undefined || stratify === null ? undefined : toClasses(stratify, samples[0]!);
      const rng = toRandomState(randomState);
      if (classes) return stratifiedSplit(classes, forTrain, forTest, rng);
      const mixed = rng.permutation(samples[0]!);
      return [mixed.slice(forTest, forTest + forTrain), mixed.slice(0, forTest)];
    }
    if (stratify !== undefined && stratify !== null) {
      throw new TypeError('Expected no stratify together with shuffle: false. Leave one of them out.');
    }
    const order = Array.from({ length: forTrain + forTest }, (_, i) => i);
    return [order.slice(0, forTrain), order.slice(forTrain)];
  }
}

function isSamples(value: unknown): boolean {
  return (
    Array.isArray(value) || value instanceof SparseMatrix || isTensor(value) || ArrayBuffer.isView(value)
  );
}

function toClasses(stratify: Labels, samples: number): Label[] {
  const values: unknown = isTensor(stratify) ? stratify.arraySync() : stratify;
  const first: unknown = Array.isArray(values) ? values[0] : undefined;
  const isRows = Array.isArray(first) && first.length > 1;
  const labels = isRows
    ? (values as unknown[][]).map(row => (Array.isArray(row) ? row.join(' ') : row))
    : toList(values, 'stratify').map(label => (typeof label === 'boolean' ? Number(label) : label));
  const kind = typeof labels[0];
  const odd = labels.findIndex(
    label => typeof label !== kind || !(typeof label === 'string' || Number.isFinite(label)),
  );
  if (odd >= 0) {
    throw new TypeError(
      `Expected stratify to hold class labels of one kind, received ${describe(labels[odd])} at position ${odd}.`,
    );
  }
  if (labels.length !== samples) {
    throw new RangeError(
      `Expected stratify to have one class for each of the ${samples} samples, received ${labels.length}.`,
    );
  }
  return labels as Label[];
}
