import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as fc from 'fast-check';
import { rocAucScore } from '../../src/metrics/rocAucScore';
import { warningsOf } from '../warningsOf';
import { againstGolden } from './againstGolden';
import { rocCases, rocInputs } from './metricGoldens';

describe('rocAucScore', () => {
  it('equals scikit-learn', () => {
    for (const [given, expected] of rocCases) {
      const { yTrue, yScore, sampleWeight } = rocInputs(given);
      againstGolden(() => rocAucScore(yTrue, yScore, { sampleWeight }), expected.auc, given);
    }
  });

  it('is the chance that a positive sample scores higher', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(9)), { minLength: 2, maxLength: 40 }), samples => {
        const positive = samples.filter(([label]) => label === 1).map(([, score]) => score);
        const negative = samples.filter(([label]) => label === 0).map(([, score]) => score);
        fc.pre(positive.length > 0 && negative.length > 0);
        let wins = 0;
        for (const p of positive) for (const q of negative) wins += p > q ? 1 : p === q ? 0.5 : 0;
        const area = rocAucScore(
          samples.map(([label]) => label),
          samples.map(([, score]) => score),
        );
        strictEqual(Math.abs(area - wins / positive.length / negative.length) < 1e-12, true);
      }),
    );
  });

  it('warns of a single class and refuses more than two', () => {
    const { value, warnings } = warningsOf(() => rocAucScore([1, 1], [0.1, 0.2]));
    strictEqual(value, NaN);
    deepStrictEqual(warnings, [
      'Warning: only one class is present in yTrue: the area under the ROC curve is undefined.',
    ]);
    throws(() => rocAucScore([0, 1, 2], [0, 1, 2]), {
      message:
        'Expected two classes in yTrue, received 3. Score each class against the rest: ' +
        'yTrue.map((label) => label === k ? 1 : 0) with column k of the probabilities.',
    });
  });
});
