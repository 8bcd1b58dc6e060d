import assert from 'node:assert/strict';
import { plotComparison } from '../../src/charts/plotComparison';
import { checkChart } from './checkChart';

const runs = { '64-4': [0.7, 0.71, 0.72], '64-128': new Float64Array([0.79]) };

describe('plotComparison', () => {
  it('draws a dot for each run, the mean and its spread, and the references', async () => {
    const chart = plotComparison(runs, {
      valueTitle: 'test accuracy',
      reference: { '64-4': 0.7064 },
      referenceTitle: 'Keras',
    });
    assert.equal(chart.title, 'Test accuracy of 2 models');
    // Ticks are drawn as rectangles.
    await checkChart('plotComparison', chart, { rect: 4, symbol: 5 });
    assert.equal(
      String(chart),
      'Test accuracy of 2 models\n  64-4: 0.71 ± 0.01 (3 runs), Keras 0.7064\n  64-128: 0.79 ± 0 (1 run)',
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotComparison(runs, { reference: { '64-8': 1 } }), {
      message: 'Expected the names of reference among those of the runs (64-4, 64-128), received "64-8".',
    });
    assert.throws(() => plotComparison({ a: [Infinity] }), {
      message: 'Expected runs.a to hold finite numbers, received Infinity at position 0.',
    });
    assert.throws(() => plotComparison({}), {
      message: 'Expected runs to name at least one series, received {}.',
    });
  });
});
