import assert from 'node:assert/strict';
import { toCategorical } from '../../src/preprocessing/toCategorical';
import { toOneHot } from '../../src/preprocessing/toOneHot';
import { untyped } from '../untyped';
import { golden } from './golden';

describe('toCategorical', () => {
  it(`equals Keras ${golden.keras}`, () => {
    for (const { labels, numClasses, rows } of golden.categorical) {
      assert.deepEqual(toCategorical(labels, { numClasses }), rows);
    }
  });

  it('says what is wrong', () => {
    const cases: [() => unknown, string][] = [
      [
        () => toCategorical([]),
        'Expected labels to find the number of classes, received none. Give numClasses.',
      ],
      [
        () => toCategorical([0, 3], { numClasses: 3 }),
        'Expected labels from 0 to 2, received 3 at 1. Give a larger numClasses.',
      ],
      [() => toCategorical([0, -1]), 'Expected labels to be whole numbers from 0, received -1 at 1.'],
      [() => toCategorical([0.5]), 'Expected labels to be whole numbers from 0, received 0.5 at 0.'],
      [
        () => toCategorical([[1, 2]]),
        'Expected labels to be whole numbers from 0, received an array of length 2 at 0.',
      ],
      [
        () => toCategorical(untyped('012')),
        'Expected labels to be an array of whole numbers, received "012".',
      ],
      [
        () => toCategorical([0], untyped({ dimension: 3 })),
        'Unknown option "dimension" of toCategorical. Its options are: numClasses.',
      ],
    ];
    for (const [call, message] of cases) assert.throws(call, { message });
  });
});

describe('toOneHot', () => {
  it('is toCategorical with the classes of Reuters', () => {
    const labels = Object.freeze([3, 45, 0]);
    assert.deepEqual(toOneHot(labels), toCategorical(labels, { numClasses: 46 }));
    assert.deepEqual(toOneHot(Int32Array.of(1), { dimension: 2 }), [[0, 1]]);
    assert.deepEqual(toOneHot([]), []);
  });

  it('says what is wrong', () => {
    assert.throws(() => toOneHot([46]), {
      name: 'RangeError',
      message: 'Expected labels from 0 to 45, received 46 at 0. Give a larger dimension.',
    });
    assert.throws(() => toOneHot([1], { dimension: 0 }), {
      message: 'Expected dimension to be a whole number of at least 1, received 0.',
    });
  });
});
