import assert from 'node:assert/strict';
import { plotThreshold } from '../../src/charts/plotThreshold';
import { accuracyScore } from '../../src/metrics/accuracyScore';
import { confusionMatrix } from '../../src/metrics/confusionMatrix';
import { rocCurve } from '../../src/metrics/rocCurve';
import { RandomState } from '../../src/random/RandomState';
import { checkChart } from './checkChart';
import { moveSlider } from './moveSlider';
import { shaped, untyped } from './untyped';
import { valuesOf } from './valuesOf';

interface Row {
  t: number;
  tn: number;
  fp: number;
  fn: number;
  tp: number;
  accuracy: number;
  fpr: number;
  recall: number;
}
const rowsOf = (chart: { spec: unknown }) => shaped<{ data: { values: Row[] } }>(chart.spec).data.values;

describe('plotThreshold', () => {
  it('shows confusion matrix, rates and ROC point at one threshold, and a slider for it', async () => {
    const chart = plotThreshold([0, 0, 1, 1], [[0.1], [0.6], [0.4], [0.9]], { labels: ['bad', 'good'] });
    await checkChart('plotThreshold', chart, { rect: 4, text: 7, line: 5, rule: 1, symbol: 4 });
    assert.equal(
      String(chart),
      'What the threshold decides\n' +
        '  threshold 0.5: 1 right and 1 wrong of those called good, 1 right and 1 wrong of the others\n' +
        '  precision: 0.5\n  recall: 0.5\n  accuracy: 0.5',
    );
  });

  it('tells what the slider asks for', async () => {
    const chart = plotThreshold([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9]);
    const texts = await moveSlider(chart, 'threshold', 0.3);
    assert.ok(texts.includes('3 called positive'), texts.join('|'));
    assert.ok(texts.includes('precision 0.667, recall 1.000'));
    assert.ok(texts.includes('false alarms 0.500, found 1.000'));
    const none = await moveSlider(chart, 'threshold', 1);
    assert.ok(none.includes('precision –, recall 0.000'));
  });

  it('states rates and counts at thresholds over the whole range, and where the slider stands', async () => {
    const [table, ...others] = await valuesOf(
      plotThreshold([0, 0, 0, 1, 1], [0.1, 0.2, 0.6, 0.4, 0.9], { threshold: 0.33 }),
    );
    assert.deepEqual(others, []);
    assert.equal(table?.length, 1 + 21 + 1);
    assert.equal(
      table[0],
      'threshold | precision | recall | accuracy | false alarms | true positives | false positives | true negatives | false negatives',
    );
    assert.ok(table.includes('0.33 | 0.667 | 1.000 | 0.800 | 0.333 | 2 | 1 | 2 | 0'), table.join('\n'));
    assert.equal(table.at(-1), '1.00 | – | 0.000 | 0.600 | 0.000 | 0 | 0 | 3 | 2');
  });

  it('tells shares with three digits', () => {
    const spec = JSON.stringify(plotThreshold([0, 1], [0.1, 0.9]).spec);
    const formats = [...spec.matchAll(/"field":"(value|fpr|recall)"[^{}]*"format":"([^"]*)"\}/g)];
    assert.deepEqual(
      formats.map(([, field, format]) => `${field} ${format}`),
      ['value .3f', 'fpr .3f', 'recall .3f'],
    );
  });

  it('counts as the metrics do, at every step', () => {
    const rng = new RandomState(0);
    const yTrue = Array.from({ length: 500 }, () => (rng.randomSample() > 0.6 ? 1 : 0));
    // Scores on the steps, too: a score equal to the threshold is not above it.
    const yScore = yTrue.map(label => Math.round(100 * (0.3 * label + 0.7 * rng.randomSample())) / 100);
    const rows = rowsOf(plotThreshold(yTrue, yScore));
    assert.equal(rows.length, 101);
    const [fpr, tpr, thresholds] = rocCurve(yTrue, yScore, { dropIntermediate: false });
    for (const row of rows) {
      const called = yScore.map(score => (score > row.t ? 1 : 0));
      assert.deepEqual(confusionMatrix(yTrue, called, { labels: [0, 1] }), [
        [row.tn, row.fp],
        [row.fn, row.tp],
      ]);
      assert.ok(Math.abs(row.accuracy - accuracyScore(yTrue, called)) < 1e-6);
      const at = thresholds.findLastIndex(threshold => threshold > row.t);
      assert.ok(Math.abs(row.fpr - fpr[at]!) < 1e-6 && Math.abs(row.recall - tpr[at]!) < 1e-6, String(row.t));
    }
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotThreshold([0, 1], [0.5]), {
      message: 'Expected a score for each class, received 2 classes and 1 scores.',
    });
    assert.throws(() => plotThreshold([0, 2], [0.5, 0.5]), {
      message: 'Expected yTrue to hold 0 and 1, received 2 at position 1.',
    });
    assert.throws(() => plotThreshold([0, 1], [0.5, 1.5]), {
      message: 'Expected yScore to hold probabilities from 0 to 1, received 1.5 at position 1.',
    });
    assert.throws(() => plotThreshold([1, 1], [0.5, 0.5]), {
      message: 'Expected yTrue to hold both 0 and 1, received only 1.',
    });
    assert.throws(() => plotThreshold([0, 1], [0, 1], { labels: untyped(['a', 'a']) }), {
      message: 'Expected labels to be two different names, received an array of length 2.',
    });
  });
});
