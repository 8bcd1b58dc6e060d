import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { lastSource } from './announce';
import { checkSequenceOptions } from './checkSequenceOptions';
import type { DataSource } from './DataSource';
import type { OfficialFile } from './files/officialFiles';
import { fileStamp } from './fileStamp';
import { byHand, locate } from './locate';
import {
  decodeSequence,
  encodeText,
  readWordIndex,
  type DecodeOptions,
  type EncodeOptions,
  type WordIndex,
} from './wordIndex';

/** What the word index of a text data set hangs on. */
export interface TextDataset {
  /** The name of the loader, e.g. `imdb`. */
  name: string;
  data: OfficialFile;
  wordIndex: OfficialFile;
  sampleWordIndex: () => Promise<WordIndex>;
}

/** Word indexes as they were read, for decode and encode; callers get copies. */
const kept = new Map<string, { stamp: string; index: Promise<WordIndex> }>();

/** The word index of the same kind as the data: the ranks of one mean nothing for the other. */
async function loadWordIndex(dataset: TextDataset, where: string, path?: string): Promise<WordIndex> {
  const { name, data, wordIndex } = dataset;
  if (path === undefined || path === wordIndex.name) {
    // What was loaded last, or would be now.
    const loaded = lastSource(name) ?? (await locate(`${name}.loadData`, data.name, data)).source;
    if (loaded.kind === 'sample') return sampleIndex(dataset);
    if (loaded.kind === 'own' && path === undefined) {
      throw new Error(
        `Expected path for ${where}, since ${loaded.path} is your own and may have words of its own, received none. ` +
          `Give the absolute path of its word index, or "${wordIndex.name}" if it has the ids of Keras' file.`,
      );
    }
  }
  const { source, reason } = await locate(where, path ?? wordIndex.name, wordIndex);
  if (source.path === null) {
    throw new Error(
      `Expected the word index of the real ${data.name}, received none: ${reason}. ${byHand(wordIndex)}`,
    );
  }
  return readIndex(dataset, source.path);
}

async function readIndex({ wordIndex }: TextDataset, file: string): Promise<WordIndex> {
  return keep(file, await fileStamp(file), () => readWordIndex(file, wordIndex.name));
}

async function sampleIndex({ name, sampleWordIndex }: TextDataset): Promise<WordIndex> {
  return keep(`sample ${name}`, '', sampleWordIndex);
}

function keep(key: string, stamp: string, read: () => Promise<WordIndex>): Promise<WordIndex> {
  const before = kept.get(key);
  if (before?.stamp === stamp) return before.index;
  const index = read();
  kept.set(key, { stamp, index });
  index.catch(() => kept.delete(key));
  return index;
}

/** Options of `getWordIndex`. */
export interface WordIndexOptions {
  /** A name in the Keras folder or an absolute path. Default: the index of the data that `loadData` gave, if these are not your own. */
  path?: string;
}

/** What every text data set offers beside its `loadData`. */
export interface TextMembers {
  /**
   * The words and their ranks by frequency, 1 the most frequent (Keras: `get_word_index`). The ids in the data are `indexFrom`
   * higher. Belongs to the data that `loadData` gave last, or would give now: real or sample; for data of your own give `path`.
   *
   * @example
   * const wordIndex = await imdb.getWordIndex();
   */
  getWordIndex(options?: WordIndexOptions): Promise<WordIndex>;

  /**
   * The words of one sequence joined by spaces; `?` for padding, start and words left out.
   *
   * @example
   * await imdb.decode([1, 14, 22]); // '? this film'
   * await reuters.decode([1, 4]); // '? the'
   */
  decode(sequence: readonly number[], options?: DecodeOptions): Promise<string>;

  /**
   * A text as the sequence of word ids that `loadData` would give for it, cut into words as Keras cuts
   * (`text_to_word_sequence`: lower case, punctuation taken as spaces). Unknown words become `oovChar`.
   *
   * @example
   * await imdb.encode('This film!', { numWords: 10000 }); // [1, 14, 22]
   * await reuters.encode('The', { numWords: 10000 }); // [1, 4]
   */
  encode(text: string, options?: EncodeOptions): Promise<number[]>;

  /** What the last `loadData` gave: real, sample or your own data, and from which file; undefined before the first. */
  source(): DataSource | undefined;
}

/** The members of a text data set. */
export function textMembers(dataset: TextDataset): TextMembers {
  return {
    getWordIndex: options => getWordIndex(dataset, options),
    decode: (sequence, options = {}) => decode(dataset, sequence, options),
    encode: (text, options = {}) => encode(dataset, text, options),
    source: () => lastSource(dataset.name),
  };
}

async function getWordIndex(dataset: TextDataset, options: WordIndexOptions = {}): Promise<WordIndex> {
  checkOptions(`${dataset.name}.getWordIndex`, options, ['path']);
  return { ...(await loadWordIndex(dataset, `${dataset.name}.getWordIndex`, options.path)) };
}

async function decode(
  dataset: TextDataset,
  sequence: readonly number[],
  options: DecodeOptions,
): Promise<string> {
  const where = `${dataset.name}.decode`;
  checkOptions(where, options, ['indexFrom', 'path']);
  if (!Array.isArray(sequence) && !ArrayBuffer.isView(sequence)) {
    throw new TypeError(
      `Expected ${where} to be given one sequence of word ids, received ${describe(sequence)}.`,
    );
  }
  const list: readonly unknown[] = Array.from(sequence);
  const bad = list.findIndex(id => typeof id !== 'number' || !Number.isInteger(id));
  if (bad >= 0) {
    const hint = Array.isArray(list[bad]) ? ' Decode the sequences one at a time.' : '';
    throw new TypeError(
      `Expected ${where} to be given whole numbers, received ${describe(list[bad])} at ${bad}.${hint}`,
    );
  }
  const indexFrom = checkCount(`indexFrom of ${where}`, options.indexFrom ?? 3, {
    min: -(2 ** 30),
    max: 2 ** 30,
  });
  return decodeSequence(sequence, await loadWordIndex(dataset, where, options.path), indexFrom);
}

async function encode(dataset: TextDataset, text: string, options: EncodeOptions): Promise<number[]> {
  const where = `${dataset.name}.encode`;
  checkOptions(where, options, ['numWords', 'skipTop', 'startChar', 'oovChar', 'indexFrom', 'path']);
  if (typeof text !== 'string')
    throw new TypeError(`Expected ${where} to be given a text, received ${describe(text)}.`);
  const { path, ...sequenceOptions } = options;
  const index = await loadWordIndex(dataset, where, path);
  return encodeText(text, index, checkSequenceOptions(where, sequenceOptions));
}
