import type * as tf from '@tensorflow/tfjs';
import type { Label, Labels } from '../labels/Labels';
import { isList } from '../matrix/isList';
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
  testSize?: number | null;
  /** Samples for training: a count (whole number) or a share (between 0 and 1, rounded down). Default: the rest. */
  trainSize?: number | null;
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
 * trainTestSplit([10, 11, 12, 13, 14], ['a', 'b', 'c', 'd', 'e'], { testSize: 2, randomState: 42 }); // [[12, 10, 13], [11, 14], ['c', 'a', 'd'], ['b', 'e']]
 */
export function trainTestSplit<T extends readonly Samples[]>(
  ...arraysAndOptions: [...arrays: T, options: TrainTestSplitOptions]
): TrainTestSplit<T>;
export function trainTestSplit<T extends readonly Samples[]>(...arrays: T): TrainTestSplit<T>;
export function trainTestSplit(...args: unknown[]): unknown {
  const last = args.at(-1);
  const hasOptions = args.length > 0 && !isSamples(last);
  const given = hasOptions ? last : undefined;
  checkOptions('trainTestSplit', given, ['testSize', 'trainSize', 'randomState', 'shuffle', 'stratify']);
  // What the options are is checked one by one, what the arrays are by countSamples and take.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const options = (given ?? {}) as TrainTestSplitOptions;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const arrays = (hasOptions ? args.slice(0, -1) : args) as (readonly unknown[])[];
  if (arrays.length === 0) {
    throw new TypeError('Expected at least one array to split, received none.');
  }
  const samples = arrays.map((array, i) => countSamples(array, `argument ${i + 1} of trainTestSplit`));
  if (samples.some(count => count !== samples[0])) {
    throw new RangeError(`Expected arrays with one number of samples, received ${samples.join(', ')}.`);
  }
  const [train, test] = splitIndices(samples[0]!, options);
  return arrays.flatMap(array => [take(array, train), take(array, test)]);
}

function splitIndices(samples: number, options: TrainTestSplitOptions): [train: number[], test: number[]] {
  const { shuffle = true, randomState, stratify } = options;
  checkBoolean('shuffle', shuffle);
  checkRandomState(randomState);
  const [trainCount, testCount] = splitSizes(samples, options.testSize, options.trainSize);
  if (!shuffle) {
    for (const name of ['randomState', 'stratify'] as const) {
      if (options[name] === undefined || options[name] === null) continue;
      throw new TypeError(
        `Expected no ${name} together with shuffle: false, since nothing is drawn then. Leave one of them out.`,
      );
    }
    const order = Array.from({ length: trainCount + testCount }, (_, i) => i);
    return [order.slice(0, trainCount), order.slice(trainCount)];
  }
  const classes = stratify === undefined || stratify === null ? undefined : toClasses(stratify, samples);
  const rng = toRandomState(randomState);
  if (classes) return stratifiedSplit(classes, trainCount, testCount, rng);
  const mixed = rng.permutation(samples);
  return [mixed.slice(testCount, testCount + trainCount), mixed.slice(0, testCount)];
}

function isSamples(value: unknown): boolean {
  return isList(value) || value instanceof SparseMatrix || isTensor(value);
}

function toClasses(stratify: Labels, samples: number): Label[] {
  const values: unknown = isTensor(stratify) ? stratify.arraySync() : stratify;
  // As scikit-learn, which takes a row for a class by the text of its numbers: that of a column too, so "10" comes before "2".
  const isRows = isList(values) && isList(values[0]);
  const given = isRows
    ? Array.from(values, row => (isList(row) ? Array.from(row).join(' ') : row))
    : toList(values, 'stratify');
  const labels = given.map((label, i): Label => {
    if (typeof label === 'boolean') return Number(label);
    const isLabel = typeof label === 'string' || (typeof label === 'number' && Number.isFinite(label));
    if (isLabel && typeof label === typeof given[0]) return label;
    throw new TypeError(
      `Expected stratify to hold class labels of one kind, received ${describe(label)} at position ${i}.`,
    );
  });
  if (labels.length === samples) return labels;
  throw new RangeError(
    `Expected stratify to have one class for each of the ${samples} samples, received ${labels.length}.`,
  );
}
