import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { RandomState } from '../random/RandomState';
import { announce, lastSource, rememberSource } from './announce';
import type { DataSource } from './DataSource';
import { damaged } from './files/damaged';
import { findFile } from './files/findFile';
import { kerasFolders } from './files/kerasFolders';
import { officialFiles } from './files/officialFiles';
import { readNpz } from './files/readNpz';
import { locate, type Located } from './locate';

/** Options of `bostonHousing.loadData`; names and defaults as in Keras. */
export interface BostonHousingOptions {
  /** A name in the Keras folder or an absolute path. Default `boston_housing.npz`, and without it the embedded table. */
  path?: string;
  /** Share of the rows that become the test set, at least 0 and less than 1. Default 0.2. */
  testSplit?: number;
  /** Seed of the shuffle, as `RandomState` takes it. Default 113. */
  seed?: number | readonly number[] | null;
}

/** `[[xTrain, yTrain], [xTest, yTest]]`: rows of features, and targets. */
export type TableData = [[number[][], number[]], [number[][], number[]]];

const name = 'bostonHousing';
const file = officialFiles.bostonHousing;
const features = 13;

/**
 * The Boston housing data set: 506 census tracts of the 1970s, 13 features each, and the median price of their houses in
 * thousands of dollars. As `keras.datasets.boston_housing`.
 *
 * It has an ethical problem, as Keras says: one feature ("B") is built on the assumption that racial self-segregation influences
 * prices. Use it to show such problems, not as a model of anything.
 */
export const bostonHousing = {
  /**
   * Load the table: 404 rows to train and 102 to test, shuffled and then split, value by value what
   * `keras.datasets.boston_housing.load_data` of Keras 3 gives. Without Keras' file the same 506 rows are read from the table
   * that this package carries, so that no network is needed. Warns once of the ethical problem.
   *
   * @returns `[[xTrain, yTrain], [xTest, yTest]]`: x of shape [rows, 13], y in thousands of dollars.
   * @throws RangeError for a `testSplit` outside [0, 1), TypeError for unknown options, Error for a damaged file.
   * @example
   * const [[xTrain, yTrain], [xTest, yTest]] = await bostonHousing.loadData();
   */
  async loadData(options: BostonHousingOptions = {}): Promise<TableData> {
    const where = 'bostonHousing.loadData';
    checkOptions(where, options, ['path', 'testSplit', 'seed']);
    const testSplit = checkNumber(`testSplit of ${where}`, options.testSplit ?? 0.2, { min: 0 });
    if (testSplit >= 1) {
      throw new RangeError(`Expected testSplit of ${where} to be less than 1, received ${testSplit}.`);
    }
    const random = new RandomState(options.seed === undefined ? 113 : options.seed);
    const byName = (options.path ?? file.name) === file.name;
    const located = byName ? await present() : await locate(where, options.path, file);
    const { x, y } = located.source.path === null ? await readEmbedded() : await readRaw(located.source.path);
    warnOnce();
    const order = random.permutation(x.length);
    const split = Math.trunc(x.length * (1 - testSplit));
    const part = (rows: number[]): [number[][], number[]] => [rows.map(i => x[i]!), rows.map(i => y[i]!)];
    const data: TableData = [part(order.slice(0, split)), part(order.slice(split))];
    rememberSource(name, located.source);
    announce(name, located, [file]);
    return data;
  },

  /** What the last `loadData` gave, and from which file (null: the embedded table); undefined before the first. */
  source: (): DataSource | undefined => lastSource(name),
};

/** Keras' file where it lies already, else the embedded table: it has the same values, so nothing is fetched. */
async function present(): Promise<Located> {
  const found = await findFile(file, kerasFolders());
  return { source: { kind: 'real', path: found.path ?? null }, reason: undefined };
}

interface Table {
  x: number[][];
  y: number[];
}

async function readRaw(path: string): Promise<Table> {
  const npz = await readNpz(path);
  const x = npz.numbers('x', 2);
  const y = npz.numbers('y', 1);
  const [rows = 0, columns = 0] = x.shape;
  if (columns !== features) throw damaged(path, `${features} features`, `${columns}`);
  if (y.values.length !== rows)
    throw damaged(path, `${rows} targets, one for each row`, `${y.values.length}`);
  return {
    x: Array.from({ length: rows }, (_, i) => x.values.slice(i * columns, (i + 1) * columns)),
    y: y.values,
  };
}

/** `datasets/` stands beside `src/` and beside `dist/`. */
const embedded = join(__dirname, '..', '..', 'datasets', 'boston_housing.csv');

async function readEmbedded(): Promise<Table> {
  const lines = (await readFile(embedded, 'ascii')).trim().split('\n').slice(1);
  const rows = lines.map(line => line.split(',').map(Number));
  if (rows.length !== 506 || rows.some(row => row.length !== features + 1 || row.some(Number.isNaN))) {
    throw damaged(embedded, '506 rows of 14 numbers', `${rows.length} rows`);
  }
  return { x: rows.map(row => row.slice(0, features)), y: rows.map(row => row[features]!) };
}

let warned = false;

function warnOnce(): void {
  if (warned) return;
  warned = true;
  console.warn(
    'WARNING: the Boston housing data set has an ethical problem: its variable "B" assumes that racial self-segregation ' +
      'influences house prices. Use it only to learn about such problems in data.',
  );
}
