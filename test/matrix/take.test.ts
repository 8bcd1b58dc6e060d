import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { take } from '../../src/matrix/take';
import { untyped } from '../untyped';

describe('take', () => {
  it('takes samples of every kind, in order, repeats and negative numbers included', () => {
    const words = Object.freeze(['a', 'b', 'c']);
    assert.deepEqual(take(words, [2, 0]), ['c', 'a']);
    const rows = [[1], [2], [3]];
    assert.deepEqual(take(rows, Int32Array.of(1, 1, -1)), [[2], [2], [3]]);
    assert.deepEqual(take(Float32Array.of(1.5, 2.5), [1]), Float32Array.of(2.5));
    const sparse = new SparseMatrix({ shape: [2, 3], indptr: [0, 1, 3], indices: [2, 0, 1] });
    assert.deepEqual(take(sparse, [1]).toArray(), [[1, 1, 0]]);
  });

  it('takes samples of tensors of any rank without a leak', () => {
    const before = tf.memory().numTensors;
    const cube = tf.tensor3d([[[1, 2]], [[3, 4]], [[5, 6]]]);
    const taken = take(cube, [2, 0, -2]);
    assert.deepEqual(taken.arraySync(), [[[5, 6]], [[1, 2]], [[3, 4]]]);
    tf.dispose([cube, taken]);
    assert.equal(tf.memory().numTensors, before);
  });

  it('says what is no index', () => {
    const sparse = new SparseMatrix({ shape: [2, 2], indptr: [0, 1, 2], indices: [0, 1] });
    for (const act of [(index: never) => take([1, 2], index), (index: never) => sparse.take(index)]) {
      assert.throws(
        () => act(untyped(1)),
        new TypeError('Expected index to be a list of sample numbers, received 1.'),
      );
      assert.throws(
        () => act(untyped(new Set([0]))),
        new TypeError('Expected index to be a list of sample numbers, received an object of class Set.'),
      );
    }
  });

  it('says which sample is missing', () => {
    assert.throws(
      () => take(['a', 'b'], [0, 2]),
      new RangeError('Expected sample numbers from -2 to 1, received 2 at position 1.'),
    );
    assert.throws(() => take(['a'], [0.5]), /received 0.5 at position 0/);
    assert.throws(
      () => Reflect.apply(take, undefined, [new Map(), [0]]),
      new TypeError('Expected x to be an array, a SparseMatrix or a tensor, received an object (Map).'),
    );
  });
});
