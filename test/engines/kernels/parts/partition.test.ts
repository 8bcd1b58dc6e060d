import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { partition } from '../../../../src/engines/kernels/parts/partition';

describe('partition', () => {
  it('gives each example to one part, in order, four parts at most', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(10 ** 9), fc.nat(10 ** 9), (batch, operations, bytes) => {
        const parts = partition(batch, operations, bytes);
        const examples = parts.flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, i) => first + i),
        );
        assert.deepEqual(
          examples,
          Array.from({ length: batch }, (_, i) => i),
        );
        assert(parts.length <= 4);
      }),
    );
  });

  it('leaves whole what is little work, or less than copying it', () => {
    assert.equal(partition(128, 7e6, 1e3).length, 1);
    assert.equal(partition(128, 1e8, 1e8).length, 1);
    assert.equal(partition(128, 1e8, 1e7).length, 4);
    assert.equal(partition(2, 1e8, 1e7).length, 2);
  });
});
