import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { matrixShape, toMatrix } from '../../src/matrix/toMatrix';

describe('toMatrix', () => {
  it('returns matrices as they are', () => {
    const rows = [
      [1, NaN],
      [3, -Infinity],
    ];
    assert.equal(toMatrix(rows), rows);
    const sparse = new SparseMatrix({ shape: [1, 3], indptr: [0, 1], indices: [2] });
    assert.equal(toMatrix(sparse), sparse);
    const tensor = tf.zeros([2, 3]);
    assert.equal(toMatrix(tensor), tensor);
    assert.deepEqual(
      [rows, sparse, toMatrix(tensor), []].map(x => matrixShape(toMatrix(x))),
      [
        [2, 2],
        [1, 3],
        [2, 3],
        [0, 0],
      ],
    );
    tensor.dispose();
  });

  it('turns typed rows into plain ones', () => {
    assert.deepEqual(toMatrix([Float32Array.of(1, 2), Uint8Array.of(3, 4)]), [
      [1, 2],
      [3, 4],
    ]);
  });

  it('says what is wrong and where', () => {
    assert.throws(
      () => toMatrix([[1], , [3]]), // oxlint-disable-line no-sparse-arrays
      new TypeError('Expected row 1 of x to be an array of numbers, received undefined.'),
    );
    const refuse = (value: unknown, message: string) =>
      assert.throws(() => toMatrix(value, 'data'), new TypeError(message));
    refuse(
      [1, 2],
      'Expected data to be a matrix (rows of numbers), received an array of 2 values (a number). ' +
        'Make it a column with data.map((v) => [v]), or one row with [data].',
    );
    refuse(
      [[1, 2], [3]],
      'Expected every row of data to have 2 values as row 0 has, received 1 in row 1. Make the rows equally long.',
    );
    refuse([[1], 2], 'Expected row 1 of data to be an array of numbers, received a number.');
    refuse([[1, 'a']], 'Expected data to hold numbers, received the text "a" in row 0, column 1.');
    refuse([[1, undefined]], 'Expected data to hold numbers, received undefined in row 0, column 1.');
    refuse(5, 'Expected data to be a matrix (number[][], SparseMatrix or 2-D tensor), received a number.');
    refuse(
      new (class DataFrame {
        values = [[1]];
      })(),
      'Expected data to be a matrix, received an object (DataFrame). Pass its .values.',
    );
    const cube = tf.zeros([1, 2, 3]);
    refuse(
      cube,
      'Expected data to be a matrix (2 axes), received a tensor of shape [1, 2, 3] (3 axes). Reshape it first.',
    );
    cube.dispose();
  });
});
