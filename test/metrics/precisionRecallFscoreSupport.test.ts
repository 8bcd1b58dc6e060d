import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import { precisionRecallFscoreSupport, type Average } from '../../src/metrics/precisionRecallFscoreSupport';
import { warningsOf } from '../warningsOf';
import { againstGolden } from './againstGolden';
import { classesCases, classesInputs, zeroDivisionOf } from './metricGoldens';
import { untyped } from '../untyped';

describe('precisionRecallFscoreSupport', () => {
  it('equals scikit-learn and refuses what it refuses', () => {
    let values = 0;
    for (const [given, expected] of classesCases) {
      const { yTrue, yPred, ...common } = classesInputs(given);
      if (common.labels?.length === 0) continue;
      if (given.average === 'binary') {
        // Labels would have no effect, and no text is the positive label 1: refused here in all cases.
        delete common.labels;
        if (given.kind === 'text') continue;
      }
      const average: Average = untyped(given.average);
      const options = { ...common, average, beta: given.beta, zeroDivision: zeroDivisionOf(given) };
      const run = (): unknown => precisionRecallFscoreSupport(yTrue, yPred, options);
      if (againstGolden(run, expected.scores, given)) values++;
    }
    strictEqual(values > 280, true);
  });

  it('scores the positive label', () => {
    const scores = precisionRecallFscoreSupport([0, 1, 1], [1, 1, 0], { average: 'binary' });
    deepStrictEqual(scores, [0.5, 0.5, 0.5, null]);
    const texts = precisionRecallFscoreSupport(['n', 'y'], ['y', 'y'], { average: 'binary', posLabel: 'y' });
    deepStrictEqual(texts, [0.5, 1, 2 / 3, null]);
  });

  it('warns of scores without a divisor', () => {
    const { warnings } = warningsOf(() =>
      precisionRecallFscoreSupport([0, 1], [0, 1], { labels: [0, 1, 2] }),
    );
    deepStrictEqual(warnings, [
      'Warning: undefined and set to 0: precision for labels that were never predicted, recall for labels that are never true, F-score for labels that are neither. Set zeroDivision to 0, 1 or NaN to choose the value.',
    ]);
  });

  it('says what is wrong', () => {
    const cases: [() => unknown, string][] = [
      [
        () => precisionRecallFscoreSupport([0, 1, 2], [0, 1, 2], { average: 'binary' }),
        "Expected two classes with average: 'binary', received 3. Choose 'micro', 'macro', 'weighted' or null.",
      ],
      [
        () => precisionRecallFscoreSupport([0, 2], [0, 2], { average: 'binary' }),
        'Expected posLabel to be one of [0, 2], received 1.',
      ],
      [
        () => precisionRecallFscoreSupport([0, 1], [0, 1], { average: 'binary', labels: [1] }),
        "Expected no labels together with average: 'binary'. Choose the label with posLabel.",
      ],
      [
        () => precisionRecallFscoreSupport([0, 1], [0, 1], { posLabel: 0 }),
        "Expected posLabel only together with average: 'binary'. Leave it out, or choose the label with labels.",
      ],
      [
        () => precisionRecallFscoreSupport([0, 1], [0, 1], { average: untyped('samples') }),
        'Expected average to be "binary" or "micro" or "macro" or "weighted", received "samples".',
      ],
      [
        () => precisionRecallFscoreSupport([0, 1], [0, 1], { beta: -1 }),
        'Expected beta to be a number of at least 0, received -1.',
      ],
    ];
    for (const [run, message] of cases) throws(run, { message });
  });
});
