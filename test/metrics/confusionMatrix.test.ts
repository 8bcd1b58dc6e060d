import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as fc from 'fast-check';
import { confusionMatrix } from '../../src/metrics/confusionMatrix';
import { warningsOf } from '../warningsOf';
import { againstGolden } from './againstGolden';
import { classesCases, classesInputs } from './metricGoldens';
import { untyped } from '../untyped';

describe('confusionMatrix', () => {
  it('equals scikit-learn and refuses what it refuses', () => {
    let values = 0;
    for (const [given, expected] of classesCases) {
      if (expected.matrix === undefined) continue;
      const { yTrue, yPred, ...options } = classesInputs(given);
      const { normalize } = given;
      const run = (): number[][] => confusionMatrix(yTrue, yPred, { ...options, normalize });
      if (againstGolden(run, expected.matrix, given)) values++;
    }
    strictEqual(values > 300, true);
  });

  it('has the number of samples as its sum and the right ones in its diagonal', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1 }), pairs => {
        const yTrue = pairs.map(pair => pair[0]);
        const yPred = pairs.map(pair => pair[1]);
        const { value: matrix } = warningsOf(() => confusionMatrix(yTrue, yPred));
        const sum = matrix.flat().reduce((a, b) => a + b, 0);
        const diagonal = matrix.reduce((total, row, i) => total + row[i]!, 0);
        strictEqual(sum, pairs.length);
        strictEqual(diagonal, pairs.filter(([a, b]) => a === b).length);
      }),
    );
  });

  it('warns of a single label', () => {
    const { value, warnings } = warningsOf(() => confusionMatrix([1, 1], [1, 1]));
    deepStrictEqual(value, [[2]]);
    deepStrictEqual(warnings, [
      'Warning: a single label was found in yTrue and yPred. Name all known labels in the option labels to get a matrix of the right shape.',
    ]);
  });

  it('says what is wrong', () => {
    throws(() => confusionMatrix([0, 1], [0, 1], { labels: [2] }), {
      message: 'Expected at least one of labels to occur in yTrue, received [2], of which none does.',
    });
    throws(() => confusionMatrix([0, 1], [0, 1], { labels: [] }), {
      message: 'Expected labels to have at least one label, received none.',
    });
    throws(() => confusionMatrix([0, 1], [0, 1], { labels: [0, 1, 0] }), {
      message: 'Expected labels to name each label once, received 0 twice.',
    });
    throws(() => confusionMatrix([0, 1], [0, 1], { labels: ['0'] }), {
      message: 'Expected labels to be of the kind found in yTrue and yPred (numbers), received strings.',
    });
    throws(() => confusionMatrix([0, 1], [0, 1], { normalize: untyped('rows') }), {
      message: 'Expected normalize to be "true" or "pred" or "all", received "rows".',
    });
  });
});
