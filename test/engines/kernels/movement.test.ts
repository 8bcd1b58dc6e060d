import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertSame, normal, seeded, useWasm } from './compare';

const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

describe('movement on wasm', () => {
  before(useWasm);

  it('slices as the cpu back end, of any type', () => {
    const slicing = shape.chain(lengths =>
      fc.record({
        lengths: fc.constant(lengths),
        parts: fc.tuple(...lengths.map(n => fc.tuple(fc.nat(n - 1), fc.nat(n)))),
        dtype: fc.constantFrom<'float32' | 'int32' | 'bool'>('float32', 'int32', 'bool'),
      }),
    );
    fc.assert(
      fc.property(slicing, ({ lengths, parts, dtype }) => {
        const x = tf.tidy(() => tf.cast(tf.mul(normal(lengths), 10), dtype));
        const begin = parts.map(([at]) => at);
        const size = parts.map(([at, length], i) => Math.min(length, lengths[i]! - at));
        assertSame(() => ({ part: tf.slice(x, begin, size) }), { lengths, begin, size, dtype });
        x.dispose();
      }),
      seeded(200),
    );
  });

  it('takes tensors apart along any axis as the cpu back end', () => {
    fc.assert(
      fc.property(shape, fc.nat(4), (lengths, at) => {
        const axis = at % lengths.length;
        const x = normal(lengths);
        assertSame(() => Object.fromEntries(tf.unstack(x, axis).map((part, i) => [`part ${i}`, part])), {
          lengths,
          axis,
        });
        x.dispose();
      }),
      seeded(80),
    );
  });

  it('repeats along any axes as the cpu back end, of any type', () => {
    const dtypes = fc.constantFrom<'float32' | 'int32' | 'bool'>('float32', 'int32', 'bool');
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
        dtypes,
        (lengths, times, dtype) => {
          const x = tf.tidy(() => tf.cast(tf.mul(normal(lengths), 10), dtype));
          const reps = times.slice(0, lengths.length);
          const ids = tf.engine().backend.numDataIds();
          tf.tile(x, reps).dispose();
          assert.equal(tf.engine().backend.numDataIds(), ids);
          assertSame(() => ({ y: tf.tile(x, reps) }), { lengths, reps, dtype });
          x.dispose();
        },
      ),
      seeded(80),
    );
  });

  it('gathers rows along any axis as the cpu back end, and sums their gradients', () => {
    const gathering = shape.chain(lengths =>
      fc.nat(lengths.length - 1).chain(axis =>
        fc.record({
          lengths: fc.constant(lengths),
          axis: fc.constant(axis),
          indices: fc.array(fc.nat(lengths[axis]! - 1), { minLength: 1, maxLength: 8 }),
        }),
      ),
    );
    fc.assert(
      fc.property(gathering, ({ lengths, axis, indices }) => {
        const x = normal(lengths);
        const rows = (a: tf.Tensor) => tf.gather(a, tf.tensor1d(indices, 'int32'), axis);
        assertSame(
          () => {
            const y = rows(x);
            return { y, dx: tf.grad(a => tf.sum(tf.mul(rows(a), normal(y.shape, 3))))(x) };
          },
          { lengths, axis, indices },
        );
        x.dispose();
      }),
      seeded(100),
    );
  });

  it('names an index that is out of range', () => {
    const x = tf.zeros([3, 2]);
    assert.throws(() => tf.gather(x, [0, 3]), { message: /the index value 3 is not in \[0, 2\]/ });
    assert.throws(() => tf.gather(x, [-1]), { message: /the index value -1 is not in \[0, 2\]/ });
    x.dispose();
  });

  it('sums segments, leaving out those that are not there', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    const y = tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 5], 'int32'), 3);
    assert.deepEqual(y.arraySync(), [
      [3, 4],
      [0, 0],
      [6, 8],
    ]);
    const whole = tf.tensor1d([1], 'int32');
    assert.throws(() => tf.unsortedSegmentSum(whole, tf.tensor1d([0], 'int32'), 3), {
      message:
        'Expected segments of float32 to sum, received int32. Call x.toFloat() first, or use the cpu back end.',
    });
    tf.dispose([x, y, whole]);
  });

  it('sums and averages over any axes as the cpu back end', () => {
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (lengths, over, keep) => {
          const x = normal(lengths);
          const axes = lengths.map((_, i) => i).filter(i => over[i]);
          assertSame(() => ({ sum: tf.sum(x, axes, keep), mean: tf.mean(x, axes, keep) }), {
            lengths,
            axes,
            keep,
          });
          x.dispose();
        },
      ),
      seeded(150),
    );
  });

  it('sums many rows without adding up rounding errors', () => {
    const rows = 100_001;
    const x = tf.fill([rows, 2], 0.1);
    const sums = tf.sum(x, 0).dataSync();
    for (const sum of sums) assert(Math.abs(sum / (rows * 0.1) - 1) < 1e-5, String(sum));
    x.dispose();
  });

  it('sums and averages long rows without adding up rounding errors', () => {
    for (const length of [300_000, 300_001, 300_003]) {
      const x = tf.fill([2, length], 0.1);
      const means = [...tf.mean(x, 1).dataSync(), ...tf.div(tf.sum(x), 2 * length).dataSync()];
      for (const mean of means) assert(Math.abs(mean - 0.1) < 1e-7, String(mean));
      x.dispose();
    }
  });

  it('copies without a copy, and both ways to dispose leave the other', () => {
    const x = normal([4]);
    const before = tf.memory().numDataBuffers;
    const twin = x.clone();
    assert.equal(tf.memory().numDataBuffers, before);
    const values = [...x.dataSync()];
    x.dispose();
    assert.deepEqual([...twin.dataSync()], values);
    twin.dispose();
  });
});
