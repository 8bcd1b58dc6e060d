import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertAdjoint, assertSame, normal, seeded, useWasm } from './compare';

function tensor5d(tensor: tf.Tensor): tf.Tensor5D {
  const [a, b, c, d, e] = tensor.shape;
  return tf.reshape(tensor, [a, b!, c!, d!, e!]);
}

const side = fc.integer({ min: 2, max: 4 });
const volume = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 2 }), side, side, side, fc.integer({ min: 1, max: 3 })),
  window: fc.integer({ min: 1, max: 2 }),
  stride: fc.integer({ min: 1, max: 2 }),
  pad: fc.constantFrom<'valid' | 'same'>('valid', 'same'),
});

describe('three dimensions on wasm', () => {
  before(useWasm);

  it('convolve with gradients of what is computed', () => {
    fc.assert(
      fc.property(volume, ({ shape, window, stride, pad }) => {
        const x = normal(shape);
        const w = normal([window, window, window, shape[4], 2], 2);
        const about = { shape, window, stride, pad };
        assertAdjoint(a => tf.conv3d(tensor5d(a), tensor5d(w), stride, pad), x, about);
        assertAdjoint(b => tf.conv3d(tensor5d(x), tensor5d(b), stride, pad), w, about);
        assertSame(() => ({ y: tf.conv3d(tensor5d(x), tensor5d(w), stride, pad) }), about);
        tf.dispose([x, w]);
      }),
      seeded(25),
    );
  });

  it('pool by the mean with the gradient of what is computed, which the cpu back end has not in the padding', () => {
    fc.assert(
      fc.property(volume, ({ shape, window, stride, pad }) => {
        const x = normal(shape);
        assertAdjoint(a => tf.avgPool3d(tensor5d(a), window + 1, stride, pad), x, {
          shape,
          window,
          stride,
          pad,
        });
        x.dispose();
      }),
      seeded(40),
    );
  });

  it('pool by the largest as the cpu back end, negative numbers too', () => {
    fc.assert(
      fc.property(volume, ({ shape, window, stride, pad }) => {
        const x = tf.tidy(() => tf.sub(normal(shape), 3));
        const pool = (a: tf.Tensor) => tf.maxPool3d(tensor5d(a), window, stride, pad);
        assertSame(
          () => {
            const y = pool(x);
            return { y, dx: tf.grad(a => tf.sum(tf.mul(pool(a), normal(y.shape, 3))))(x) };
          },
          { shape, window, stride, pad },
        );
        x.dispose();
      }),
      seeded(25),
    );
  });
});
