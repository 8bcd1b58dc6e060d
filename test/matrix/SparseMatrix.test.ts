import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';

const rowsOf = (columns: number) =>
  fc.array(
    fc.uniqueArray(fc.integer({ min: 0, max: columns - 1 })).map(row => row.sort((a, b) => a - b)),
    {
      maxLength: 8,
    },
  );

function fromRows(rows: number[][], columns: number): SparseMatrix {
  const indptr = [0];
  for (const row of rows) indptr.push((indptr.at(-1) ?? 0) + row.length);
  return new SparseMatrix({ shape: [rows.length, columns], indptr, indices: rows.flat() });
}

describe('SparseMatrix', () => {
  const x = new SparseMatrix({ shape: [2, 5], indptr: [0, 2, 3], indices: [0, 3, 1] });

  it('holds the ones of each row', () => {
    assert.deepEqual(x.row(0), [0, 3]);
    assert.deepEqual(x.toArray(), [
      [1, 0, 0, 1, 0],
      [0, 1, 0, 0, 0],
    ]);
    assert.equal(x.nnz, 3);
    assert.equal(x.density, 0.3);
    assert.throws(() => x.row(2), new RangeError('Expected a row number from 0 to 1, received 2.'));
  });

  it('slices at odd places as arrays do', () => {
    const matrix = new SparseMatrix({ shape: [3, 2], indptr: [0, 1, 1, 2], indices: [0, 1] });
    for (const [begin, end] of [[NaN], [1, NaN], [-Infinity, Infinity], [1.9, 2.9], [-1.5]]) {
      assert.deepEqual(matrix.slice(begin, end).toArray(), matrix.toArray().slice(begin, end));
    }
  });

  it('slices, takes and densifies as the array of its rows does', () => {
    fc.assert(
      fc.property(
        rowsOf(7),
        fc.integer({ min: -10, max: 10 }),
        fc.integer({ min: -10, max: 10 }),
        (rows, begin, end) => {
          const matrix = fromRows(rows, 7);
          const slice = matrix.slice(begin, end);
          assert.deepEqual(slice.toArray(), matrix.toArray().slice(begin, end));
          assert.equal(slice.indices, matrix.indices);
          const index = slice.toArray().flatMap((_, i) => [i, -1 - i]);
          const expected = index.map(i => slice.toArray().at(i));
          assert.deepEqual(slice.take(index).toArray(), expected);
          assert.equal(slice.nnz, slice.toArray().flat().filter(Boolean).length);
          const dense = slice.toTensor();
          assert.deepEqual(dense.arraySync(), slice.toArray());
          dense.dispose();
        },
      ),
    );
  });

  it('keeps 16-bit columns while they fit', () => {
    assert(x.indices instanceof Uint16Array);
    const wide = new SparseMatrix({ shape: [1, 70_000], indptr: [0, 1], indices: [69_999] });
    assert(wide.indices instanceof Uint32Array);
    assert.deepEqual(wide.take([0, 0]).row(1), [69_999]);
  });

  it('leaks no tensor', () => {
    const before = tf.memory().numTensors;
    x.toTensor().dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('prints shape, density and the first row', () => {
    const text = 'SparseMatrix [2, 5], density 30.0 %, row 0 has ones at [0, 3]';
    assert.equal(inspect(x), text);
    assert.equal(String(x), text);
    const long = fromRows([Array.from({ length: 12 }, (_, i) => i)], 20);
    assert.match(String(long), /row 0 has ones at \[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … \(12 ones\)\]$/);
    assert.equal(String(x.slice(0, 0)), 'SparseMatrix [0, 5], density 0.00 %');
  });

  it('refuses parts that are no such matrix', () => {
    const refuse = (shape: [number, number], indptr: number[], indices: number[], message: string) =>
      assert.throws(() => new SparseMatrix({ shape, indptr, indices }), new RangeError(message));
    refuse([1.5, 2], [0, 0], [], 'Expected shape to be [rows, columns], received [1.5, 2].');
    refuse([2, 2], [0, 0], [], 'Expected indptr to have 3 values (rows + 1), received 2.');
    refuse(
      [1, 2],
      [0, 2],
      [0],
      'Expected indptr to lie between 0 and 1 (the number of indices), received 0 to 2.',
    );
    refuse(
      [2, 2],
      [0, 1, 0],
      [0],
      'Expected indptr to be whole numbers that never fall, received 1 then 0 at row 1.',
    );
    const rise = 'Expected the indices of each row to rise from 0 to at most 1 without repeats, received';
    refuse([1, 2], [0, 1], [2], `${rise} 2 in row 0. Sort them and drop repeats.`);
    refuse([1, 2], [0, 2], [1, 1], `${rise} 1 after 1 in row 0. Sort them and drop repeats.`);
    refuse([1, 2], [0, 1], [-1], `${rise} -1 in row 0. Sort them and drop repeats.`);
    assert.throws(
      () => x.take([0, 2]),
      new RangeError('Expected row numbers from -2 to 1, received 2 at position 1.'),
    );
  });
});
