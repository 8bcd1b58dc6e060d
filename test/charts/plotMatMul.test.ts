import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { plotMatMul } from '../../src/charts/plotMatMul';
import { checkChart, countMarks } from './checkChart';
import { shaped, untyped } from './untyped';

const a = [
  [1, 2, 3],
  [4, 5, 6],
];
const b = [
  [1, 0],
  [0, 1],
  [2, -1],
];

describe('plotMatMul', () => {
  it('draws both factors, the result where they cross, and the frame of one sum', async () => {
    const chart = plotMatMul(a, b, { highlight: [1, 1] });
    await checkChart('plotMatMul', chart, { rect: 16 + 3, text: 16 + 5 });
    assert.equal(
      String(chart),
      '(2, 3) · (3, 2)\n  3 columns of a = 3 rows of b: the result has shape (2, 2)\n' +
        '  row 1 by column 1: 4 × 0 + 5 × 1 + 6 × (-1) = -1',
    );
  });

  it('computes what tf.dot computes, vectors included', () => {
    const factors: [number[] | number[][], number[] | number[][]][] = [
      [a, b],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [a, [1, 0, -1]],
      [[1, -1], a],
    ];
    for (const [left, right] of factors) {
      const { layer } = shaped<{ layer: { data: { values: { at?: string; v: number }[] } }[] }>(
        plotMatMul(left, right).spec,
      );
      const drawn = layer[0]!.data.values.filter(({ at }) => at?.startsWith('result')).map(({ v }) => v);
      assert.deepEqual(drawn, [...tf.tidy(() => tf.dot(left, right).dataSync())]);
    }
  });

  it('draws large factors, and shapes alone, as boxes', async () => {
    const chart = plotMatMul({ shape: [512, 784] }, { shape: [784, 32] }, { names: ['x', 'W'] });
    await checkChart('plotMatMul-shapes', chart, { rect: 3, text: 7 });
    const large = tf.zeros([20, 3]);
    assert.deepEqual(countMarks(await plotMatMul(large, [1, 2, 3]).toSVG()), { rect: 3, text: 7 });
    large.dispose();
  });

  it('says where shapes do not fit', async () => {
    const chart = plotMatMul(a, a);
    assert.equal(String(chart), '(2, 3) · (2, 3)\n  3 columns of a ≠ 2 rows of b: no dot product');
    assert.deepEqual(countMarks(await chart.toSVG()), { rect: 12, text: 12 + 3 });
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotMatMul(3, a), {
      message: 'Expected a to be a vector or a matrix (1 or 2 axes), received shape ().',
    });
    assert.throws(() => plotMatMul([a], a), {
      message: 'Expected a to be a vector or a matrix (1 or 2 axes), received shape (1, 2, 3).',
    });
    assert.throws(() => plotMatMul(a, b, { highlight: [2, 0] }), {
      message: 'Expected highlight to be a row from 0 to 1 and a column from 0 to 1, received [2, 0].',
    });
    assert.throws(() => plotMatMul(a, b, { highlight: untyped(1) }), {
      message: 'Expected highlight to be [row, column], received 1.',
    });
    assert.throws(() => plotMatMul({ shape: [0, 2] }, b), {
      message: 'Expected the sizes of a to be whole numbers of at least 1, received 0.',
    });
    assert.throws(() => plotMatMul(a, b, untyped({ highlite: [0, 0] })), {
      message:
        'Unknown option "highlite" of plotMatMul. Did you mean "highlight"? Its options are: highlight, names, title.',
    });
  });
});
