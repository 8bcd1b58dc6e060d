import { strictEqual, throws } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { accuracyScore } from '../../src/metrics/accuracyScore';
import { isError } from '../reference/sklearn/source';
import { againstGolden } from './againstGolden';
import { classesCases, classesInputs } from './metricGoldens';
import { untyped } from '../untyped';

describe('accuracyScore', () => {
  it('equals scikit-learn', () => {
    for (const [given, expected] of classesCases) {
      const { yTrue, yPred, sampleWeight } = classesInputs(given);
      againstGolden(() => accuracyScore(yTrue, yPred, { sampleWeight }), expected.accuracy, given);
      const right = (): number => accuracyScore(yTrue, yPred, { sampleWeight, normalize: false });
      if (given.weights !== 'float' || isError(expected.right)) againstGolden(right, expected.right, given);
      // A dot product by BLAS, whose order of additions depends on the processor.
      else strictEqual(Math.abs(right() - Number(expected.right)) <= 1e-13 * right(), true);
    }
  });

  it('counts every label right against itself, and none against another', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), y => {
        strictEqual(accuracyScore(y, y), 1);
        strictEqual(
          accuracyScore(
            y,
            y.map(label => label + 1),
          ),
          0,
        );
      }),
    );
  });

  it('takes texts, booleans, typed arrays, columns and tensors, and changes none', () => {
    const yTrue: number[] = untyped(Object.freeze([1, 0, 1, 1]));
    strictEqual(accuracyScore(yTrue, Uint8Array.from([1, 0, 0, 1])), 0.75);
    strictEqual(accuracyScore(yTrue, [true, false, false, true]), 0.75);
    strictEqual(accuracyScore(yTrue, [[1], [0], [0], [1]]), 0.75);
    strictEqual(accuracyScore(yTrue, tf.tensor2d([1, 0, 0, 1], [4, 1])), 0.75);
    strictEqual(accuracyScore(['a', 'b'], ['a', 'c']), 0.5);
  });

  it('says what is wrong', () => {
    const cases: [() => unknown, string][] = [
      [() => accuracyScore([], []), 'Expected yTrue to have at least one label, received none.'],
      [
        () => accuracyScore([1], [1, 0]),
        'Expected yTrue and yPred to have as many samples, received 1 and 2.',
      ],
      [
        () => accuracyScore([1, 0], [0.9, 0.2]),
        'Expected yPred to hold class labels, received 0.9 at position 0. ' +
          'Turn probabilities into labels first: the position of the largest in each row, or p > 0.5 for a single unit.',
      ],
      [
        () => accuracyScore([1, 0], [[0, 1], [1, 0]]), // prettier-ignore
        'Expected yPred to have one value for each sample, received a row of 2 values at position 0. ' +
          'Of one-hot rows or probabilities take the position of the largest in each row.',
      ],
      [
        () => accuracyScore([1, 0], ['1', '0']),
        'Expected yTrue and yPred to hold the same kind of labels, received numbers and strings. Turn one into the other first.',
      ],
      [
        () => accuracyScore([1, NaN], [1, 0]),
        'Expected yTrue to hold whole numbers or texts, received NaN at position 1.',
      ],
      [
        () => accuracyScore(untyped(['a', 1]), ['a', 'b']),
        'Expected yTrue to hold labels of one kind, received a string at position 0 and a number at position 1.',
      ],
      [
        () => accuracyScore(untyped('abc'), [1]),
        'Expected yTrue to be a list, one value for each sample, received "abc".',
      ],
      [
        () => accuracyScore([1, 0], [1, 0], { sampleWeight: [1] }),
        'Expected sampleWeight to have one weight for each of the 2 samples, received 1.',
      ],
      [
        () => accuracyScore([1, 0], [1, 0], { sampleWeight: [0, 0] }),
        'Expected sampleWeight to have at least one weight other than 0, received only zeros.',
      ],
      [
        () => accuracyScore([1, 0], [1, 0], { sampleWeight: [1, -1] }),
        'Expected the values of sampleWeight not to sum to 0, received weights whose sum is 0.',
      ],
      [
        () => accuracyScore([1, 0], [1, 0], { sampleWeight: [1, Infinity] }),
        'Expected sampleWeight to hold finite numbers, received Infinity at position 1.',
      ],
      [
        () => accuracyScore([1], [1], untyped({ sampleweight: [1] })),
        'Unknown option "sampleweight" of accuracyScore. Did you mean "sampleWeight"? Its options are: normalize, sampleWeight.',
      ],
    ];
    for (const [run, message] of cases) throws(run, { message });
  });
});
