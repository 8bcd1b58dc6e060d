import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useWasm } from './compare';

describe('tanh on wasm', () => {
  before(useWasm);

  it('is Math.tanh to single precision, of every size, of infinities and NaN', () => {
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
});
