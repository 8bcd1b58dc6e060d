import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextData } from '../../src/datasets/imdb';

/** Options of a loader as Keras was given them. */
export type Options = Record<string, number | number[] | null>;

export interface HashedPart {
  rows: number;
  sha256: string;
  labels: string;
}

/** The part of what Keras gave that is compared. */
export function hashesOf(parts: readonly HashedPart[]): HashedPart[] {
  return parts.map(({ rows, sha256: ids, labels }) => ({ rows, sha256: ids, labels }));
}

export interface TextCase {
  options: Options;
  error?: string;
  parts?: HashedPart[];
}

export interface SmallCase {
  options: Options;
  error?: string;
  parts?: { x: number[][]; y: number[] }[];
}

export interface BostonCase {
  options: Options;
  error?: string;
  parts?: { shape: [number, number]; x: string; y: string }[];
}

interface Golden {
  keras: string;
  imdb: TextCase[];
  reuters: TextCase[];
  bostonHousing: BostonCase[];
  imdbWordIndex: { size: number; sha256: string };
  reutersWordIndex: { size: number; sha256: string };
  reutersLabelNames: string[];
  imdbSmall: SmallCase[];
  reutersSmall: SmallCase[];
  words: { text: string; words: string[] }[];
}

/** What Keras gave: test/reference/datasets.py. */
export const golden: Golden = JSON.parse(readFileSync(join(__dirname, '../reference/datasets.json'), 'utf8'));

export const fixtures: string = join(__dirname, '../reference/fixtures');

export function sha256(...parts: readonly (Int32Array | Float64Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Rows and hashes in the canonical bytes of the script. */
export function hashText(data: TextData): HashedPart[] {
  return data.map(([x, y]) => {
    const ids = new Int32Array(x.reduce((sum, row) => sum + row.length, 0));
    let at = 0;
    for (const row of x) for (const id of row) ids[at++] = id;
    return {
      rows: x.length,
      sha256: sha256(
        Int32Array.from(x, row => row.length),
        ids,
      ),
      labels: sha256(Int32Array.from(y)),
    };
  });
}

/** Python's json.dumps with sorted keys and no spaces, its escapes of everything beyond ASCII included. */
export function pythonJson(index: Readonly<Record<string, number>>): string {
  const ascii = (text: string): string =>
    JSON.stringify(text).replace(/[\u007f-\uffff]/g, char =>
      char === '\u007f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  // Python sorts by code points, JavaScript by UTF-16 units; they differ only beyond the basic plane.
  const words = Object.keys(index).sort((a, b) => (a < b ? -1 : 1));
  return `{${words.map(word => `${ascii(word)}:${index[word]}`).join(',')}}`;
}
