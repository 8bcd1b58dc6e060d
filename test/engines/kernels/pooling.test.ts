import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertAdjoint, assertSame, normal, seeded, tensor4d, useWasm } from './compare';

const pooling = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
  channels: fc.integer({ min: 1, max: 9 }),
  window: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  pad: fc.constantFrom<'valid' | 'same'>('valid', 'same'),
});

describe('pooling on wasm', () => {
  before(useWasm);

  it('by the largest and its gradient equal the cpu back end, also where all numbers are negative', () => {
    fc.assert(
      fc.property(pooling, fc.constantFrom(0, -5, 5), (p, shift) => {
        const x = tf.tidy(() => tf.add(normal([p.batch, p.height, p.width, p.channels]), shift));
        const pool = (a: tf.Tensor) => tf.maxPool(tensor4d(a), p.window, p.strides, p.pad);
        assertSame(
          () => {
            const y = pool(x);
            return { y, dx: tf.grad(a => tf.sum(tf.mul(pool(a), normal(y.shape, 3))))(x) };
          },
          { p, shift },
        );
        x.dispose();
      }),
      seeded(100),
    );
  });

  it('gives the gradient of equal numbers to the first of them', () => {
    const x = tf.fill([1, 2, 2, 5], -1);
    const dx = tf.grad(a => tf.sum(tf.maxPool(tensor4d(a), 2, 2, 'valid')))(x);
    assert.deepEqual([...dx.dataSync()], [...Array(5).fill(1), ...Array(15).fill(0)]);
    tf.dispose([x, dx]);
  });

  it('by the mean equals the cpu back end', () => {
    fc.assert(
      fc.property(pooling, p => {
        const x = normal([p.batch, p.height, p.width, p.channels]);
        assertSame(() => ({ y: tf.avgPool(tensor4d(x), p.window, p.strides, p.pad) }), p);
        x.dispose();
      }),
      seeded(60),
    );
  });

  it('by the mean has the gradient of what it computes, which the cpu back end has not where windows overlap the padding', () => {
    fc.assert(
      fc.property(pooling, p => {
        const x = normal([p.batch, p.height, p.width, p.channels]);
        assertAdjoint(a => tf.avgPool(tensor4d(a), p.window, p.strides, p.pad), x, p);
        x.dispose();
      }),
      seeded(60),
    );
  });

  it('keeps NaN', () => {
    const x = tf.tensor4d([1, NaN, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
    assert.deepEqual([...tf.maxPool(x, 2, 2, 'valid').dataSync()], [NaN, 8]);
    x.dispose();
  });
});
