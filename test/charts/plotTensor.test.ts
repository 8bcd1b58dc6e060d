import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { plotTensor } from '../../src/charts/plotTensor';
import { checkChart, countMarks } from './checkChart';
import { shaped, untyped } from './untyped';
import { valuesOf } from './valuesOf';

interface Drawn {
  width: number;
  height: number;
  layer: { data: { values: { x: number; y: number; v?: number | null; at?: string; text?: string }[] } }[];
}

describe('plotTensor', () => {
  it('draws a matrix as rows and columns, with its numbers and named axes', async () => {
    const chart = plotTensor(
      [
        [1, -2.5, 3],
        [4, NaN, Infinity],
      ],
      { axes: ['samples', 'features <b>'] },
    );
    assert.equal(chart.title, 'Rank 2, shape (2, 3)');
    const svg = await checkChart('plotTensor', chart, { rect: 4, text: 8 });
    for (const text of ['>∞<', '>NaN<', '>-2.5<', '↓ axis 0: samples (2)', 'features &lt;b&gt;']) {
      assert.ok(svg.includes(text), text);
    }
    assert.equal(
      String(chart),
      'Rank 2, shape (2, 3)\n  2 axes, shape (2, 3)\n  6 values, from -2.5 to 4\n' +
        '  axis 0 (samples): 2\n  axis 1 (features <b>): 3',
    );
  });

  it('draws a scalar, a vector and a tf tensor with its type', async () => {
    assert.equal(String(plotTensor(12)), 'Rank 0, shape ()\n  0 axes, shape ()\n  1 value, the value 12');
    assert.equal(plotTensor(Float32Array.of(1, 2)).title, 'Rank 1, shape (2,)');
    const tensor = tf.tensor1d([1, 0, 1], 'int32');
    assert.match(String(plotTensor(tensor)), /1 axis, shape \(3,\), int32/);
    assert.deepEqual(countMarks(await plotTensor(tensor).toSVG()), { rect: 3, text: 4 });
    tensor.dispose();
  });

  it('puts slices side by side: from rank 3 on every second axis leads to the right', async () => {
    const tensor = tf.range(0, 2 * 2 * 2 * 2 * 3).reshape([2, 2, 2, 2, 3]);
    const chart = plotTensor(tensor.arraySync());
    await checkChart('plotTensor-rank5', chart, { rect: 48, text: 53 });
    const places = shaped<Drawn>(chart.spec).layer[0]!.data.values;
    const at = (index: string): { x: number; y: number; v?: number | null } =>
      places.find(p => p.at === index)!;
    const first = at('[0, 0, 0, 0, 0]');
    assert.deepEqual(
      [at('[0, 0, 0, 0, 1]').y, at('[0, 0, 1, 0, 0]').y, at('[1, 0, 0, 0, 0]').y],
      [first.y, first.y, first.y],
    );
    assert.deepEqual([at('[0, 0, 0, 1, 0]').x, at('[0, 1, 0, 0, 0]').x], [first.x, first.x]);
    assert.ok(at('[0, 0, 1, 0, 0]').x < at('[1, 0, 0, 0, 0]').x);
    assert.equal(at('[1, 0, 1, 1, 2]').v, 24 + 6 + 3 + 2);
    tensor.dispose();
  });

  it('shows the beginning of long axes, and says so', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => Array.from({ length: 40 }, (_row, j) => i * 40 + j));
    const before = structuredClone(rows);
    const svg = await plotTensor(rows).toSVG();
    assert.deepEqual(countMarks(svg), { rect: 32 * 32, text: 2 });
    assert.ok(svg.includes('↓ axis 0 (32 of 50)') && svg.includes('→ axis 1 (32 of 40)'));
    assert.deepEqual(rows, before);
  });

  it('draws a picture in its colours', async () => {
    const floats = [
      [
        [1, 0, 0],
        [0, 0.5, 1],
      ],
    ];
    const whole = tf.tensor3d([[[255, 0, 0], [0, 128, 255]]], [1, 2, 3], 'int32'); // prettier-ignore
    for (const picture of [floats, whole]) {
      const svg = await plotTensor(picture, { rgb: true }).toSVG();
      assert.ok(svg.includes('fill="#ff0000"') && svg.includes('fill="#0080ff"'));
      assert.ok(svg.includes('axis 2 (3) as colour'));
    }
    assert.deepEqual(await valuesOf(plotTensor(floats, { rgb: true })), [
      ['index | red | green | blue', '[0, 0] | 1 | 0 | 0', '[0, 1] | 0 | 0.5 | 1'],
    ]);
    assert.deepEqual((await valuesOf(plotTensor(whole, { rgb: true })))[0]?.[2], '[0, 1] | 0 | 128 | 255');
    whole.dispose();
  });

  it('keeps every cell within the picture and apart from the others, whatever the shape', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }), shape => {
        const size = shape.reduce((product, n) => product * n, 1);
        const handle = { shape, dataSync: () => Float32Array.from({ length: size }, (_, i) => i) };
        const { layer, width, height } = shaped<Drawn>(plotTensor(handle).spec);
        const cells = layer[0]!.data.values;
        assert.equal(new Set(cells.map(({ x, y }) => `${x} ${y}`)).size, cells.length);
        assert.ok(cells.every(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height));
        assert.ok(width <= 660);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotTensor([[1, 2], [3]]), {
      message:
        'Expected all parts of tensor along axis 1 to be equally long, received different lengths. Pad them first.',
    });
    assert.throws(() => plotTensor([]), {
      message: 'Expected a tensor with values, received one of shape (0,).',
    });
    assert.throws(() => plotTensor(untyped('abc')), {
      message: 'Expected tensor to hold numbers, received "abc".',
    });
    assert.throws(() => plotTensor([1, 2], { axes: ['a', 'b'] }), {
      message:
        'Expected axes to be 1 name, one for each axis of a tensor of shape (2,), received an array of length 2.',
    });
    assert.throws(() => plotTensor([1, 2], { rgb: true }), {
      message:
        'Expected a tensor whose last axis holds red, green and blue (size 3), received shape (2,). Leave out rgb.',
    });
    assert.throws(() => plotTensor([[[0, -1, 0]]], { rgb: true }), {
      message:
        'Expected colours as floats from 0 to 1 or integers from 0 to 255, received values from -1 to 0.',
    });
    assert.throws(() => plotTensor([1], untyped({ axis: ['a'] })), {
      message: 'Unknown option "axis" of plotTensor. Did you mean "axes"? Its options are: axes, rgb, title.',
    });
  });
});
