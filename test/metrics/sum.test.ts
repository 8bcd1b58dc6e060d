import { strictEqual } from 'node:assert';
import { average, nanAverage } from '../../src/metrics/sum';

describe('sum', () => {
  it('averages, with weights and without NaN', () => {
    strictEqual(average([1, 2, 6]), 3);
    strictEqual(average([1, 2], [3, 1]), 1.25);
    strictEqual(average([1, 2], [1, -1]), NaN);
    strictEqual(nanAverage([1, NaN, 3]), 2);
    strictEqual(nanAverage([1, NaN, 3], [1, 5, 3]), 2.5);
    strictEqual(nanAverage([1, 3], [0, 0]), 2);
    strictEqual(nanAverage([NaN]), NaN);
  });
});
