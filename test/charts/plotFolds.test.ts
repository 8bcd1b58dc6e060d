import assert from 'node:assert/strict';
import { plotFolds } from '../../src/charts/plotFolds';
import { checkChart } from './checkChart';
import { shaped, untyped } from './untyped';

describe('plotFolds', () => {
  it('draws every fold and the mean, then the mean smoothed, from later on, with its lowest point', async () => {
    const folds = [
      [3, 2, 1, 2],
      [5, 4, 3, 4],
    ];
    const before = structuredClone(folds);
    const chart = plotFolds(folds, { skip: 1, smooth: 0.5 });
    assert.equal(chart.title, 'Validation MAE of 2 folds');
    await checkChart('plotFolds', chart, { line: 4, rule: 1, text: 1 });
    assert.deepEqual(folds, before);
    // Means 4, 3, 2, 3; from epoch 2 on, smoothed by half: 3, 2.5, 2.75.
    const { hconcat } = shaped<{ hconcat: { layer: { data: { values: { x: number; y: number }[] } }[] }[] }>(
      chart.spec,
    );
    assert.deepEqual(
      hconcat[1]!.layer[0]!.data.values.map(({ x, y }) => [x, y]),
      [
        [2, 3],
        [3, 2.5],
        [4, 2.75],
      ],
    );
  });

  it('tells the values in text', () => {
    assert.equal(
      String(plotFolds([[3, 2, 2.5], new Float32Array([4, 2.5, 2.75])], { yTitle: 'MAE', smooth: 0 })),
      [
        'MAE of 2 folds',
        '  mean: 3.5 (epoch 1) → 2.625 (epoch 3)',
        '  the mean: lowest 2.25 (epoch 2), last 2.625',
        '  folds at epoch 3: 2.5, 2.75',
      ].join('\n'),
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotFolds([[1, 2], [1]]), {
      message: 'Expected the curves of all folds to be equally long, received lengths 2 and 1.',
    });
    assert.throws(() => plotFolds(untyped([1, 2])), {
      message: 'Expected folds to be an array with one curve for each fold, received an array of length 2.',
    });
    assert.throws(() => plotFolds([[1, NaN]]), {
      message: 'Expected folds[0] to hold finite numbers, received NaN at position 1.',
    });
    assert.throws(() => plotFolds([[1, 2]], { skip: 2 }), {
      message: 'Expected skip to be a whole number from 0 to 1, received 2.',
    });
  });
});
