import { deepStrictEqual, throws } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import { toLabels } from '../../src/labels/toLabels';
import { untyped } from '../untyped';

describe('toLabels', () => {
  it('reads lists, columns, typed arrays, tensors and booleans', () => {
    deepStrictEqual(toLabels([3, -1, -0], 'y'), [3, -1, 0]);
    deepStrictEqual(toLabels([[3], [1]], 'y'), [3, 1]);
    deepStrictEqual(toLabels([Float32Array.of(3), Float32Array.of(1)], 'y'), [3, 1]);
    deepStrictEqual(toLabels(Int32Array.of(3, 1), 'y'), [3, 1]);
    deepStrictEqual(toLabels(tf.tensor1d([3, 1]), 'y'), [3, 1]);
    deepStrictEqual(toLabels([true, false], 'y'), [1, 0]);
    deepStrictEqual(toLabels(['b', 'a'], 'y'), ['b', 'a']);
  });

  it('says what is wrong and where', () => {
    const cases: [unknown, string][] = [
      [[], 'Expected y to have at least one label, received none.'],
      [null, 'Expected y to be a list, one value for each sample, received null.'],
      [[1, undefined], 'Expected y to hold whole numbers or texts, received undefined at position 1.'],
      [
        [1, 'a'],
        'Expected y to hold labels of one kind, received a number at position 0 and a string at position 1.',
      ],
      // A hole in an array.
      [untyped(new Array(1)), 'Expected y to hold whole numbers or texts, received undefined at position 0.'],
    ];
    for (const [value, message] of cases) throws(() => toLabels(value, 'y'), { message });
  });
});
