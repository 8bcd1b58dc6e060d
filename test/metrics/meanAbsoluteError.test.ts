import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { meanAbsoluteError } from '../../src/metrics/meanAbsoluteError';
import { againstGolden } from './againstGolden';
import { regressionCases, regressionInputs } from './metricGoldens';
import { untyped } from '../untyped';

describe('meanAbsoluteError', () => {
  it('equals scikit-learn and refuses what it refuses', () => {
    let values = 0;
    for (const [given, expected] of regressionCases) {
      const { yTrue, yPred, sampleWeight, multioutput } = regressionInputs(given);
      const options = { sampleWeight, multioutput: untyped(multioutput) };
      if (againstGolden(() => meanAbsoluteError(yTrue, yPred, options), expected.mae, given)) values++;
    }
    strictEqual(values > 200, true);
  });

  it('is 0 for a perfect prediction, and the shift for a shifted one', () => {
    const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(whole, fc.nat(100), (y, shift) => {
        strictEqual(meanAbsoluteError(y, y), 0);
        strictEqual(
          meanAbsoluteError(
            y,
            y.map(value => value + shift),
          ),
          shift,
        );
      }),
    );
  });

  it('takes columns, typed arrays and tensors', () => {
    const yTrue: number[] = untyped(Object.freeze([1, 2, 3]));
    strictEqual(meanAbsoluteError(yTrue, [[2], [2], [5]]), 1);
    strictEqual(meanAbsoluteError(yTrue, Float32Array.from([2, 2, 5])), 1);
    strictEqual(meanAbsoluteError(tf.tensor1d(yTrue), tf.tensor2d([2, 2, 5], [3, 1])), 1);
    deepStrictEqual(
      meanAbsoluteError([[1, 2]], [Float32Array.from([2, 4])], { multioutput: 'raw_values' }),
      [1, 2],
    );
  });

  it('says what is wrong', () => {
    const cases: [() => unknown, string][] = [
      [() => meanAbsoluteError([], []), 'Expected yTrue to have at least one sample, received none.'],
      [
        () => meanAbsoluteError([1], [1, 2]),
        'Expected yTrue and yPred to have as many samples, received 1 and 2.',
      ],
      [
        () => meanAbsoluteError([1], [[1, 2]]),
        'Expected yTrue and yPred to have as many outputs, received 1 and 2.',
      ],
      [
        () => meanAbsoluteError([1], [NaN]),
        'Expected yPred to hold finite numbers, received NaN at position 0.',
      ],
      [
        () => meanAbsoluteError([[1], [Infinity]], [1, 2]),
        'Expected row 1 of yTrue to hold finite numbers, received Infinity at position 0.',
      ],
      [
        () => meanAbsoluteError([[1, 2], [1]], [1, 2]),
        'Expected every row of yTrue to have 2 values as row 0 has, received 1 in row 1.',
      ],
      [() => meanAbsoluteError([[]], [[]]), 'Expected yTrue to have at least one output, received none.'],
      [
        () => meanAbsoluteError(untyped([[1], 2]), [1, 2]),
        'Expected row 1 of yTrue to be an array of numbers, received 2.',
      ],
      [
        () => meanAbsoluteError(tf.zeros([1, 1, 1]), [1]),
        'Expected yTrue to have 1 or 2 axes, received a tensor of shape [1, 1, 1].',
      ],
      [
        () => meanAbsoluteError(untyped(3), [1]),
        'Expected yTrue to be numbers or rows of numbers, received 3.',
      ],
      [
        () => meanAbsoluteError([1, 2], [1, 2], { multioutput: [1] }),
        'Expected several outputs when multioutput gives weights, received one. Leave it out.',
      ],
      [
        () => meanAbsoluteError([[1, 2]], [[1, 2]], { multioutput: [1] }),
        'Expected multioutput to have one weight for each of the 2 outputs, received 1.',
      ],
      [
        () => meanAbsoluteError([[1, 2]], [[1, 2]], { multioutput: [1, -1] }),
        'Expected the weights of multioutput not to sum to 0, received weights whose sum is 0.',
      ],
      [
        () => meanAbsoluteError([1, 2], [1, 2], { sampleWeight: [1, -1] }),
        'Expected the values of sampleWeight not to sum to 0, received weights whose sum is 0.',
      ],
      [
        () => meanAbsoluteError([1], [1], { multioutput: untyped('raw') }),
        'Expected multioutput to be "uniform_average" or "raw_values", received "raw".',
      ],
    ];
    for (const [run, message] of cases) throws(run, { message });
  });
});
