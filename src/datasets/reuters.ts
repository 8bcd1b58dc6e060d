import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { RandomState } from '../random/RandomState';
import { announce, rememberSource } from './announce';
import { checkSequenceOptions, sequenceOptionNames, type SequenceOptions } from './checkSequenceOptions';
import type { DataSource } from './DataSource';
import { damaged } from './files/damaged';
import { officialFiles } from './files/officialFiles';
import type { Sequences } from './files/readPickle';
import { readNpz } from './files/readNpz';
import type { TextData } from './imdb';
import { locate } from './locate';
import { finishSequences, highestId, keepShort } from './prepareSequences';
import { reutersLabelNames } from './reutersLabelNames';
import { sampleReuters, sampleReutersWordIndex } from './sample/sampleReuters';
import { shareReads } from './shareReads';
import { textMembers, type TextDataset, type TextMembers } from './TextDataset';
import { toSequences } from './toSequences';

/** Options of `reuters.loadData`; names and defaults as in Keras. */
export interface ReutersOptions extends SequenceOptions {
  /** A name in the Keras folder (`$KERAS_HOME/datasets` or `~/.keras/datasets`) or an absolute path. Default `reuters.npz`. */
  path?: string;
  /** Share of the newswires that become the test set; numbers outside 0 to 1 slice as Keras slices with them. Default 0.2. */
  testSplit?: number;
}

const dataset: TextDataset = {
  name: 'reuters',
  data: officialFiles.reuters,
  wordIndex: officialFiles.reutersWordIndex,
  sampleWordIndex: sampleReutersWordIndex,
};

/** The type of `reuters`. */
export interface Reuters extends TextMembers {
  /**
   * Load the newswires: 8,982 to train and 2,246 to test, shuffled and then split, value by value what
   * `keras.datasets.reuters.load_data` of Keras 3 gives. The options and their quirks are those of `imdb.loadData`, but that an
   * empty result of `maxlen` is no error where `numWords` is given.
   *
   * @returns `[[xTrain, yTrain], [xTest, yTest]]` of plain arrays.
   * @throws TypeError for unknown options, Error for a damaged file.
   * @example
   * const [[xTrain, yTrain], [xTest, yTest]] = await reuters.loadData({ numWords: 10000 });
   */
  loadData(options?: ReutersOptions): Promise<TextData>;

  /**
   * The names of the 46 topics in the order of the labels (`keras.datasets.reuters.get_label_names`).
   *
   * @example
   * reuters.getLabelNames()[3]; // 'earn'
   */
  getLabelNames(): string[];
}

/**
 * The Reuters data set: 11,228 newswires of 1986 and 1987 as sequences of word ids, labels 0 to 45 for 46 topics.
 * As `keras.datasets.reuters`.
 */
export const reuters: Reuters = {
  ...textMembers(dataset),

  async loadData(options: ReutersOptions = {}): Promise<TextData> {
    const where = 'reuters.loadData';
    checkOptions(where, options, ['path', 'testSplit', ...sequenceOptionNames]);
    const checked = checkSequenceOptions(where, options);
    const testSplit = checkNumber(`testSplit of ${where}`, options.testSplit ?? 0.2);
    const random = new RandomState(checked.seed);
    const located = await locate(where, options.path ?? dataset.data.name, dataset.data);
    const { x, y } = await readRaw(located.source);
    const order = random.permutation(x.starts.length);
    const kept = keepShort({ sequences: x, order, labels: order.map(row => y[row]!) }, checked);
    const sequences = finishSequences(kept, checked.numWords ?? highestId([kept], checked, where), checked);
    // A share outside 0 … 1 counts from the end, in Python as in JavaScript.
    const split = Math.trunc(sequences.length * (1 - testSplit));
    const data: TextData = [
      [sequences.slice(0, split), kept.labels.slice(0, split)],
      [sequences.slice(split), kept.labels.slice(split)],
    ];
    rememberSource(dataset.name, located.source);
    announce(dataset.name, located, [dataset.data, dataset.wordIndex]);
    return data;
  },

  getLabelNames: (): string[] => [...reutersLabelNames],
};

interface Raw {
  x: Sequences;
  y: readonly number[];
}

async function readRaw(source: DataSource): Promise<Raw> {
  if (source.path === null) {
    const { x, y } = await sampleReuters();
    return { x: toSequences(x), y };
  }
  return readFile(source.path);
}

const readFile = shareReads(async (path: string): Promise<Raw> => {
  const npz = await readNpz(path);
  const x = npz.sequences('x');
  const y = npz.numbers('y', 1).values;
  if (x.starts.length !== y.length) {
    throw damaged(path, `${x.starts.length} labels, one for each newswire`, `${y.length}`);
  }
  return { x, y };
});
