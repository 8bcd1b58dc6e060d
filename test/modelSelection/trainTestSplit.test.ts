import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { trainTestSplit } from '../../src/modelSelection/trainTestSplit';
import { RandomState } from '../../src/random/RandomState';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { untyped } from '../untyped';
import { classesOf, splitCases, stored } from './splitGoldens';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('trainTestSplit', () => {
  it('gives scikit-learn’s indices, stratified or not, and refuses what it refuses', () => {
    let refused = 0;
    for (const [given, expected] of splitCases) {
      const stratify = classesOf(given);
      const split = (): number[][] =>
        trainTestSplit(range(given.n), {
          testSize: given.testSize ?? undefined,
          trainSize: given.trainSize ?? undefined,
          randomState: given.randomState,
          shuffle: given.shuffle,
          stratify: stratify ?? null,
        });
      if (expected.error !== undefined || (!given.shuffle && stratify)) {
        refused++;
        throws(split, /^(RangeError|TypeError): Expected /, JSON.stringify(given));
        continue;
      }
      const [train, test] = split();
      deepStrictEqual(stored(train!, given.hash), expected.train, JSON.stringify(given));
      deepStrictEqual(stored(test!, given.hash), expected.test, JSON.stringify(given));
    }
    strictEqual(splitCases.length > 600 && refused > 100 && refused < 400, true);
  });

  it('stratifies by a column as by rows: by the texts of its numbers', () => {
    const labels = range(24).map(i => [10, 2, 11][i % 3]!);
    const split = (stratify: number[] | number[][]): number[][] =>
      trainTestSplit(range(24), { testSize: 7, randomState: 3, stratify });
    // scikit-learn 1.9.1.
    deepStrictEqual(split(labels.map(label => [label])), [
      [15, 17, 16, 23, 18, 0, 14, 12, 7, 10, 21, 2, 13, 6, 5, 20, 4],
      [1, 3, 19, 22, 11, 9, 8],
    ]);
    deepStrictEqual(split(labels), [
      [16, 15, 17, 21, 19, 1, 12, 13, 8, 11, 22, 0, 14, 7, 3, 18, 5],
      [2, 4, 20, 23, 9, 10, 6],
    ]);
  });

  it('cuts arrays of every kind at the same places and leaves them as they are', () => {
    const numbers = [10, 11, 12, 13, 14];
    const rows = [[0, 1], [1, 1], [2, 1], [3, 1], [4, 1]]; // prettier-ignore
    const typed = Float32Array.from(numbers);
    const sparse = new SparseMatrix({ shape: [5, 9], indptr: range(6), indices: [0, 1, 2, 3, 4] });
    const tensor = tf.tensor3d(range(10), [5, 2, 1]);
    const parts = trainTestSplit(numbers, rows, typed, sparse, tensor, { testSize: 2, randomState: 42 });
    const [train, test] = [[2, 0, 3], [1, 4]]; // prettier-ignore
    deepStrictEqual(
      parts[0],
      train.map(i => numbers[i]),
    );
    deepStrictEqual(
      parts[1],
      test.map(i => numbers[i]),
    );
    deepStrictEqual(
      parts[2],
      train.map(i => rows[i]),
    );
    deepStrictEqual(
      parts[5],
      Float32Array.from(test, i => numbers[i]!),
    );
    deepStrictEqual(train.map((_, i) => parts[6].row(i)), [[2], [0], [3]]); // prettier-ignore
    deepStrictEqual(parts[9].arraySync(), [[[2], [3]], [[8], [9]]]); // prettier-ignore
    deepStrictEqual(numbers, [10, 11, 12, 13, 14]);
    deepStrictEqual(rows.flat(), [0, 1, 1, 1, 2, 1, 3, 1, 4, 1]);
    deepStrictEqual(Array.from(typed), numbers);
    tf.dispose([tensor, parts[8], parts[9]]);
  });

  it('has the types of what it was given', () => {
    const sparse = new SparseMatrix({ shape: [2, 1], indptr: [0, 0, 0], indices: [] });
    const [xTrain, xTest, yTrain, yTest, names] = trainTestSplit(sparse, [1, 2], ['a', 'b']);
    const [a, b]: [SparseMatrix, SparseMatrix] = [xTrain, xTest];
    const [c, d]: [number[], number[]] = [yTrain, yTest];
    const e: string[] = names;
    strictEqual(a.shape[0] + b.shape[0] + c.length + d.length + e.length, 5);
  });

  it('takes null and undefined for what is left out, as scikit-learn None', () => {
    const x = [1, 2, 3, 4, 5];
    const want = trainTestSplit(x, { randomState: 1 });
    deepStrictEqual(trainTestSplit(x, { trainSize: null, testSize: null, randomState: 1 }), want);
    const parts: unknown[][] = Reflect.apply(trainTestSplit, undefined, [x, undefined]);
    deepStrictEqual(
      parts.map(part => part.length),
      [3, 2],
    );
  });

  it('every sample lands in one part, sizes as asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(2 ** 31), fc.nat(), (n, randomState, at) => {
        const testSize = 1 + (at % (n - 1));
        const [train, test] = trainTestSplit(range(n), { testSize, randomState });
        strictEqual(test.length, testSize);
        deepStrictEqual(
          [...train, ...test].sort((a, b) => a - b),
          range(n),
        );
      }),
    );
  });

  it('stratifies: each class has its share, give or take one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 30, maxLength: 90 }),
        fc.nat(2 ** 31),
        (stratify, randomState) => {
          const sizes = ['x', 'y', 'z'].map(label => stratify.filter(item => item === label).length);
          fc.pre(sizes.every(size => size >= 2 || size === 0));
          const [, test] = trainTestSplit(stratify, { testSize: 0.3, randomState, stratify });
          ['x', 'y', 'z'].forEach((label, k) => {
            const found = test.filter(item => item === label).length;
            strictEqual(Math.abs(found - (sizes[k]! * test.length) / stratify.length) <= 1, true);
          });
        },
      ),
    );
  });

  it('goes on with a RandomState, and follows setRandomSeed without a seed', () => {
    const rng = new RandomState(1);
    const first = trainTestSplit(range(20), { randomState: rng });
    deepStrictEqual(first, trainTestSplit(range(20), { randomState: 1 }));
    const second = trainTestSplit(range(20), { randomState: rng });
    strictEqual(JSON.stringify(first) === JSON.stringify(second), false);
    try {
      setRandomSeed(5);
      const third = trainTestSplit(range(20));
      strictEqual(JSON.stringify(trainTestSplit(range(20))) === JSON.stringify(third), false);
      setRandomSeed(5);
      deepStrictEqual(trainTestSplit(range(20)), third);
    } finally {
      setRandomSeed(null);
    }
  });

  it('says what is wrong', () => {
    const x = range(5);
    const cases: [() => unknown, string][] = [
      [() => trainTestSplit(), 'Expected at least one array to split, received none.'],
      [() => trainTestSplit({ testSize: 1 }), 'Expected at least one array to split, received none.'],
      [
        () => trainTestSplit(x, [1, 2], { testSize: 1 }),
        'Expected arrays with one number of samples, received 5, 2.',
      ],
      [
        () => trainTestSplit(x, untyped({ testsize: 1 })),
        'Unknown option "testsize" of trainTestSplit. Did you mean "testSize"? Its options are: testSize, trainSize, randomState, shuffle, stratify.',
      ],
      [
        () => trainTestSplit(x, { testSize: 5 }),
        'Expected testSize to be a count from 1 to 4 (one less than the samples) or a share between 0 and 1, received 5.',
      ],
      [
        () => trainTestSplit(x, { trainSize: 1.5 }),
        'Expected trainSize to be a count from 1 to 4 (one less than the samples) or a share between 0 and 1, received 1.5.',
      ],
      [
        () => trainTestSplit(x, { testSize: NaN }),
        'Expected testSize to be a count from 1 to 4 (one less than the samples) or a share between 0 and 1, received NaN.',
      ],
      [
        () => trainTestSplit(x, { testSize: 0.75, trainSize: 0.5 }),
        'Expected the shares testSize and trainSize to sum to at most 1, received 1.25. Reduce one of them.',
      ],
      [
        () => trainTestSplit(x, { testSize: 3, trainSize: 3 }),
        'Expected trainSize and testSize to sum to at most the 5 samples, received 6. Reduce one of them.',
      ],
      [
        () => trainTestSplit(x, { testSize: 0.9 }),
        'Expected samples to be left for training, received 5 of which testSize takes 5 and trainSize none. Adjust testSize or trainSize.',
      ],
      [
        () => trainTestSplit(x, { randomState: -1 }),
        'Expected randomState to be a whole number from 0 to 4294967295 or a RandomState, received -1.',
      ],
      [
        () => trainTestSplit(x, { shuffle: false, randomState: 1 }),
        'Expected no randomState together with shuffle: false, since nothing is drawn then. Leave one of them out.',
      ],
      [
        () => trainTestSplit(x, { shuffle: false, stratify: x }),
        'Expected no stratify together with shuffle: false, since nothing is drawn then. Leave one of them out.',
      ],
      [
        () => trainTestSplit(x, { stratify: [0, 0, 1, 1, 2] }),
        'Expected at least 2 samples of each class in stratify, received 1 of 2.',
      ],
      [
        () => trainTestSplit(x, { stratify: ['a', 'a', 'b', 'b', 'b'], testSize: 1 }),
        'Expected testSize to be at least the number of classes in stratify (2), received 1 samples.',
      ],
      [
        () => trainTestSplit(x, { stratify: [0, 1] }),
        'Expected stratify to have one class for each of the 5 samples, received 2.',
      ],
      [
        () => trainTestSplit(x, { stratify: [0, 0, NaN, 1, 1] }),
        'Expected stratify to hold class labels of one kind, received NaN at position 2.',
      ],
      [
        () => trainTestSplit(x, untyped(3), { testSize: 1 }),
        'Expected argument 2 of trainTestSplit to be an array, a SparseMatrix or a tensor of samples, received 3.',
      ],
    ];
    for (const [run, message] of cases) throws(run, { message });
  });
});
