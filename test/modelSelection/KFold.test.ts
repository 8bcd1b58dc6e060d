import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { KFold } from '../../src/modelSelection/KFold';
import { RandomState } from '../../src/random/RandomState';
import { foldCases, stored } from './splitGoldens';
import { untyped } from '../untyped';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('KFold', () => {
  it('gives scikit-learn’s folds and refuses what it refuses', () => {
    const cases = foldCases.filter(([{ classes }]) => classes === 0);
    for (const [{ n, nSplits, shuffle, randomState, hash }, expected] of cases) {
      const split = (): [number[], number[]][] =>
        new KFold({ nSplits, shuffle, randomState }).split(range(n));
      if (expected.error !== undefined) {
        throws(split, /^(RangeError|TypeError): Expected /);
        continue;
      }
      deepStrictEqual(
        split().map(([, test]) => stored(test, hash)),
        expected.test,
      );
    }
    strictEqual(cases.length > 200, true);
  });

  it('tests every sample once and trains on all others, in rising order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 120 }),
        fc.integer({ min: 2, max: 12 }),
        fc.option(fc.nat(2 ** 31)),
        (n, k, randomState) => {
          fc.pre(k <= n);
          const folds = new KFold({ nSplits: k, shuffle: randomState !== null, randomState }).split(range(n));
          strictEqual(folds.length, k);
          const tested = folds.flatMap(([, test]) => test);
          deepStrictEqual(
            tested.sort((a, b) => a - b),
            range(n),
          );
          for (const [train, test] of folds) {
            deepStrictEqual(
              train,
              range(n).filter(i => !test.includes(i)),
            );
            strictEqual(test.length === Math.floor(n / k) || test.length === Math.ceil(n / k), true);
          }
        },
      ),
    );
  });

  it('counts samples of sparse matrices, tensors and typed arrays; has five folds by default', () => {
    const folds = new KFold().split(range(10));
    strictEqual(folds.length, 5);
    const sparse = new SparseMatrix({ shape: [10, 1], indptr: range(11).fill(0), indices: [] });
    deepStrictEqual(new KFold().split(sparse), folds);
    deepStrictEqual(new KFold().split(tf.zeros([10, 2, 2])), folds);
    deepStrictEqual(new KFold().split(new Uint8Array(10)), folds);
  });

  it('repeats itself with a seed and goes on with a RandomState', () => {
    const seeded = new KFold({ shuffle: true, randomState: 3 });
    deepStrictEqual(seeded.split(range(30)), seeded.split(range(30)));
    const going = new KFold({ shuffle: true, randomState: new RandomState(3) });
    deepStrictEqual(going.split(range(30)), seeded.split(range(30)));
    strictEqual(JSON.stringify(going.split(range(30))) === JSON.stringify(seeded.split(range(30))), false);
  });

  it('says what is wrong', () => {
    throws(() => new KFold({ nSplits: 1 }), {
      message: 'Expected nSplits to be a whole number of at least 2, received 1.',
    });
    throws(() => new KFold({ randomState: 0 }), {
      message:
        'Expected randomState only together with shuffle: true, since it has no effect otherwise. Leave it out or set shuffle: true.',
    });
    throws(() => new KFold({ shuffle: untyped('yes') }), {
      message: 'Expected shuffle to be true or false, received "yes".',
    });
    throws(() => new KFold().split(range(4)), {
      message: 'Expected at least as many samples as folds (nSplits = 5), received 4 samples.',
    });
    throws(() => new KFold(untyped({ n_splits: 4 })), {
      message:
        'Unknown option "n_splits" of KFold. Did you mean "nSplits"? Its options are: nSplits, shuffle, randomState.',
    });
  });
});
