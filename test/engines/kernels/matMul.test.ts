import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { ensureBackend } from '../../../src/engines/backend';
import { RandomState } from '../../../src/random/RandomState';
import { assertClose } from '../../training/models';
import { assertSame, normal } from './compare';

describe('products of transposed matrices on wasm', () => {
  before(async () => assert.equal(await ensureBackend(), 'wasm'));

  it('equal sums of products, for any shapes, and leak nothing', () => {
    const size = fc.integer({ min: 1, max: 20 });
    const axes = fc.constantFrom([2, 2], [3, 2], [2, 3], [3, 3]);
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        axes,
        (m, k, n, transposeA, transposeB, [p, q]) => {
          const before = tf.memory();
          const random = new RandomState(m + 100 * k + 10_000 * n);
          const a = random.randn(m, k);
          const b = random.randn(k, n);
          const turned = (x: number[][]) => x[0]!.map((_, j) => x.map(row => row[j]!));
          const make = (x: number[][], turn: boolean, rank: number | undefined) => {
            const matrix = tf.tensor2d(turn ? turned(x) : x);
            return rank === 3 ? tf.tidy(() => matrix.expandDims(0)) : matrix;
          };
          const tensors = [make(a, transposeA, p), make(b, transposeB, q)] as const;
          const product = tf.matMul(...tensors, transposeA, transposeB);
          assert.deepEqual(product.shape, p === 3 || q === 3 ? [1, m, n] : [m, n]);
          const expected = a.map(row =>
            turned(b).map(column => column.reduce((sum, value, i) => sum + value * row[i]!, 0)),
          );
          assertClose(product.dataSync(), expected.flat(), 1e-4);
          tf.dispose([...tensors, product]);
          const after = tf.memory().numTensors - before.numTensors;
          assert(after <= 2 && after >= 0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leak no data of the back end', () => {
    const a = tf.ones([30, 4]);
    const b = tf.ones([30, 5]);
    const ids = () => tf.engine().backend.numDataIds();
    tf.matMul(a, b, true).dispose();
    const before = ids();
    for (let i = 0; i < 20; i++) {
      tf.matMul(a, b, true).dispose();
      tf.matMul(a, a, false, true).dispose();
    }
    assert.equal(ids(), before);
    tf.dispose([a, b]);
  });

  it('fused with a bias and an activation are those of the cpu back end, NaN included', () => {
    const [a, b, bias] = [normal([3, 4], 1), normal([4, 5], 2), normal([5], 3)];
    const broken = tf.tensor2d([[NaN, 1], [-1, 2]]); // prettier-ignore
    for (const activation of ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const) {
      assertSame(
        () => ({
          plain: tf.fused.matMul({ a, b, activation }),
          biased: tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.3 }),
          turned: tf.fused.matMul({ a: b, b: a, transposeA: true, transposeB: true, activation }),
        }),
        activation,
      );
      const [first, , third] = tf.fused.matMul({ a: broken, b: tf.eye(2), activation }).dataSync();
      assert.deepEqual([first, Number.isFinite(third)], [NaN, true], activation);
    }
    tf.dispose([a, b, bias, broken]);
  });
});
