import assert from 'node:assert/strict';
import { oneHotLabels } from '../../../src/engines/compiled/oneHotLabels';

const labels = (...rows: number[][]): Int32Array | undefined =>
  oneHotLabels(Float32Array.from(rows.flat()), rows.length);

describe('oneHotLabels', () => {
  it('tells where each row has its 1', () => {
    assert.deepEqual(labels([0, 0, 1], [1, 0, 0], [0, 1, -0]), Int32Array.of(2, 0, 1));
    assert.deepEqual(labels([1], [1]), Int32Array.of(0, 0));
  });

  for (const [what, row] of [
    ['no 1', [0, 0, 0]],
    ['two', [1, 0, 1]],
    ['another number', [0, 1, 0.5]],
    ['a soft label', [0, 0.9, 0]],
    ['NaN', [0, 1, NaN]],
  ] as const) {
    it(`tells nothing if a row has ${what}`, () => {
      assert.equal(labels([0, 1, 0], [...row], [1, 0, 0]), undefined);
    });
  }
});
