import { checkOptions } from '../options/checkOptions';
import { RandomState } from '../random/RandomState';
import { announce, rememberSource } from './announce';
import { checkSequenceOptions, sequenceOptionNames, type SequenceOptions } from './checkSequenceOptions';
import type { DataSource } from './DataSource';
import { damaged } from './files/damaged';
import { officialFiles } from './files/officialFiles';
import type { Sequences } from './files/readPickle';
import { readNpz } from './files/readNpz';
import { locate } from './locate';
import { finishSequences, highestId, keepShort, type Selection } from './prepareSequences';
import { sampleImdb, sampleImdbWordIndex } from './sample/sampleImdb';
import { shareReads } from './shareReads';
import { textMembers, type TextDataset, type TextMembers } from './TextDataset';
import { toSequences } from './toSequences';

/** Options of `imdb.loadData`; names and defaults as in Keras. */
export interface ImdbOptions extends SequenceOptions {
  /** A name in the Keras folder (`$KERAS_HOME/datasets` or `~/.keras/datasets`) or an absolute path. Default `imdb.npz`. */
  path?: string;
}

/** `[[xTrain, yTrain], [xTest, yTest]]`: sequences of word ids, and labels. */
export type TextData = [[number[][], number[]], [number[][], number[]]];

const dataset: TextDataset = {
  name: 'imdb',
  data: officialFiles.imdb,
  wordIndex: officialFiles.imdbWordIndex,
  sampleWordIndex: sampleImdbWordIndex,
};

/** The type of `imdb`. */
export interface Imdb extends TextMembers {
  /**
   * Load the reviews: 25,000 to train and 25,000 to test, shuffled, value by value what `keras.datasets.imdb.load_data` of
   * Keras 3 gives. Words are numbered by frequency: id `indexFrom` + 1 is the most frequent one; 0 stands for padding, 1 for
   * the start, 2 for words left out.
   *
   * Keras' quirks are kept: without `numWords` the single highest id counts as left out; `skipTop` of 2 or more
   * takes the start mark too; `maxlen` drops reviews of that length as well as longer ones.
   *
   * The file is looked for at `path`, in the Keras folders, then downloaded there; without it sample data are given with a
   * notice (see `imdb.source`).
   *
   * @returns `[[xTrain, yTrain], [xTest, yTest]]` of plain arrays.
   * @throws TypeError for unknown options, RangeError when `maxlen` leaves nothing, Error for a damaged file.
   * @example
   * const [[xTrain, yTrain], [xTest, yTest]] = await imdb.loadData({ numWords: 10000 });
   */
  loadData(options?: ImdbOptions): Promise<TextData>;
}

/**
 * The IMDB data set: 50,000 polarised film reviews as sequences of word ids, labels 0 (negative) and 1 (positive).
 * As `keras.datasets.imdb`.
 */
export const imdb: Imdb = {
  ...textMembers(dataset),

  async loadData(options: ImdbOptions = {}): Promise<TextData> {
    const where = 'imdb.loadData';
    checkOptions(where, options, ['path', ...sequenceOptionNames]);
    const checked = checkSequenceOptions(where, options);
    const random = new RandomState(checked.seed);
    const located = await locate(where, options.path ?? dataset.data.name, dataset.data);
    const raw = await readRaw(located.source);
    const select = (sequences: Sequences, labels: readonly number[]): Selection => {
      const order = random.permutation(sequences.starts.length);
      return keepShort({ sequences, order, labels: order.map(row => labels[row]!) }, checked);
    };
    // One stream of random numbers: the order of the test set depends on the size of the training set.
    const train = select(raw.xTrain, raw.yTrain);
    const test = select(raw.xTest, raw.yTest);
    if (checked.maxlen !== null && (train.order.length === 0 || test.order.length === 0)) {
      throw new RangeError(
        `Expected reviews shorter than maxlen=${checked.maxlen} in ${where}, received none. Increase maxlen.`,
      );
    }
    const limit = checked.numWords ?? highestId([train, test], checked, where);
    const data: TextData = [
      [finishSequences(train, limit, checked), train.labels],
      [finishSequences(test, limit, checked), test.labels],
    ];
    rememberSource(dataset.name, located.source);
    announce(dataset.name, located, [dataset.data, dataset.wordIndex]);
    return data;
  },
};

interface Raw {
  xTrain: Sequences;
  yTrain: readonly number[];
  xTest: Sequences;
  yTest: readonly number[];
}

async function readRaw(source: DataSource): Promise<Raw> {
  if (source.path === null) {
    const { xTrain, yTrain, xTest, yTest } = await sampleImdb();
    return { xTrain: toSequences(xTrain), yTrain, xTest: toSequences(xTest), yTest };
  }
  return readFile(source.path);
}

const readFile = shareReads(async (path: string): Promise<Raw> => {
  const npz = await readNpz(path);
  const raw = {
    xTrain: npz.sequences('x_train'),
    yTrain: npz.numbers('y_train', 1).values,
    xTest: npz.sequences('x_test'),
    yTest: npz.numbers('y_test', 1).values,
  };
  for (const part of ['Train', 'Test'] as const) {
    const reviews = raw[`x${part}`].starts.length;
    const labels = raw[`y${part}`].length;
    if (reviews !== labels) throw damaged(path, `${reviews} labels, one for each review`, `${labels}`);
  }
  return raw;
});
