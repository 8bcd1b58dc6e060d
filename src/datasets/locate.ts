import { isAbsolute } from 'node:path';
import { stat } from 'node:fs/promises';
import { describe } from '../options/describe';
import type { DataSource } from './DataSource';
import { dataMode } from './files/dataMode';
import { findFile } from './files/findFile';
import { hashFile } from './files/hashFile';
import { kerasFolders } from './files/kerasFolders';
import { obtainFile } from './files/obtainFile';
import { officialAddress, type OfficialFile } from './files/officialFiles';

/** A data set's source with what a notice has to say about it. */
export interface Located {
  source: DataSource;
  /** For sample data: why not the real ones. */
  reason: string | undefined;
}

/**
 * From the `path` of a loader to the file to read: an absolute path is taken as it is, a name is looked up (or
 * downloaded) in the Keras folders with its hash checked, and without the file the source is sample data, if allowed.
 */
export async function locate(where: string, path: unknown, file: OfficialFile): Promise<Located> {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(
      `Expected path of ${where} to be a file name or an absolute path, received ${describe(path)}.`,
    );
  }
  if (isAbsolute(path)) return { source: await givenFile(where, path, file), reason: undefined };
  if (/[\\/:\0]/.test(path) || path === '.' || path === '..') {
    throw new Error(
      `Expected path of ${where} to be a name inside ${kerasFolders()[0]} or an absolute path, received ${describe(path)}.`,
    );
  }
  if (path !== file.name) {
    return { source: { kind: 'real', path: await namedFile(where, path, file) }, reason: undefined };
  }
  const mode = dataMode();
  if (mode === 'sample') {
    return { source: { kind: 'sample', path: null }, reason: 'KERAS_PRIMER_DATA=sample asks for them' };
  }
  const obtained = await obtainFile(file);
  if ('path' in obtained) return { source: { kind: 'real', path: obtained.path }, reason: undefined };
  if (mode === 'real') {
    throw new Error(
      `Expected the real ${file.name} since KERAS_PRIMER_DATA=real, received none: ${obtained.reason}. ${byHand(file)}`,
    );
  }
  return { source: { kind: 'sample', path: null }, reason: obtained.reason };
}

/** How to get a file without the download. */
export function byHand(file: OfficialFile): string {
  return `Put the file ${officialAddress}${file.name} into ${kerasFolders()[0]}.`;
}

/** A file that the reader names in full may be any file of the same layout, and is told apart by its hash. */
async function givenFile(where: string, path: string, file: OfficialFile): Promise<DataSource> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true) {
    throw new Error(
      `Expected path of ${where} to be a file, received ${JSON.stringify(path)}, where there is none. ` +
        `Give the place of ${file.name}, or leave path out so that it is found or fetched.`,
    );
  }
  if (info.size > 2 ** 30) {
    throw new Error(`Expected a file of at most 1 GB for ${where}, received ${info.size} bytes in ${path}.`);
  }
  const real = info.size === file.size && (await hashFile(path, file.algorithm)) === file.hash;
  return { kind: real ? 'real' : 'own', path };
}

/** Another name in the Keras folder: Keras would write its download over a file of yours there. */
async function namedFile(where: string, path: string, file: OfficialFile): Promise<string> {
  const found = await findFile({ ...file, name: path }, kerasFolders());
  if (found.path !== undefined) return found.path;
  const wrong = found.wrong[0];
  if (wrong === undefined) {
    throw new Error(
      `Expected path of ${where} to name a file in ${kerasFolders()[0]}, received ${JSON.stringify(path)}, which is not there. ` +
        'Leave path out so that it is found or fetched.',
    );
  }
  throw new Error(
    `Expected ${wrong.path} to have ${file.algorithm} ${file.hash}, received ${wrong.hash}. ` +
      'For a file of your own give its absolute path.',
  );
}
