import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import { classificationReport } from '../../src/metrics/classificationReport';
import { warningsOf } from '../warningsOf';
import { againstGolden } from './againstGolden';
import { classesCases, classesInputs, zeroDivisionOf } from './metricGoldens';
import { untyped } from '../untyped';

describe('classificationReport', () => {
  it('takes labels and names that averages have too', () => {
    // scikit-learn 1.9.1.
    const { accuracy } = classificationReport(['accuracy', 'x', 'x'], ['x', 'x', 'x'], {
      outputDict: true,
      zeroDivision: 0,
    });
    strictEqual(accuracy, 2 / 3);
    const table = classificationReport([0, 1, 1], [0, 0, 1], { targetNames: ['accuracy', 'precision'] });
    strictEqual(
      table,
      [
        '              precision    recall  f1-score   support',
        '',
        '    accuracy       0.50      1.00      0.67         1',
        '   precision       1.00      0.50      0.67         2',
        '',
        '    accuracy                           0.67         3',
        '   macro avg       0.75      0.75      0.67         3',
        'weighted avg       0.83      0.67      0.67         3',
        '',
      ].join('\n'),
    );
  });

  it('prints scikit-learn’s table, character for character', () => {
    let values = 0;
    for (const [given, expected] of classesCases) {
      if (expected.report === undefined) continue;
      const { yTrue, yPred, ...common } = classesInputs(given);
      const options = { ...common, digits: given.digits, zeroDivision: zeroDivisionOf(given) };
      if (againstGolden(() => classificationReport(yTrue, yPred, options), expected.report, given)) values++;
    }
    strictEqual(values > 300, true);
  });

  it('gives scikit-learn’s values', () => {
    let values = 0;
    for (const [given, expected] of classesCases) {
      if (expected.dict === undefined) continue;
      const { yTrue, yPred, ...common } = classesInputs(given);
      if (common.labels?.length === 0) continue;
      const run = (): object =>
        classificationReport(yTrue, yPred, {
          ...common,
          outputDict: true,
          zeroDivision: zeroDivisionOf(given),
        });
      if (againstGolden(run, expected.dict, given)) values++;
    }
    strictEqual(values > 60, true);
  });

  it('widens for long names and names the labels', () => {
    const report = classificationReport([0, 1], [0, 1], { targetNames: ['short', 'a very long name'] });
    deepStrictEqual(report.split('\n').slice(0, 4), [
      '                  precision    recall  f1-score   support',
      '',
      '           short       1.00      1.00      1.00         1',
      'a very long name       1.00      1.00      1.00         1',
    ]);
  });

  it('warns once of scores without a divisor, unless told what to put', () => {
    const { warnings } = warningsOf(() => classificationReport([0, 0], [1, 1]));
    deepStrictEqual(warnings, [
      'Warning: undefined and set to 0: precision for labels that were never predicted, recall for labels that are never true. Set zeroDivision to 0, 1 or NaN to choose the value.',
    ]);
    deepStrictEqual(warningsOf(() => classificationReport([0, 0], [1, 1], { zeroDivision: 0 })).warnings, []);
  });

  it('says what is wrong', () => {
    throws(() => classificationReport([0, 1], [0, 1], { targetNames: ['a'] }), {
      message:
        'Expected targetNames to have one name for each of the 2 labels, received 1. Name all labels in the option labels if some do not occur.',
    });
    throws(() => classificationReport([0, 1], [0, 1], { targetNames: untyped([1, 2]) }), {
      message: 'Expected targetNames to be texts, received an array of length 2.',
    });
    throws(() => classificationReport([0, 1], [0, 1], { zeroDivision: 2 }), {
      message: 'Expected zeroDivision to be "warn", 0, 1 or NaN, received 2.',
    });
    throws(() => classificationReport([0, 1], [0, 1], { digits: 1.5 }), {
      message: 'Expected digits to be a whole number from 0 to 40, received 1.5.',
    });
    throws(() => classificationReport([0, 1], [0, 1], untyped({ output_dict: true })), {
      message:
        'Unknown option "output_dict" of classificationReport. Did you mean "outputDict"? Its options are: labels, targetNames, sampleWeight, digits, outputDict, zeroDivision.',
    });
  });
});
