import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { mutate } from './mutate.mjs';
import { randomNumbers } from './randomNumbers.mjs';

/**
 * @typedef {object} Readers the readers under test
 * @property {new (bytes: Buffer, file: string) => { array(name: string): Content }} Npz
 * @property {(bytes: Buffer, file: string) => Content} readNpy
 * @property {(bytes: Buffer, count: number, file: string) => Sequences} readPickle
 * @typedef {{ ids: Int32Array, starts: Int32Array, ends: Int32Array }} Sequences
 * @typedef {{ kind: string, values?: unknown[], sequences?: Sequences }} Content
 * @typedef {{ read: number, refused: number, slowestMs: number, slowestSeed: number }} Result
 */

const slowMs = 2000;

/**
 * Reads mutated files; run i is determined by seed + i alone.
 * @param {Readers} readers
 * @param {string} folder good files to begin from
 * @param {{ runs: number, seed: number }} options
 * @returns {Result}
 * @throws {Error} at the first file that ends in anything but values or an error of ours, or takes too long
 */
export function fuzzReaders(readers, folder, { runs, seed }) {
  const corpus = readCorpus(folder);
  const globals = snapshot();
  /** @type {Result} */
  const result = { read: 0, refused: 0, slowestMs: 0, slowestSeed: seed };
  for (let i = 0; i < runs; i++) {
    const random = randomNumbers(seed + i);
    const work = chooseWork(corpus, random);
    const started = performance.now();
    try {
      check(work(readers));
      result.read++;
    } catch (error) {
      if (
        !(error instanceof Error) ||
        !/^Expected .+, received [^]*\. The file is damaged/.test(error.message)
      ) {
        throw new Error(`Seed ${seed + i} ended in another way.`, { cause: error });
      }
      result.refused++;
    }
    const ms = performance.now() - started;
    if (ms > result.slowestMs) Object.assign(result, { slowestMs: ms, slowestSeed: seed + i });
    if (ms > slowMs) throw new Error(`Seed ${seed + i} took ${ms.toFixed(0)} ms.`);
  }
  if (snapshot() !== globals) throw new Error('A file changed the objects that all others inherit from.');
  return result;
}

/**
 * @param {string} folder
 * @returns {{ npz: Buffer[], npy: Buffer[], pickles: { bytes: Buffer, count: number }[] }}
 */
function readCorpus(folder) {
  const npz = [];
  const npy = [];
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(path.join(folder, name));
    if (name.endsWith('.npy')) npy.push(bytes);
    if (!name.endsWith('.npz')) continue;
    npz.push(bytes);
    for (const member of Object.values(unzipSync(bytes))) npy.push(Buffer.from(member));
  }
  const pickles = npy.flatMap(bytes => {
    const header = bytes.toString('latin1', 10, 10 + bytes.readUInt16LE(8));
    const count = /'\|O'.*\((\d+),\)/.exec(header)?.[1];
    return count === undefined ? [] : [{ bytes: bytes.subarray(10 + header.length), count: Number(count) }];
  });
  return { npz, npy, pickles };
}

/**
 * @param {ReturnType<typeof readCorpus>} corpus
 * @param {import('./randomNumbers.mjs').Random} random
 * @returns {(readers: Readers) => Content}
 */
function chooseWork(corpus, random) {
  const kind = random.below(4);
  if (kind === 0) {
    const bytes = mutate(random.from(corpus.npz), corpus.npz, random);
    return ({ Npz }) => readAll(new Npz(bytes, 'fuzz.npz'));
  }
  if (kind === 1) {
    const { bytes: good, count } = random.from(corpus.pickles);
    const bytes = mutate(
      good,
      corpus.pickles.map(pickle => pickle.bytes),
      random,
    );
    return ({ readPickle }) => ({ kind: 'sequences', sequences: readPickle(bytes, count, 'fuzz') });
  }
  const bytes = mutate(random.from(corpus.npy), corpus.npy, random);
  if (kind === 2) return ({ readNpy }) => readNpy(bytes, 'fuzz.npy');
  // With a right checksum, so that the damage gets past the zip archive.
  const archive = Buffer.from(zipSync({ 'x.npy': bytes }, { level: random.below(2) === 0 ? 0 : 1 }));
  return ({ Npz }) => readAll(new Npz(archive, 'fuzz.npz'));
}

const names = ['x', 'y', 'x_train', 'y_train', 'f8leC', 'unicodeBig', '__proto__'];

/** @param {{ array(name: string): Content }} npz */
function readAll(npz) {
  /** @type {Content | undefined} */
  let last;
  /** @type {unknown} */
  let refusal;
  for (const name of names) {
    try {
      last = npz.array(name);
      check(last);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('Expected ')) throw error;
      refusal = error;
    }
  }
  if (last === undefined) throw refusal;
  return last;
}

/**
 * What was read must make sense.
 * @param {Content} content
 */
function check({ kind, values, sequences }) {
  if (kind === 'sequences' && sequences !== undefined) {
    const { ids, starts, ends } = sequences;
    const total = starts.reduce((sum, from, i) => sum + (ends[i] ?? NaN) - from, 0);
    if (total !== ids.length || starts.length !== ends.length)
      throw new TypeError('Lists that do not fit their numbers.');
  } else if (!Array.isArray(values)) throw new TypeError(`No values of kind ${kind}.`);
}

function snapshot() {
  return [Object.prototype, Array.prototype, Function.prototype]
    .map(prototype => Reflect.ownKeys(prototype).map(String).join())
    .join('\n');
}
