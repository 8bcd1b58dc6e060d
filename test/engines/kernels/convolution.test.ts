import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertAdjoint, assertSame, normal, seeded, tensor4d, useWasm } from './compare';

const size = fc.integer({ min: 1, max: 3 });

/** Sizes of an image and a filter, strides and padding; also shapes where the filter only just fits. */
const convolution = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    rows: size,
    columns: size,
    channels: fc.integer({ min: 1, max: 9 }),
    filters: fc.integer({ min: 1, max: 10 }),
    moreRows: fc.integer({ min: 0, max: 6 }),
    moreColumns: fc.integer({ min: 0, max: 6 }),
    strides: fc.tuple(size, size),
    pad: fc.constantFrom<'valid' | 'same' | number>('valid', 'same', 0, 1),
  })
  .map(({ moreRows, moreColumns, ...shape }) => ({
    ...shape,
    height: shape.rows + moreRows,
    width: shape.columns + moreColumns,
    // TensorFlow.js takes the filter's height for its width where the padding is a number.
    pad: shape.rows === shape.columns ? shape.pad : ('same' as const),
  }));

type Convolution = typeof convolution extends fc.Arbitrary<infer Shape> ? Shape : never;

const image = (c: Convolution, seed = 1) => tensor4d(normal([c.batch, c.height, c.width, c.channels], seed));
const filter = (c: Convolution, seed = 2) =>
  tensor4d(normal([c.rows, c.columns, c.channels, c.filters], seed));

