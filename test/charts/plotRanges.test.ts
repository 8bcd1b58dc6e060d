import assert from 'node:assert/strict';
import { plotRanges } from '../../src/charts/plotRanges';
import { checkChart } from './checkChart';
import { shaped, untyped } from './untyped';

describe('plotRanges', () => {
  it('draws range, quartiles and median of every column', async () => {
    const x = [
      [0.1, 300],
      [0.5, 700],
      [0.2, 400],
      [0.9, 310],
    ];
    const chart = plotRanges(x, { names: ['crime', 'tax'] });
    await checkChart('plotRanges', chart, { rule: 2, rect: 4 });
    assert.equal(
      String(chart),
      'Ranges of 2 features\n  crime: 0.1 to 0.9, median 0.35\n  tax: 300 to 700, median 355',
    );
    // numpy.percentile(x, [25, 75], axis=0) → [[0.175, 307.5], [0.6, 475]]
    const { data } = shaped<{ data: { values: { first: number; third: number }[] } }>(chart.spec);
    assert.deepEqual(
      data.values.map(({ first, third }) => [first, third]),
      [
        [0.175, 0.6],
        [307.5, 475],
      ],
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotRanges([[1, 2], [1]]), {
      message: 'Expected every row of x to have 2 values as row 0 has, received 1 in row 1.',
    });
    assert.throws(() => plotRanges([[1, 2]], { names: ['a'] }), {
      message: 'Expected names to be 2 different names, one for each column, received an array of length 1.',
    });
    assert.throws(() => plotRanges(untyped({ values: [[1]] })), {
      message: "Expected x to be rows of numbers, received an object. Pass a DataFrame's .values.",
    });
  });
});
