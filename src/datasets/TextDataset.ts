import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { checkSequenceOptions } from './checkSequenceOptions';
import type { OfficialFile } from './files/officialFiles';
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
const kept = new Map<string, Promise<WordIndex>>();

/** The word index of the same kind as the data: the ranks of one mean nothing for the other. */
export async function loadWordIndex(
  dataset: TextDataset,
  path: string = dataset.wordIndex.name,
): Promise<WordIndex> {
  const where = `${dataset.name}.getWordIndex`;
  const index = await locate(where, path, dataset.wordIndex);
  let file = index.source.path;
  if (path === dataset.wordIndex.name) {
    const data = await locate(`${dataset.name}.loadData`, dataset.data.name, dataset.data);
    if (data.source.kind === 'sample') file = null;
    else if (file === null) {
      throw new Error(
        `Expected the word index of the real ${dataset.data.name}, received none: ${index.reason}. ${byHand(dataset.wordIndex)}`,
      );
    }
  }
  const key = file ?? `sample ${dataset.name}`;
  let read = kept.get(key);
  if (read === undefined) {
    read = file === null ? dataset.sampleWordIndex() : readWordIndex(file, dataset.wordIndex.name);
    kept.set(key, read);
    read.catch(() => kept.delete(key));
  }
  return read;
}

/** Options of `getWordIndex`. */
export interface WordIndexOptions {
  /** A name in the Keras folder or an absolute path. Default: the name of Keras' file. */
  path?: string;
}

export async function getWordIndex(dataset: TextDataset, options: WordIndexOptions = {}): Promise<WordIndex> {
  checkOptions(`${dataset.name}.getWordIndex`, options, ['path']);
  return { ...(await loadWordIndex(dataset, options.path)) };
}

export async function decode(
  dataset: TextDataset,
  sequence: readonly number[],
  options: DecodeOptions,
): Promise<string> {
  const where = `${dataset.name}.decode`;
  checkOptions(where, options, ['indexFrom']);
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
  return decodeSequence(sequence, await loadWordIndex(dataset), indexFrom);
}

export async function encode(dataset: TextDataset, text: string, options: EncodeOptions): Promise<number[]> {
  const where = `${dataset.name}.encode`;
  checkOptions(where, options, ['numWords', 'skipTop', 'startChar', 'oovChar', 'indexFrom']);
  if (typeof text !== 'string')
    throw new TypeError(`Expected ${where} to be given a text, received ${describe(text)}.`);
  return encodeText(text, await loadWordIndex(dataset), checkSequenceOptions(where, options));
}
