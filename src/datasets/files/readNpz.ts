import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { damaged, shapeText } from './damaged';
import { readNpy, type NpyArray, type NpyContent } from './readNpy';
import type { Sequences } from './readPickle';
import { ZipArchive } from './ZipArchive';

/** The arrays of an npz file, each read when it is asked for and only then. */
export class Npz {
  readonly #archive: ZipArchive;
  readonly #file: string;

  constructor(bytes: Buffer, file: string) {
    this.#archive = new ZipArchive(bytes, file);
    this.#file = file;
  }

  /** The names of all arrays, in the order of the file. */
  get names(): string[] {
    return this.#archive.names.map(name => name.replace(/\.npy$/, ''));
  }

  /** Any array. */
  array(name: string): NpyContent {
    return readNpy(this.#archive.read(`${name}.npy`), `${name}.npy in ${this.#file}`);
  }

  /** An array of numbers; with `axes` of that many axes. */
  numbers(name: string, axes: number): NpyArray<number> {
    const content = this.array(name);
    if (content.kind !== 'numbers') throw damaged(`${name} in ${this.#file}`, 'numbers', content.kind);
    if (content.shape.length !== axes) {
      throw damaged(`${name} in ${this.#file}`, `${axes} axes`, `shape ${shapeText(content.shape)}`);
    }
    return content;
  }

  /** A list of lists of whole numbers. */
  sequences(name: string): Sequences {
    const content = this.array(name);
    if (content.kind !== 'sequences') {
      throw damaged(`${name} in ${this.#file}`, 'an object array of lists of whole numbers', content.kind);
    }
    return content.sequences;
  }
}

/** Open an npz file (a zip archive of npy files). The largest file that is read has 1 GB. */
export async function readNpz(path: string): Promise<Npz> {
  return new Npz(await readFile(path), basename(path));
}
