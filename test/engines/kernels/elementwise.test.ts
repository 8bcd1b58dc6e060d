import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { assertSame, normal, useWasm } from './compare';

describe('elementwise kernels on wasm', () => {
  before(useWasm);

  it('tanh is Math.tanh to single precision, of every size, of infinities and NaN', () => {
    const values = [
      ...[0, -0, 1e-20, 0.1, 0.624, 0.626, -1, 5, 20, 88, -90, 1e30],
      ...Array.from({ length: 2001 }, (_, i) => (i - 1000) / 100),
    ];
    for (const count of [1, 2, 3, 4, 5, values.length]) {
      const x = tf.tensor1d(values.slice(0, count));
      const y = tf.tanh(x);
      const inputs = x.dataSync();
      y.dataSync().forEach((value, i) => {
        const expected = Math.tanh(inputs[i]!);
        assert(
          Math.abs(value - expected) <= 2e-7 * Math.max(Math.abs(expected), 1e-30),
          `${inputs[i]}: ${value}`,
        );
      });
      tf.dispose([x, y]);
    }
    assert.deepEqual([...tf.tanh([NaN, Infinity, -Infinity]).dataSync()], [NaN, 1, -1]);
  });

  it('the gradient of relu is that of TensorFlow.js, of every size, and can be differentiated again', () => {
    const numbers = [1, -1, 0, 2, NaN, -0, 1e-30, Infinity, -Infinity];
    for (const count of [1, 2, 3, 4, 5, numbers.length]) {
      const [x, dy] = [tf.tensor1d(numbers.slice(0, count)), normal([count])];
      const given = dy.dataSync();
      assert.deepEqual(
        [
          ...tf
            .grad((a: tf.Tensor) => tf.relu(a))(x, dy)
            .dataSync(),
        ],
        numbers.slice(0, count).map((value, i) => (value > 0 ? 1 : value <= 0 ? 0 : NaN) * given[i]!),
      );
      tf.dispose([x, dy]);
    }
    // The gradient of the squared length of relu's gradient, as penalties on gradients have it.
    const x = normal([5, 7], 3);
    assertSame(
      () => ({
        penalty: tf.grad((a: tf.Tensor) => {
          const slope = tf.grad((b: tf.Tensor) => tf.sum(tf.square(tf.relu(tf.square(b).sub(0.5)))))(a);
          return tf.sum(tf.square(slope));
        })(x),
      }),
      'second derivative',
    );
    x.dispose();
  });

  it('limits numbers of every size, and keeps NaN, which the back end itself makes the lower limit', () => {
    const values = [NaN, -Infinity, -1, -0.5, 0, 0.25, 6, 7, Infinity];
    for (const count of [1, 2, 3, 4, 5, values.length]) {
      const x = tf.tensor1d(values.slice(0, count));
      const limited = [tf.clipByValue(x, -0.5, 6), tf.relu6(x)].map(y => [...y.dataSync()]);
      assert.deepEqual(limited, [
        [NaN, -0.5, -0.5, -0.5, 0, 0.25, 6, 6, 6].slice(0, count),
        [NaN, 0, 0, 0, 0, 0.25, 6, 6, 6].slice(0, count),
      ]);
      x.dispose();
    }
    assert.deepEqual([...tf.clipByValue(tf.tensor1d([-1, 9], 'int32'), 0, 6).dataSync()], [0, 6]);
  });

  it('takes the larger and the smaller as the cpu back end, NaN if either is', () => {
    const numbers = [NaN, NaN, 1, 2, -0.5, Infinity, -Infinity];
    const others = [1, NaN, NaN, -2, 3, 0, 0];
    const [a, b] = [tf.tensor1d(numbers), tf.tensor1d(others)];
    const found = [tf.maximum(a, b), tf.minimum(a, b), tf.maximum(0, a), tf.minimum(a, 0)];
    assert.deepEqual(
      found.map(tensor => [...tensor.dataSync()]),
      [
        numbers.map((value, i) => Math.max(value, others[i]!)),
        numbers.map((value, i) => Math.min(value, others[i]!)),
        numbers.map(value => Math.max(0, value)),
        numbers.map(value => Math.min(0, value)),
      ],
    );
    for (const [one, two] of [
      [
        [3, 4],
        [3, 4],
      ],
      [[3, 4], [4]],
      [
        [3, 1],
        [1, 5],
      ],
      [[1], [2, 3]],
      [[], []],
      [[0, 2], [2]],
    ] as const) {
      const [x, y] = [normal(one, 1), normal(two, 2)];
      assertSame(() => ({ max: tf.maximum(x, y), min: tf.minimum(x, y) }), { one, two });
      tf.dispose([x, y]);
    }
  });
});
