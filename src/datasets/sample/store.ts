import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import type { Corpus } from './corpus';

/** The package, of a checkout or installed: this file is in src/datasets/sample or dist/datasets/sample. */
export const packageRoot = join(__dirname, '..', '..', '..');

/** Where samples are kept: `.cache` of a checkout, the user's cache folder for an installed package. */
export function cacheFolder(root = packageRoot, env = process.env, platform = process.platform): string {
  if (!root.split(sep).includes('node_modules')) return join(root, '.cache', 'sample');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'keras-primer', 'sample');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'keras-primer', 'sample');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'keras-primer', 'sample');
}

/** The corpus kept in a file, or undefined where there is none or it is damaged. */
export async function readCorpus(path: string): Promise<Corpus | undefined> {
  try {
    return fromBytes(await readFile(path));
  } catch {
    // Whatever is wrong with the file, the sample can be written anew.
    return undefined;
  }
}

/**
 * Keep a corpus: the file has its name only when it is whole, so that processes that write at once do no harm. Says
 * whether that could be done; a folder that cannot be written is no error.
 */
export async function writeCorpus(folder: string, name: string, corpus: Corpus): Promise<boolean> {
  const temporary = join(folder, `${name}.${process.pid}-${randomBytes(4).toString('hex')}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, toBytes(corpus));
    await rename(temporary, join(folder, name));
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}

const hashBytes = 32;
const headBytes = 16;

/** A corpus as bytes: SHA-256 of the rest; three counts; starts, labels, ids; the words. All numbers little-endian. */
export function toBytes(corpus: Corpus): Buffer {
  const { ids, starts, labels } = corpus;
  const words = Buffer.from(corpus.words.join('\n'));
  const bytes = Buffer.alloc(hashBytes + headBytes + starts.length * 5 + ids.length * 2 + words.length);
  let at = hashBytes;
  for (const count of [starts.length, ids.length, words.length, corpus.words.length])
    at = bytes.writeUInt32LE(count, at);
  for (const start of starts) at = bytes.writeUInt32LE(start, at);
  bytes.set(labels, at);
  at += labels.length;
  for (const id of ids) {
    bytes[at++] = id & 255;
    bytes[at++] = id >>> 8;
  }
  bytes.set(words, at);
  bytes.set(createHash('sha256').update(bytes.subarray(hashBytes)).digest());
  return bytes;
}

function fromBytes(bytes: Buffer): Corpus | undefined {
  const hash = createHash('sha256').update(bytes.subarray(hashBytes)).digest();
  if (!hash.equals(bytes.subarray(0, hashBytes))) return undefined;
  let at = hashBytes;
  const [texts, count] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
  at += headBytes;
  const starts = new Uint32Array(texts);
  for (let i = 0; i < texts; i++, at += 4) starts[i] = bytes.readUInt32LE(at);
  const labels = Uint8Array.from(bytes.subarray(at, at + texts));
  at += texts;
  const ids = new Uint16Array(count);
  for (let i = 0; i < count; i++, at += 2) ids[i] = bytes[at]! | (bytes[at + 1]! << 8);
  return { words: bytes.toString('utf8', at).split('\n'), ids, starts, labels };
}
