import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { shareTables } from '../../../scripts/report/shareTables.mjs';

describe('shareTables', () => {
  const rows = [{ x: 1 }, { x: 2 }];
  const wide = {
    width: 1,
    data: [
      { name: 'a', values: rows },
      { name: 'b', source: 'a' },
    ],
  };
  const narrow = {
    width: 2,
    data: [
      { name: 'a', values: [{ x: 1 }, { x: 2 }] },
      { name: 'c', values: [{ x: 3 }] },
    ],
  };

  it('takes each table out once, and leaves the rest', () => {
    assert.deepEqual(shareTables(wide, narrow), {
      wide: {
        width: 1,
        data: [
          { name: 'a', values: { shared: 0 } },
          { name: 'b', source: 'a' },
        ],
      },
      narrow: {
        width: 2,
        data: [
          { name: 'a', values: { shared: 0 } },
          { name: 'c', values: { shared: 1 } },
        ],
      },
      shared: [rows, [{ x: 3 }]],
    });
    assert.deepEqual(wide.data[0], { name: 'a', values: rows }, 'the specification itself is left alone');
  });

  it('takes a chart without data and without a narrow layout', () => {
    assert.deepEqual(shareTables({ width: 1 }), { wide: { width: 1, data: [] }, shared: [] });
  });
});
