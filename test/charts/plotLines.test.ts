import assert from 'node:assert/strict';
import { plotLines } from '../../src/charts/plotLines';
import { checkChart } from './checkChart';
import { shaped, untyped } from './untyped';

describe('plotLines', () => {
  it('draws a line with its points for each name, of different lengths too', async () => {
    const chart = plotLines(
      { '16 units': [0.4, 0.3, 0.35], '64 units': [0.35, 0.36] },
      { yTitle: 'validation loss', mark: 2 },
    );
    assert.equal(chart.title, 'Validation loss by epoch');
    await checkChart('plotLines', chart, { line: 2, symbol: 5, rule: 1, text: 1 });
  });

  it('smooths before it skips', () => {
    const chart = plotLines({ a: [4, 2, 0] }, { smooth: 0.5, skip: 1 });
    const { layer } = shaped<{ layer: { data: { values: unknown } }[] }>(chart.spec);
    assert.deepEqual(layer[0]!.data.values, [
      { x: 2, y: 3, series: 'a' },
      { x: 3, y: 1.5, series: 'a' },
    ]);
  });

  it('tells the values in text', () => {
    assert.equal(String(plotLines({ a: [1, 2] })), 'Value by epoch\n  a: 1 (epoch 1) → 2 (epoch 2)');
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotLines(untyped([1])), {
      message: 'Expected series to be an object of name: numbers, received an array of length 1.',
    });
    assert.throws(() => plotLines({ a: [] }), {
      message: 'Expected series.a to hold at least one number, received none.',
    });
    assert.throws(() => plotLines({ a: [1] }, { skip: 1 }), {
      message: 'Expected skip to be a whole number from 0 to 0, received 1.',
    });
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}`, [i]]));
    assert.throws(() => plotLines(nine), { message: 'Expected at most 8 lines to tell apart, received 9.' });
  });
});
