import { checkChoice } from '../options/checkChoice';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { isList } from '../matrix/isList';

/** Options of `padSequences`; names and defaults as in Keras. */
export interface PadOptions {
  /** Length of every row, at least 1. Default null: that of the longest sequence. */
  maxlen?: number | null;
  /** What values the rows can hold: NumPy's type of that name. Default `'int32'`. */
  dtype?: 'int32' | 'int64' | 'float32' | 'float64';
  /** Pad before or after each sequence? Default `'pre'`. */
  padding?: 'pre' | 'post';
  /** Drop values at the beginning or at the end of sequences that are too long? Default `'pre'`. */
  truncating?: 'pre' | 'post';
  /** What to pad with. Default 0. */
  value?: number;
}

/**
 * Sequences as rows of one length: short ones padded, long ones cut, as `keras.utils.pad_sequences` (whose sequences of
 * vectors and strings this has not).
 *
 * @returns Shape [sequences, maxlen].
 * @throws RangeError for a value that `dtype` cannot hold: NumPy would cut 1.5 to 1.
 * @example
 * padSequences([[1], [2, 3], [4, 5, 6]], { maxlen: 2 }); // [[0, 1], [2, 3], [5, 6]]
 */
export function padSequences(sequences: readonly ArrayLike<number>[], options: PadOptions = {}): number[][] {
  checkOptions('padSequences', options, ['maxlen', 'dtype', 'padding', 'truncating', 'value']);
  const dtype = checkChoice('dtype', options.dtype ?? 'int32', ['int32', 'int64', 'float32', 'float64']);
  const padding = checkChoice('padding', options.padding ?? 'pre', ['pre', 'post']);
  const truncating = checkChoice('truncating', options.truncating ?? 'pre', ['pre', 'post']);
  const value = hold(options.value ?? 0, dtype, () => 'value');
  const rows = checkRows(sequences);
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (rows.length === 0 && (options.maxlen ?? null) === null) {
    throw new RangeError('Expected sequences to find the longest, received none. Give maxlen.');
  }
  const maxlen =
    (options.maxlen ?? null) === null ? longest : checkCount('maxlen', options.maxlen, { min: 1 });
  return rows.map((row, i) => {
    const length = Math.min(row.length, maxlen);
    const from = truncating === 'pre' ? row.length - length : 0;
    const to = padding === 'pre' ? maxlen - length : 0;
    const padded = new Array<number>(maxlen).fill(value);
    for (let j = 0; j < length; j++)
      padded[to + j] = hold(row[from + j], dtype, () => `sequences[${i}][${from + j}]`);
    return padded;
  });
}

function checkRows(sequences: unknown): ArrayLike<unknown>[] {
  if (!Array.isArray(sequences)) {
    throw new TypeError(
      `Expected sequences to be an array of arrays of numbers, received ${describe(sequences)}.`,
    );
  }
  const list: unknown[] = sequences;
  // Not map, which passes over holes.
  return Array.from(list, (row, i) => {
    if (isList(row)) return row;
    throw new TypeError(`Expected sequence ${i} to be an array of numbers, received ${describe(row)}.`);
  });
}

/** The value as the type holds it; the place is put into words only for an error. */
function hold(value: unknown, dtype: NonNullable<PadOptions['dtype']>, place: () => string): number {
  if (typeof value !== 'number')
    throw new TypeError(`Expected ${place()} to be a number, received ${describe(value)}.`);
  if (dtype === 'float64') return value;
  if (dtype === 'float32') return Math.fround(value);
  const fits = dtype === 'int32' ? (value | 0) === value : Number.isSafeInteger(value);
  if (!fits) {
    const range = dtype === 'int32' ? '−2^31 to 2^31 − 1' : '−2^53 to 2^53';
    throw new RangeError(
      `Expected ${place()} to be a whole number from ${range} (dtype ${dtype}), received ${value}. ` +
        "Give dtype: 'float32' for fractions.",
    );
  }
  return value;
}
