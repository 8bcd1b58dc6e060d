import { SparseMatrix } from '../matrix/SparseMatrix';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { isList } from '../matrix/isList';

/** Options of `vectorizeSequences`. */
export interface VectorizeOptions {
  /** Number of columns: ids go from 0 to `dimension` − 1. Default 10000. */
  dimension?: number;
}

/**
 * Sequences of word ids as a multi-hot matrix: row i has a 1 in the column of each id that sequence i holds, however
 * often. The result is sparse: 25,000 reviews × 10,000 words take about 7 MB, not 2 GB.
 *
 * @returns A `SparseMatrix` of shape [sequences, dimension].
 * @throws RangeError for an id outside 0 … dimension − 1.
 * @example
 * vectorizeSequences([[1, 4, 1], [0]], { dimension: 5 }).toArray(); // [[0, 1, 0, 0, 1], [1, 0, 0, 0, 0]]
 */
export function vectorizeSequences(
  sequences: readonly ArrayLike<number>[],
  options: VectorizeOptions = {},
): SparseMatrix {
  checkOptions('vectorizeSequences', options, ['dimension']);
  const dimension = checkCount('dimension', options.dimension ?? 10000, { min: 1, max: 2 ** 31 - 1 });
  const total = checkSequences(sequences);
  const indptr = new Int32Array(sequences.length + 1);
  const indices = dimension <= 65536 ? new Uint16Array(total) : new Uint32Array(total);
  const bits = new Uint32Array(Math.ceil(dimension / 32));
  let filled = 0;
  sequences.forEach((sequence, row) => {
    const from = filled;
    for (let i = 0; i < sequence.length; i++) {
      const id = sequence[i]!;
      if (!(Number.isInteger(id) && id >= 0 && id < dimension)) throw outside(id, row, dimension);
      const word = id >>> 5;
      const bit = 1 << (id & 31);
      if ((bits[word]! & bit) !== 0) continue;
      bits[word]! |= bit;
      indices[filled++] = id;
    }
    if (bits.length <= 8 * (filled - from)) sortByBits(bits, indices, from);
    else {
      const part = indices.subarray(from, filled).sort();
      for (const id of part) bits[id >>> 5] = 0;
    }
    indptr[row + 1] = filled;
  });
  return new SparseMatrix({
    shape: [sequences.length, dimension],
    indptr,
    indices: indices.slice(0, filled),
  });
}

/** Write the ids whose bits are set in rising order, and clear the bits. */
function sortByBits(bits: Uint32Array, indices: Uint16Array | Uint32Array, from: number): void {
  let at = from;
  for (let word = 0; word < bits.length; word++) {
    let left = bits[word]!;
    if (left === 0) continue;
    bits[word] = 0;
    for (; left !== 0; left &= left - 1) indices[at++] = word * 32 + 31 - Math.clz32(left & -left);
  }
}

function checkSequences(sequences: readonly ArrayLike<number>[]): number {
  if (!Array.isArray(sequences)) {
    throw new TypeError(
      `Expected sequences to be an array of arrays of word ids, received ${describe(sequences)}.`,
    );
  }
  const list: readonly unknown[] = sequences;
  let total = 0;
  list.forEach((sequence, row) => {
    if (!isList(sequence)) {
      const hint = typeof sequence === 'number' ? ' For one sequence give [sequence].' : '';
      throw new TypeError(
        `Expected sequence ${row} to be an array of word ids, received ${describe(sequence)}.${hint}`,
      );
    }
    total += sequence.length;
  });
  return total;
}

function outside(id: unknown, row: number, dimension: number): RangeError {
  const advice =
    typeof id === 'number' && Number.isInteger(id) && id > 0
      ? `Load the data with numWords: ${dimension}, or give a larger dimension.`
      : 'Word ids are whole numbers from 0.';
  return new RangeError(
    `Expected word ids from 0 to ${dimension - 1}, received ${describe(id)} in sequence ${row}. ${advice}`,
  );
}
