import { strictEqual } from 'node:assert';
import * as fc from 'fast-check';
import { pairwiseSum } from '../../src/matrix/pairwiseSum';

describe('pairwiseSum', () => {
  it('adds whole numbers exactly, in lists of every length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { maxLength: 700 }), values => {
        strictEqual(
          pairwiseSum(values),
          values.reduce((sum, value) => sum + value, 0),
        );
      }),
    );
  });

  it('loses less than adding one after the other', () => {
    const tenths = new Array<number>(1e6).fill(0.1);
    strictEqual(Math.abs(pairwiseSum(tenths) - 1e5) < 1e-9, true);
    strictEqual(Math.abs(tenths.reduce((sum, value) => sum + value, 0) - 1e5) > 1e-7, true);
  });
});
