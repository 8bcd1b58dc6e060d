import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plotHistogram } from '../../src/charts/plotHistogram';
import { checkChart } from './checkChart';
import { shaped } from './untyped';

const rowsOf = (chart: { spec: unknown }) =>
  shaped<{ data: { values: { from: number; to: number; n: number; group: string }[] } }>(chart.spec).data
    .values;
const counts = (chart: { spec: unknown }) => rowsOf(chart).map(({ n }) => n);

describe('plotHistogram', () => {
  it('draws one bar a bin', async () => {
    const chart = plotHistogram([0.1, 0.2, 0.8], { bins: 4, range: [0, 1], xTitle: 'score' });
    assert.equal(chart.title, 'Distribution of score');
    await checkChart('plotHistogram', chart, { rect: 4 });
  });

  it('draws groups over each other with the same bins', async () => {
    const chart = plotHistogram(
      { negative: [[0.1], [0.2]], positive: new Float32Array([0.9, 1]) },
      { bins: 2, range: [0, 1], title: 'Scores' },
    );
    assert.deepEqual(counts(chart), [2, 0, 0, 2]);
    await checkChart('plotHistogram-groups', chart, { rect: 4 });
  });

  // numpy.histogram([0, 1, 1, 2, 3, 4, 4], bins=4) and with bins=[0, 1, 4], NumPy 2.x
  it('counts as numpy.histogram does', () => {
    assert.deepEqual(counts(plotHistogram([0, 1, 1, 2, 3, 4, 4], { bins: 4 })), [1, 2, 1, 3]);
    assert.deepEqual(counts(plotHistogram([0, 1, 1, 2, 3, 4, 4, 5, -1], { bins: [0, 1, 4] })), [1, 6]);
    const [only] = rowsOf(plotHistogram([7, 7], { bins: 1 }));
    assert.deepEqual(only, { from: 6.5, to: 7.5, n: 2, group: 'count' });
  });

  it('counts every value once, and changes none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 50 }),
        (values, bins) => {
          const before = [...values];
          const total = counts(plotHistogram(values, { bins })).reduce((a, b) => a + b, 0);
          assert.equal(total, values.length);
          assert.deepEqual(values, before);
        },
      ),
    );
  });

  it('tells the values in text', () => {
    assert.equal(
      String(plotHistogram({ no: [0.1, 0.2], yes: [0.9] }, { bins: 2, range: [0, 1] })),
      'Distribution of value\n  no: 2 values, mean 0.15; most (2) from 0 to 0.5\n  yes: 1 values, mean 0.9; most (1) from 0.5 to 1',
    );
  });

  it('tells how many values lie outside', () => {
    assert.equal(
      String(plotHistogram({ some: [0.1, 7, -1], none: [2, 2] }, { bins: 2, range: [0, 1] })),
      'Distribution of value\n  some: 3 values, mean 2.033; most (1) from 0 to 0.5; 2 outside the range\n' +
        '  none: 2 values, mean 2; 2 outside the range',
    );
    assert.match(plotHistogram([1, 2, 9], { bins: [0, 1, 4] }).description, /; 1 outside the range\.$/);
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotHistogram([1, NaN]), {
      message: 'Expected values to hold finite numbers, received NaN at position 1.',
    });
    assert.throws(() => plotHistogram([]), {
      message: 'Expected values to hold at least one number, received none.',
    });
    assert.throws(() => plotHistogram([[1, 2]]), {
      message: 'Expected values to hold numbers, received an array of length 2 at position 0.',
    });
    assert.throws(() => plotHistogram([1], { bins: [1, 1] }), {
      message: 'Expected bins to be at least two rising edges, received [1, 1].',
    });
    assert.throws(() => plotHistogram([1], { bins: 2.5 }), {
      message: 'Expected bins to be a whole number from 1 to 1000, received 2.5.',
    });
    assert.throws(() => plotHistogram([1], { range: [1, 0] }), {
      message: 'Expected range to be [low, high] with low below high, received [1, 0].',
    });
    assert.throws(() => plotHistogram([1], { bins: [0, 1], range: [0, 1] }), {
      message: 'Expected either range or edges in bins, received both. The edges already say the range.',
    });
    assert.throws(() => plotHistogram([1, 2], { range: [5, 10] }), {
      name: 'RangeError',
      message:
        'Expected some values from 5 to 10, received values from 1 to 2. Choose a range that they lie in, or leave it out.',
    });
    assert.throws(() => plotHistogram({ a: [1], b: [9] }, { bins: [2, 3] }), {
      message: /^Expected some values from 2 to 3, received values from 1 to 9\./,
    });
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`g${i}`, [i]]));
    assert.throws(() => plotHistogram(nine), {
      message: 'Expected at most 8 groups to tell apart, received 9.',
    });
  });
});
