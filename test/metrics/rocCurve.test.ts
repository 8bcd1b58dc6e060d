import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import { rocCurve } from '../../src/metrics/rocCurve';
import { warningsOf } from '../warningsOf';
import { againstGolden } from './againstGolden';
import { rocCases, rocInputs } from './metricGoldens';

describe('rocCurve', () => {
  it('equals scikit-learn and refuses what it refuses', () => {
    let values = 0;
    for (const [given, expected] of rocCases) {
      const { yTrue, yScore, sampleWeight } = rocInputs(given);
      const posLabel = given.kind === 'text' ? 'yes' : undefined;
      const run = (): unknown =>
        rocCurve(yTrue, yScore, { sampleWeight, posLabel, dropIntermediate: given.drop });
      if (againstGolden(run, expected.curve, given)) values++;
    }
    strictEqual(values > 190, true);
  });

  it('takes the probabilities of a model of one unit', () => {
    const [fpr] = rocCurve([0, 1], [[0.2], [0.9]]);
    deepStrictEqual(fpr, [0, 0, 1]);
  });

  it('warns where a rate is undefined', () => {
    const { value, warnings } = warningsOf(() => rocCurve([1, 1], [0.5, 0.6]));
    deepStrictEqual(value[0], [NaN, NaN, NaN]);
    deepStrictEqual(warnings, ['Warning: no negative samples in yTrue: the false positive rate is NaN.']);
  });

  it('says what is wrong', () => {
    throws(() => rocCurve([2, 3], [0.5, 0.6]), {
      message:
        'Expected the labels of yTrue to be 0 and 1 or -1 and 1, received [2, 3]. Name the positive one in posLabel.',
    });
    throws(() => rocCurve([0, 1], [0.5, 0.6], { posLabel: '1' }), {
      message: 'Expected posLabel to be of the kind found in yTrue [0, 1], received "1".',
    });
    throws(() => rocCurve([0, 1], [0.5]), {
      message: 'Expected yTrue and yScore to have as many samples, received 2 and 1.',
    });
  });
});
