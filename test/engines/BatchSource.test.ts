import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { denseSamples, sampleSize, sliceSamples, type Samples } from '../../src/engines/Samples';
import { batchSource } from '../../src/engines/tfjs/BatchSource';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { RandomState } from '../../src/random/RandomState';

describe('batchSource', () => {
  it('makes the same batches of sparse, dense and tensor samples, slices of them too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(1000),
        (batchSize, samples, seed) => {
          const random = new RandomState(seed);
          const rows = Array.from({ length: samples + 3 }, () =>
            random.randomSample(5).map(value => Math.round(value ** 2)),
          );
          const indices = rows.map(row => row.flatMap((value, j) => (value === 1 ? [j] : [])));
          const indptr = [0];
          for (const row of indices) indptr.push((indptr.at(-1) ?? 0) + row.length);
          const all: Samples[] = [
            new SparseMatrix({ shape: [samples + 3, 5], indptr, indices: indices.flat() }),
            { shape: [samples + 3, 5], values: Float32Array.from(rows.flat()) },
            tf.tensor2d(rows, undefined, 'int32'),
          ];
          const parts = all.map(one => sliceSamples(one, 2, samples + 2));
          for (const order of [undefined, Int32Array.from(random.permutation(samples))]) {
            for (const part of parts) {
              const source = batchSource(part, batchSize);
              for (let begin = 0; begin < samples; begin += batchSize) {
                const end = Math.min(samples, begin + batchSize);
                const batch = source.batch(begin, end, order);
                const expected = Array.from(
                  { length: end - begin },
                  (_, i) => rows[2 + (order?.[begin + i] ?? begin + i)],
                );
                assert.deepEqual(batch.arraySync(), expected);
                batch.dispose();
              }
            }
          }
          for (const samplesOf of [...all, ...parts]) if (samplesOf instanceof tf.Tensor) samplesOf.dispose();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps further axes and the type of tensors', () => {
    const cube = tf.tensor3d(
      [
        [[1], [2]],
        [[3], [4]],
      ],
      undefined,
      'int32',
    );
    const batch = batchSource(cube, 1).batch(1, 2);
    assert.deepEqual([batch.arraySync(), batch.dtype], [[[[3], [4]]], 'int32']);
    const dense = denseSamples(cube);
    assert.deepEqual(
      [dense.values, dense.shape, sampleSize(dense)],
      [Float32Array.of(1, 2, 3, 4), [2, 2, 1], 2],
    );
    const part = batchSource(dense, 2).batch(0, 2, Int32Array.of(1, 0));
    assert.deepEqual(part.arraySync(), [
      [[3], [4]],
      [[1], [2]],
    ]);
    tf.dispose([cube, batch, part]);
  });
});
