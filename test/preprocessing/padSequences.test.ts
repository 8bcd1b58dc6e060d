import assert from 'node:assert/strict';
import { padSequences } from '../../src/preprocessing/padSequences';
import { untyped } from '../untyped';
import { golden } from './golden';

describe('padSequences', () => {
  it(`equals Keras ${golden.keras} for ${golden.pads.length} sets of options`, () => {
    const copy = structuredClone(golden.sequences);
    for (const { options, rows } of golden.pads)
      assert.deepEqual(padSequences(golden.sequences, options), rows);
    assert.deepEqual(golden.sequences, copy, 'the input is unchanged');
    assert.deepEqual(
      padSequences(golden.sequences),
      golden.pads.find(pad => pad.options.maxlen === null)!.rows,
    );
  });

  it('handles the empty', () => {
    assert.deepEqual(padSequences([], { maxlen: 3 }), []);
    assert.deepEqual(padSequences([[], []]), [[], []]);
    assert.deepEqual(padSequences([Int32Array.of(5)], { maxlen: 2 }), [[0, 5]]);
  });

  it('says what is wrong', () => {
    assert.throws(
      () => padSequences(untyped([[1], , [3]])), // oxlint-disable-line no-sparse-arrays
      new TypeError('Expected sequence 1 to be an array of numbers, received undefined.'),
    );
    const cases: [() => unknown, string][] = [
      [() => padSequences([]), 'Expected sequences to find the longest, received none. Give maxlen.'],
      [
        () => padSequences([[1]], { maxlen: 0 }),
        'Expected maxlen to be a whole number of at least 1, received 0.',
      ],
      [
        () => padSequences([[1], [1.5]]),
        "Expected sequences[1][0] to be a whole number from −2^31 to 2^31 − 1 (dtype int32), received 1.5. Give dtype: 'float32' for fractions.",
      ],
      [
        () => padSequences([[1]], { value: 0.5 }),
        "Expected value to be a whole number from −2^31 to 2^31 − 1 (dtype int32), received 0.5. Give dtype: 'float32' for fractions.",
      ],
      [
        () => padSequences([[2 ** 60]], { dtype: 'int64' }),
        `Expected sequences[0][0] to be a whole number from −2^53 to 2^53 (dtype int64), received ${2 ** 60}. Give dtype: 'float32' for fractions.`,
      ],
      [() => padSequences(untyped([5])), 'Expected sequence 0 to be an array of numbers, received 5.'],
      [
        () => padSequences(untyped('abc')),
        'Expected sequences to be an array of arrays of numbers, received "abc".',
      ],
      [() => padSequences(untyped([['a']])), 'Expected sequences[0][0] to be a number, received "a".'],
      [
        () => padSequences([[1]], untyped({ padding: 'left' })),
        'Expected padding to be "pre" or "post", received "left".',
      ],
      [
        () => padSequences([[1]], untyped({ maxLen: 3 })),
        'Unknown option "maxLen" of padSequences. Did you mean "maxlen"? Its options are: maxlen, dtype, padding, truncating, value.',
      ],
    ];
    for (const [call, message] of cases) assert.throws(call, { message });
  });
});
