import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { vectorizeSequences } from '../../src/preprocessing/vectorizeSequences';
import { RandomState } from '../../src/random/RandomState';
import { untyped } from '../untyped';

/** The chapter's own version. */
function dense(sequences: readonly number[][], dimension: number): number[][] {
  return sequences.map(sequence => {
    const row = new Array<number>(dimension).fill(0);
    for (const id of sequence) row[id] = 1;
    return row;
  });
}

describe('vectorizeSequences', () => {
  it('sets a 1 for each id that a sequence holds, in narrow and wide matrices', () => {
    for (const dimension of [1, 7, 33, 300]) {
      const sequences = fc.array(fc.array(fc.nat(dimension - 1), { maxLength: 60 }), { maxLength: 8 });
      fc.assert(
        fc.property(sequences, rows => {
          const copy = structuredClone(rows);
          const got = vectorizeSequences(rows, { dimension });
          assert.deepEqual(got.shape, [rows.length, dimension]);
          assert.deepEqual(got.toArray(), dense(rows, dimension));
          assert.deepEqual(rows, copy, 'the input is unchanged');
        }),
        { seed: 5 },
      );
    }
    const far = vectorizeSequences([[99_999, 5, 99_999, 31, 32], [], [0]], { dimension: 100_000 });
    assert.deepEqual([far.row(0), far.row(1), far.row(2)], [[5, 31, 32, 99_999], [], [0]]);
  });

  it('has 10,000 columns by default', () => {
    assert.deepEqual(vectorizeSequences([[9999]]).shape, [1, 10000]);
    assert.deepEqual(vectorizeSequences([]).shape, [0, 10000]);
  });

  it('takes 50,000 reviews in less than a second and 100 MB', function () {
    const r = new RandomState(0);
    const pool = r.randint(0, 100, 200_000).map((v, i) => (v < 70 ? v : (v * i) % 10_000));
    const reviews = Array.from({ length: 50_000 }, (_, i) => pool.slice(i * 3, i * 3 + 234));
    const before = process.memoryUsage();
    const start = process.cpuUsage();
    const matrix = vectorizeSequences(reviews);
    const { user, system } = process.cpuUsage(start);
    const after = process.memoryUsage();
    assert.ok((user + system) / 1e6 < 1, `${(user + system) / 1e6} s of processor time`);
    assert.ok(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed < 1e8);
    assert.equal(matrix.shape[0], 50_000);
  });

  it('says what is wrong', () => {
    const say = (what: string, row: number, advice = 'Word ids are whole numbers from 0.'): string =>
      `Expected word ids from 0 to 9999, received ${what} in sequence ${row}. ${advice}`;
    const wider = 'Load the data with numWords: 10000, or give a larger dimension.';
    const cases: [() => unknown, string][] = [
      [() => vectorizeSequences([[1], [10000]]), say('10000', 1, wider)],
      [() => vectorizeSequences([[-1]]), say('-1', 0)],
      [() => vectorizeSequences([[1.5]]), say('1.5', 0)],
      [() => vectorizeSequences(untyped([['1']])), say('"1"', 0)],
      [
        () => vectorizeSequences(untyped([1, 2])),
        'Expected sequence 0 to be an array of word ids, received 1. For one sequence give [sequence].',
      ],
      [
        () => vectorizeSequences(untyped(new Uint8Array(3))),
        'Expected sequences to be an array of arrays of word ids, received a Uint8Array of length 3.',
      ],
      [
        () => vectorizeSequences([], untyped(5000)),
        'Expected an object of options for vectorizeSequences, received 5000. Its options are: dimension.',
      ],
    ];
    for (const [call, message] of cases) assert.throws(call, { message });
  });
});
