import { readFile } from 'node:fs/promises';
import type { SequenceOptions } from './checkSequenceOptions';
import { damaged } from './files/damaged';

/** Words and their ranks by frequency, 1 the most frequent. */
export type WordIndex = Record<string, number>;

/** The largest word index that is read; the largest of Keras has 1.6 MB. */
const maxBytes = 2 ** 26;

/** Read a word index: a JSON object of words and whole numbers. */
export async function readWordIndex(path: string, name: string): Promise<WordIndex> {
  const bytes = await readFile(path);
  if (bytes.length > maxBytes) throw damaged(name, `at most ${maxBytes} bytes`, `${bytes.length}`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw damaged(
      name,
      'a JSON object of words and ranks',
      error instanceof Error ? error.message : 'other text',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(name, 'a JSON object of words and ranks', 'another value');
  }
  const index: WordIndex = {};
  for (const [word, rank] of Object.entries(value)) {
    if (typeof rank !== 'number' || !Number.isSafeInteger(rank)) {
      throw damaged(
        name,
        'a whole number for each word',
        `${JSON.stringify(rank)} for ${JSON.stringify(word)}`,
      );
    }
    // Defined, not assigned: a word may be called __proto__.
    Object.defineProperty(index, word, { value: rank, enumerable: true, writable: true, configurable: true });
  }
  return index;
}

/** Options of `decode`: as the data were loaded. */
export interface DecodeOptions {
  /** What `loadData` added to each id. Default 3. */
  indexFrom?: number;
  /** The word index, as for `getWordIndex`. */
  path?: string;
}

/** The words of a sequence joined by spaces; `?` for marks and ids that no word has. */
export function decodeSequence(sequence: readonly number[], index: WordIndex, indexFrom: number): string {
  const words = byRank(index);
  return Array.from(sequence, id => words.get(id - indexFrom) ?? '?').join(' ');
}

const inverted = new WeakMap<WordIndex, Map<number, string>>();

function byRank(index: WordIndex): Map<number, string> {
  let words = inverted.get(index);
  if (words === undefined) {
    words = new Map(Object.entries(index).map(([word, rank]) => [rank, word]));
    inverted.set(index, words);
  }
  return words;
}

/** Options of `encode`: as the data were loaded. */
export interface EncodeOptions extends Pick<
  SequenceOptions,
  'skipTop' | 'startChar' | 'oovChar' | 'indexFrom'
> {
  /** Keep the ids below this; others, and unknown words, become `oovChar`. Default null: all. */
  numWords?: number | null;
  /** The word index, as for `getWordIndex`. */
  path?: string;
}

/** What Keras' `text_to_word_sequence` takes as the ends of words, besides the space. */
const filters = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n]/g;

/** A text in Keras' words: lower case, its punctuation taken as spaces, split at spaces. */
export function textToWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(filters, ' ')
    .split(' ')
    .filter(word => word !== '');
}

/** A text as the sequence that `loadData` would give for it. */
export function encodeText(
  text: string,
  index: WordIndex,
  options: Required<Omit<EncodeOptions, 'path'>>,
): number[] {
  const { numWords, skipTop, startChar, oovChar, indexFrom } = options;
  const limit = numWords ?? Infinity;
  const sequence: number[] = [];
  const put = (id: number | undefined): void => {
    const kept = id !== undefined && skipTop <= id && id < limit ? id : oovChar;
    if (kept !== null) sequence.push(kept);
  };
  if (startChar !== null) put(startChar);
  for (const word of textToWords(text))
    put(Object.hasOwn(index, word) ? index[word]! + indexFrom : undefined);
  return sequence;
}
