import assert from 'node:assert/strict';
import { plotScatter } from '../../src/charts/plotScatter';
import { checkChart } from './checkChart';
import { untyped } from './untyped';

describe('plotScatter', () => {
  it('draws a dot for each pair and the line where prediction equals truth', async () => {
    const chart = plotScatter([7.2, 18.8, 19], [[8.1], [18.3], [20]], {
      xTitle: 'true price',
      yTitle: 'predicted price',
      line: 'identity',
    });
    await checkChart('plotScatter', chart, { symbol: 3, line: 1 });
    assert.equal(
      String(chart),
      [
        'Predicted price by true price',
        '  3 samples',
        '  true price: 7.2 to 19, mean 15',
        '  predicted price: 8.1 to 20, mean 15.47',
        '  mean distance from the line: 0.8',
      ].join('\n'),
    );
  });

  it('draws residuals around zero, and dots alone', async () => {
    await checkChart('plotScatter-zero', plotScatter([1, 2], [0.5, -0.5], { line: 'zero' }), {
      symbol: 2,
      line: 1,
    });
    await checkChart('plotScatter-none', plotScatter([1, 2], [0.5, -0.5]), { symbol: 2 });
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotScatter([1], [1, 2]), {
      message: 'Expected x and y to be equally long, received 1 and 2 values.',
    });
    assert.throws(() => plotScatter([1], [1], { line: untyped('identiy') }), {
      message:
        'Expected line to be "identity" or "zero" or "none", received "identiy". Did you mean "identity"?',
    });
    assert.throws(() => plotScatter([], []), {
      message: 'Expected x to hold at least one number, received none.',
    });
  });
});
