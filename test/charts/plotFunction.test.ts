import assert from 'node:assert/strict';
import { plotFunction } from '../../src/charts/plotFunction';
import { checkChart } from './checkChart';
import { shaped, untyped } from './untyped';

describe('plotFunction', () => {
  it('draws a curve for each function, with gaps where it is not finite', async () => {
    const chart = plotFunction(
      { relu: x => Math.max(0, x), '1 / x': x => 1 / x },
      { range: [-1, 1], points: 5, yTitle: 'value' },
    );
    await checkChart('plotFunction', chart, { line: 2 });
    const { layer } = shaped<{ layer: { data: { values: { curve: string; y: number | null }[] } }[] }>(
      chart.spec,
    );
    const values = layer[0]!.data.values.filter(({ curve }) => curve === '1 / x').map(({ y }) => y);
    assert.deepEqual(values, [-1, -2, null, 2, 1]);
    assert.equal(
      String(chart),
      'Value by x\n  relu: 0 at -1, 0 in the middle, 1 at 1\n  1 / x: -1 at -1, Infinity in the middle, 1 at 1',
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotFunction(untyped(Math.sin)), {
      message: 'Expected an object of name: function, received a function.',
    });
    assert.throws(() => plotFunction({ a: untyped(1) }), {
      message: 'Expected a to be a function of x, received 1.',
    });
    assert.throws(() => plotFunction({ a: untyped(() => 'x') }), {
      message: 'Expected a to give a number, received "x" at x = -3.',
    });
    assert.throws(() => plotFunction({}), {
      message: 'Expected 1 to 8 functions to tell apart, received 0.',
    });
    assert.throws(() => plotFunction({ a: Math.sin }, { range: [1, 1] }), {
      message: 'Expected range to be two finite numbers, the lower one first, received an array of length 2.',
    });
  });
});
