import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertAdjoint, assertSame, normal, seeded, tensor4d, useWasm } from './compare';

const length = fc.integer({ min: 1, max: 7 });
const resizing = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 3 }), length, length, fc.integer({ min: 1, max: 6 })),
  size: fc.tuple(length, length),
  alignCorners: fc.boolean(),
});

describe('resizing on wasm', () => {
  before(useWasm);

  it('to whole multiples, as upSampling2d does, equals the cpu back end', () => {
    fc.assert(
      fc.property(resizing, fc.tuple(length, length), ({ shape }, factors) => {
        const x = tensor4d(normal(shape));
        assertSame(
          () => ({
            y: tf.image.resizeNearestNeighbor(x, [shape[1] * factors[0], shape[2] * factors[1]]),
          }),
          { shape, factors },
        );
        x.dispose();
      }),
      seeded(60),
    );
  });

  it('copies from the same place where a rounded ratio is below 1', () => {
    const x = tf.tensor4d([1, 2], [1, 1, 2, 1]);
    for (const times of [41, 47, 49, 55]) {
      const y = [...tf.image.resizeNearestNeighbor(x, [1, 2 * times]).dataSync()];
      assert.deepEqual(y, [...Array(times).fill(1), ...Array(times).fill(2)], String(times));
    }
    x.dispose();
  });

  it('to the nearest has the gradient of what it computes, which the cpu back end has for one image only', () => {
    fc.assert(
      fc.property(resizing, fc.boolean(), ({ shape, size, alignCorners }, half) => {
        const x = normal(shape);
        const halfPixelCenters = half && !alignCorners;
        assertAdjoint(
          a => tf.image.resizeNearestNeighbor(tensor4d(a), size, alignCorners, halfPixelCenters),
          x,
          { shape, size, alignCorners, halfPixelCenters },
        );
        x.dispose();
      }),
      seeded(80),
    );
  });

  it('bilinear has the gradient of what it computes', () => {
    fc.assert(
      fc.property(resizing, ({ shape, size, alignCorners }) => {
        const x = normal(shape);
        assertAdjoint(a => tf.image.resizeBilinear(tensor4d(a), size, alignCorners), x, {
          shape,
          size,
          alignCorners,
        });
        x.dispose();
      }),
      seeded(60),
    );
  });

  it('refuses the bilinear gradient with half-pixel centres, which TensorFlow.js has wrong', () => {
    const x = normal([1, 3, 3, 1]);
    const resize = (a: tf.Tensor) => tf.sum(tf.image.resizeBilinear(tensor4d(a), [6, 6], false, true));
    assert.throws(() => tf.grad(resize)(x), {
      message:
        "Expected resizeBilinear without halfPixelCenters where it is trained through, received halfPixelCenters: true. Leave it out, or use tfjs-node: TensorFlow.js' own back ends have this gradient wrong.",
    });
    x.dispose();
  });
});
