import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { plotBroadcast } from '../../src/charts/plotBroadcast';
import { checkChart } from './checkChart';
import { untyped } from './untyped';

describe('plotBroadcast', () => {
  it('adds axes, repeats, and gives the result', async () => {
    const chart = plotBroadcast([3, 1], [4], { names: ['column', 'row <b>'] });
    await checkChart('plotBroadcast', chart, { rect: 11, text: 23 });
    assert.equal(
      String(chart),
      '(3, 1) and (4,)\n  column: (3, 1)\n  row <b>: (4,)\n  row <b> with axes added: (1, 4), one axis of size 1 in front\n' +
        '  column repeated: (3, 4), 4 times along axis 1\n  row <b> repeated: (3, 4), 3 times along axis 0\n' +
        '  result: (3, 4), all sizes agree',
    );
  });

  it('marks the axis where the shapes do not fit', async () => {
    const chart = plotBroadcast([3, 5], [3]);
    await checkChart('plotBroadcast-misfit', chart, { rect: 3, text: 8 });
    assert.match(String(chart), /b: \(3,\), axis 1: 5 and 3 differ, and neither is 1$/);
  });

  it('takes tensors, and scalars', () => {
    const [a, b] = [tf.zeros([2, 3]), tf.scalar(1)];
    assert.match(String(plotBroadcast(a, b)), /result: \(2, 3\), all sizes agree$/);
    assert.match(String(plotBroadcast([], [])), /result: \(\), two scalars$/);
    tf.dispose([a, b]);
  });

  it('agrees with TensorFlow.js on which shapes fit, and on the result', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(shapes, shapes, (a, b) => {
        let expected: string | undefined;
        try {
          expected = tf.tidy(() => tf.zeros(a).add(tf.zeros(b)).shape.join(', '));
        } catch {
          expected = undefined;
        }
        const last = String(plotBroadcast(a, b)).split('\n').at(-1) ?? '';
        const found = /^ {2}result: \((.*?),?\), /.exec(last)?.[1];
        assert.equal(found, expected);
      }),
      { numRuns: 80 },
    );
  });

  it('refuses what is no shape', () => {
    assert.throws(() => plotBroadcast(untyped('x'), [1]), {
      message: 'Expected a to be a shape such as [3, 4] or a tensor, received "x".',
    });
    assert.throws(() => plotBroadcast([1], untyped([[1], [2]])), {
      message: 'Expected b to be a shape such as [3, 4] or a tensor, received an array of length 2.',
    });
    assert.throws(() => plotBroadcast([0], [1]), {
      message: 'Expected the sizes of a to be whole numbers of at least 1, received 0.',
    });
    assert.throws(() => plotBroadcast([1, 1, 1, 1, 1, 1, 1, 1, 1], [1]), {
      message: 'Expected at most 8 axes to draw, received 9 of a.',
    });
    assert.throws(() => plotBroadcast([1], [1], { names: untyped('ab') }), {
      message: 'Expected names to be two names such as ["a", "b"], received "ab".',
    });
  });
});
