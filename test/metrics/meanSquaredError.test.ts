import { strictEqual, throws } from 'node:assert';
import { meanSquaredError } from '../../src/metrics/meanSquaredError';
import { againstGolden } from './againstGolden';
import { regressionCases, regressionInputs } from './metricGoldens';
import { untyped } from '../untyped';

describe('meanSquaredError', () => {
  it('equals scikit-learn and refuses what it refuses', () => {
    let values = 0;
    for (const [given, expected] of regressionCases) {
      const { yTrue, yPred, sampleWeight, multioutput } = regressionInputs(given);
      const options = { sampleWeight, multioutput: untyped(multioutput) };
      if (againstGolden(() => meanSquaredError(yTrue, yPred, options), expected.mse, given)) values++;
    }
    strictEqual(values > 200, true);
  });

  it('says what is wrong', () => {
    throws(() => meanSquaredError([1], [1], untyped({ sampleWeights: [1] })), {
      message:
        'Unknown option "sampleWeights" of meanSquaredError. Did you mean "sampleWeight"? Its options are: sampleWeight, multioutput.',
    });
  });
});