describe('convolution on wasm', () => {
  before(useWasm);

  it('and its gradients equal the cpu back end for any shapes, strides and paddings', () => {
    fc.assert(
      fc.property(convolution, c => {
        const x = image(c);
        const w = filter(c);
        const conv = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(tensor4d(a), tensor4d(b), c.strides, c.pad);
        assertSame(() => {
          const y = conv(x, w);
          const [dx, dw] = tf.grads((a, b) => tf.sum(tf.mul(conv(a, b), normal(y.shape, 3))))([x, w]);
          return { y, dx: dx!, dw: dw! };
        }, c);
        tf.dispose([x, w]);
      }),
      seeded(100),
    );
  });

  it('with a bias and relu in the same pass equals the cpu back end', () => {
    fc.assert(
      fc.property(
        convolution,
        fc.constantFrom('relu', 'linear', 'elu', 'relu6', 'sigmoid', 'leakyrelu' as const),
        (c, activation) => {
          const x = image(c);
          const w = filter(c);
          const bias = tf.tensor1d(normal([c.filters], 4).dataSync());
          assertSame(
            () => ({
              y: tf.fused.conv2d({
                ...{ x, filter: w, bias, strides: c.strides, pad: c.pad, activation },
                leakyreluAlpha: 0.3,
              }),
            }),
            { c, activation },
          );
          tf.dispose([x, w, bias]);
        },
      ),
      seeded(40),
    );
  });

  it('refuses a number as padding for a filter that is not square', () => {
    const x = tensor4d(normal([1, 5, 5, 1]));
    const message =
      "Expected pad 'same' or 'valid' for a filter that is not square, received pad 1 and a filter of 2 × 3. Call tf.pad first.";
    const w = tensor4d(normal([2, 3, 1, 1]));
    assert.throws(() => tf.conv2d(x, w, 1, 1), { message });
    assert.throws(() => tf.fused.conv2d({ x, filter: w, strides: 1, pad: 1, activation: 'elu' }), {
      message,
    });
    assert.throws(() => tf.depthwiseConv2d(x, w, 1, 1), { message });
    tf.dispose([x, w]);
  });

  it('with more patches than a band holds equals the cpu back end', () => {
    const x = tensor4d(normal([2, 40, 40, 8]));
    const w = tensor4d(normal([5, 5, 8, 9], 2));
    assertSame(() => {
      const [dx, dw] = tf.grads((a, b) => tf.sum(tf.conv2d(tensor4d(a), tensor4d(b), 1, 'same')))([x, w]);
      return { y: tf.conv2d(x, w, 1, 'same'), dx: dx!, dw: dw! };
    }, 'two bands');
    tf.dispose([x, w]);
  });

  it('keeps NaN, where the back end made 0 of it', () => {
    const x = tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1]);
    const w = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
    const y = tf.fused.conv2d({ x, filter: w, strides: 1, pad: 'valid', activation: 'relu' });
    assert.deepEqual([...y.dataSync()], [NaN, 1, 2, 3]);
    tf.dispose([x, w, y]);
  });

  it('transposed equals the cpu back end, and so do its gradients', () => {
    fc.assert(
      fc.property(
        convolution.filter(({ pad }) => typeof pad === 'string'),
        c => {
          const y = tensor4d(normal([c.batch, c.height, c.width, c.filters]));
          const w = filter(c);
          const pad = c.pad === 'same' ? 'same' : 'valid';
          const across = ([stride, rows, length]: [number, number, number]) =>
            pad === 'same' ? length * stride : (length - 1) * stride + rows;
          const shape: [number, number, number, number] = [
            c.batch,
            across([c.strides[0], c.rows, c.height]),
            across([c.strides[1], c.columns, c.width]),
            c.channels,
          ];
          const turned = (a: tf.Tensor, b: tf.Tensor) =>
            tf.conv2dTranspose(tensor4d(a), tensor4d(b), shape, c.strides, pad);
          assertSame(() => {
            const [dy, dw] = tf.grads((a, b) => tf.sum(tf.mul(turned(a, b), normal(shape, 3))))([y, w]);
            return { x: turned(y, w), dy: dy!, dw: dw! };
          }, c);
          tf.dispose([y, w]);
        },
      ),
      seeded(60),
    );
  });

  it('by depth equals the cpu back end, and so do its gradients', () => {
    fc.assert(
      fc.property(convolution, fc.integer({ min: 1, max: 3 }), (c, multiplier) => {
        const x = image(c);
        const w = tensor4d(normal([c.rows, c.columns, c.channels, multiplier], 2));
        const conv = (a: tf.Tensor, b: tf.Tensor) =>
          tf.depthwiseConv2d(tensor4d(a), tensor4d(b), c.strides, c.pad);
        assertSame(
          () => {
            const y = conv(x, w);
            const [dx, dw] = tf.grads((a, b) => tf.sum(tf.mul(conv(a, b), normal(y.shape, 3))))([x, w]);
            return { y, dx: dx!, dw: dw! };
          },
          { c, multiplier },
        );
        tf.dispose([x, w]);
      }),
      seeded(60),
    );
  });

  it('has gradients where the filter has gaps, which TensorFlow.js refuses', () => {
    fc.assert(
      fc.property(
        convolution.filter(({ pad }) => typeof pad === 'string'),
        fc.tuple(size, size),
        fc.boolean(),
        (c, dilations, depthwise) => {
          const pad = c.pad === 'same' ? 'same' : 'valid';
          const x = tensor4d(
            normal([c.batch, c.height + 2 * c.rows, c.width + 2 * c.columns, c.channels], 1),
          );
          const w = depthwise ? tensor4d(normal([c.rows, c.columns, c.channels, 2])) : filter(c);
          const conv = (a: tf.Tensor, b: tf.Tensor) =>
            depthwise
              ? tf.depthwiseConv2d(tensor4d(a), tensor4d(b), 1, pad, 'NHWC', dilations)
              : tf.conv2d(tensor4d(a), tensor4d(b), 1, pad, 'NHWC', dilations);
          assertAdjoint(a => conv(a, w), x, { c, dilations });
          assertAdjoint(b => conv(x, b), w, { c, dilations });
          tf.dispose([x, w]);
        },
      ),
      seeded(60),
    );
  });

  it('with gaps is trained by layers of one and two dimensions and separable ones', () => {
    const layers = [
      [tf.layers.conv1d({ filters: 4, kernelSize: 3, dilationRate: 2, activation: 'relu' }), [9, 3]],
      [tf.layers.conv2d({ filters: 4, kernelSize: 3, dilationRate: [2, 1] }), [9, 8, 3]],
      [tf.layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: 3, activation: 'tanh' }), [9, 8, 3]],
      [tf.layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: 3, activation: 'relu' }), [9, 8, 3]],
      [tf.layers.separableConv2d({ filters: 4, kernelSize: 2, dilationRate: 2 }), [9, 8, 3]],
    ] as const;
    for (const [layer, shape] of layers) {
      const x = normal([2, ...shape]);
      const y = layer.apply(x);
      assert(y instanceof tf.Tensor);
      const vars = layer.trainableWeights.map(weight => weight.read());
      const { value, grads } = tf.variableGrads(() => {
        const out = layer.apply(x);
        assert(out instanceof tf.Tensor);
        return tf.sum(tf.square(out)).asScalar();
      });
      // One small step along the gradient changes the loss by its squared length.
      const squares = Object.values(grads).reduce((sum, g) => sum + tf.sum(tf.square(g)).dataSync()[0]!, 0);
      const rate = 1e-3;
      for (const variable of vars) {
        const gradient = variable instanceof tf.Variable ? grads[variable.name] : undefined;
        assert(gradient !== undefined && variable instanceof tf.Variable);
        variable.assign(tf.sub(variable, tf.mul(gradient, rate / Math.sqrt(squares))));
      }
      const moved = layer.apply(x);
      assert(moved instanceof tf.Tensor);
      const change = (value.dataSync()[0]! - tf.sum(tf.square(moved)).dataSync()[0]!) / rate;
      assert(
        Math.abs(change / Math.sqrt(squares) - 1) < 0.02,
        `${layer.name}: ${change} ${Math.sqrt(squares)}`,
      );
    }
  });

  it('refuses gaps in depthwiseConv2d, which TensorFlow.js ignores', () => {
    const layer = tf.layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2, name: 'spread' });
    const x = normal([1, 5, 5, 1]);
    assert.throws(() => layer.apply(x), {
      message:
        'Expected dilationRate 1 of the depthwiseConv2d layer "spread", received 2 × 2, which TensorFlow.js ignores without a word. ' +
        'Use separableConv2d, or tf.depthwiseConv2d in a layer of your own.',
    });
    x.dispose();
  });
});
